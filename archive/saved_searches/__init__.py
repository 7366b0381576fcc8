"""Searches that people saved, and how far each was read: so that new hits can be told from old ones."""
