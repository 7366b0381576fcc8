"""Tests of archive.history."""
