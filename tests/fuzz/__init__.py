"""Coverage-guided fuzzing of extraction and description (`make fuzz`); not part of `make test`."""
