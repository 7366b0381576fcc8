"""Who is who across articles: a name is not a person, and a person may hold several posts in time."""
