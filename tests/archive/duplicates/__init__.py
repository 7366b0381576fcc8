"""Tests of archive.duplicates."""
