"""Search engines side by side: the same articles, the same questions, each engine in processes of its own."""
