"""Tests of crawler.portals."""
