"""Which places an article names, as of its day, and which it is about."""
