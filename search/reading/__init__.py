"""Reading and counting what a search finds: words in context, words over time, figures, and how it was done."""
