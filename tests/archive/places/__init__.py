"""Tests of archive.places."""
