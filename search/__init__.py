"""Finding articles: query language, index, highlights, pages."""
