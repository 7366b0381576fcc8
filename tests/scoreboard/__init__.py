"""danvan beside named extractors on the same pages: how right, and how fast (make scoreboard)."""
