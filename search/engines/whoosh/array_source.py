"""One state of an index from the arrays of its segments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from search.engines.whoosh import arrays
from search.engines.whoosh.arrays import Arrays, ArraysError
from search.engines.whoosh.executor import Executor
from search.engines.whoosh.snapshot import Snapshot


class ArraySource(Snapshot):
    """A snapshot that answers."""

    def asked(self) -> Executor:
        return Executor(self)


def open_source(folder: Path, segments: list[Any]) -> ArraySource:
    """The arrays of Whoosh's segments; ArraysError where one's are missing, of another state, or damaged."""
    opened = [open_arrays(folder, segment) for segment in segments]
    live = [np.zeros(0, dtype=bool), *(live_of(segment) for segment in segments)]
    return ArraySource([one.content for one in opened], np.concatenate(live))


def open_arrays(folder: Path, segment: Any) -> Arrays:
    """The arrays of one segment."""
    name = segment.segment_id()
    opened = arrays.read(folder / f"{name}{arrays.SUFFIX}", name)
    if len(opened.content) != segment.doc_count_all():
        raise ArraysError(f"{opened.path.name} has {len(opened.content)} articles, not {segment.doc_count_all()}")
    return opened


def live_of(segment: Any) -> np.ndarray:
    """Which documents of a segment are not deleted."""
    live = np.ones(segment.doc_count_all(), dtype=bool)
    live[list(segment.deleted_docs())] = False
    return live
