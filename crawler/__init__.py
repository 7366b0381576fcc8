"""Running crawls, and turning pages into described articles."""
