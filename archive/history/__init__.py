"""What became of an article over time: how its texts differ, where it moved, when it is looked at again."""
