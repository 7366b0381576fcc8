"""Finding articles: query language, index, highlights, pages."""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Loaded on first use: the commands that need neither database nor index start without them.
_HOMES = {
    "Indexer": "search.indexer",
    "Question": "search.service",
    "SearchHit": "search.service",
    "SearchPage": "search.service",
    "SearchService": "search.service",
    "create_app": "search.web.app",
    "parse": "search.query.parser",
}

__all__ = list(_HOMES)  # noqa: PLE0604 (names are strings)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
