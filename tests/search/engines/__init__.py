"""Engines: one contract for all, and stock Whoosh as the oracle of the arrays."""
