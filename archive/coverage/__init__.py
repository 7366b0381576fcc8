"""Coverage: what a portal showed, what of it the archive holds, what it lacks and why, month by month."""
