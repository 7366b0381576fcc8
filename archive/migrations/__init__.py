"""Alembic's migrations of the archive database."""
