"""A server that answers as no server should, and the crawls that must bear it."""
