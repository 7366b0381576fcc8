"""Engines in the states that indexes get into, and what they hold then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from search.engines.base import Engine
from search.engines.tantivy.engine import TantivyEngine
from search.engines.whoosh.engine import WhooshEngine
from tests.search.engines.generated import documents
from tests.search.engines.reference import Reference

Create = Callable[[Path], Engine]
Open = Callable[[Path], Engine]


def without_arrays(folder: Path) -> Engine:
    """The same index, answered by Whoosh alone."""
    for path in folder.glob("*.arrays"):
        path.unlink()
    return WhooshEngine(folder)


ENGINES: dict[str, tuple[Create, Open]] = {
    "whoosh": (WhooshEngine.create, WhooshEngine),
    "tantivy": (TantivyEngine.create, TantivyEngine),
}
ALL = ENGINES | {"stock": (WhooshEngine.create, without_arrays)}
# `make conformance` asks ten times as many.
QUERIES = int(os.environ.get("ENGINE_QUERIES") or 180)
STATES = ("fresh", "changed", "joined")


def build(engine: Engine, state: str) -> Reference:
    """Write articles: at once; in several commits with changes and removals; the same, then made compact."""
    if state == "fresh":
        engine.write(documents(1, 61, seed=1), (), "0-1")
        return Reference(tuple(documents(1, 61, seed=1)))
    held = {}
    for step in range(5):
        new = {one.article_id: one for one in documents(10 * step + 1, 10 * step + 18, seed=step)}
        removed = (10 * step - 3, 10 * step - 5)
        # One article comes twice in one commit: the last counts.
        engine.write([*documents(10 * step + 1, 10 * step + 2, seed=99), *new.values()], removed, f"0-{step}")
        held = {number: one for number, one in held.items() if number not in removed} | new
    if state == "joined":
        engine.maintain()
    return Reference(tuple(held.values()))
