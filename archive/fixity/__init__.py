"""Proof that what is stored is still what was captured: seals, checks of files and rows, and their log."""
