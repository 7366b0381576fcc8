"""A fresh archive beside running demo portals, as the end-to-end tests have it."""

from tests.end_to_end.conftest import danvan

__all__ = ["danvan"]
