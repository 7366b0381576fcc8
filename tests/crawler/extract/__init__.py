"""Tests of crawler.extract."""
