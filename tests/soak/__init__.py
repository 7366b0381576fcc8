"""Crawls, imports and replays killed at random moments, until the archive is whole: `make soak`."""
