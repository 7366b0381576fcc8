"""How right extraction and description are on pages of which the truth is known."""
