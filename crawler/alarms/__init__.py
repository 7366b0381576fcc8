"""Telling somebody: what is sent to a web address after crawls that were not well, or are well again."""
