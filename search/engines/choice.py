"""The engines there are: how each one's index is opened and made, and by what version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from search.engines.base import Engine
from search.settings import current_engine


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An engine; `schema` is part of its index's identity: another one means a new index."""

    name: str
    schema: str
    open: Callable[[Path], Engine]
    create: Callable[[Path], Engine]


def chosen() -> Choice:
    """The engine that the settings name; UsageError where it is unknown or not installed."""
    return _tantivy() if current_engine() == "tantivy" else _whoosh()


def _whoosh() -> Choice:
    from search.engines.whoosh.engine import WhooshEngine
    from search.engines.whoosh.schema import SCHEMA_ID

    return Choice(name="whoosh", schema=SCHEMA_ID, open=WhooshEngine, create=WhooshEngine.create)


def _tantivy() -> Choice:
    try:
        from search.engines.tantivy.engine import TantivyEngine
        from search.engines.tantivy.schema import SCHEMA_ID
    except ModuleNotFoundError as error:
        raise UsageError(
            "DANVAN_ENGINE=tantivy needs the package tantivy; install it with pip install 'danvan[tantivy]'"
        ) from error
    return Choice(name="tantivy", schema=SCHEMA_ID, open=TantivyEngine, create=TantivyEngine.create)
