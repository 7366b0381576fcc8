"""Checks at the end of a run: the portal against its own past and against what its profile expects."""
