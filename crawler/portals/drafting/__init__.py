"""From a list page and an article page to a profile: what they show, what they leave open."""
