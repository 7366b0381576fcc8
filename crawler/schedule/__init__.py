"""When portals are crawled: plans, their history, and what calls `tick`."""
