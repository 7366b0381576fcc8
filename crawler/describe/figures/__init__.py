"""Which figures an article gives: numbers, what they count, and where."""
