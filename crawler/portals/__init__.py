"""Verbs that look at portals before they are crawled; `danvan portals` itself is of spiders."""
