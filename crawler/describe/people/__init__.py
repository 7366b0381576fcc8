"""Who an article names, with which posts, and who of them holds an office."""
