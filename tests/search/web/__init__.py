"""Tests of search.web."""
