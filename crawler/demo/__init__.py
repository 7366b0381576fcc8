"""Miniature portals on loopback: the markup, paging, feeds and traps of real CMS families, with articles of our own."""
