"""Archived articles in forms that can be taken away, one module a format."""
