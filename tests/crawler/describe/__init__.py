"""Tests of crawler.describe."""
