"""The embedded engine: one open index folder, answered from arrays, or from stock Whoosh where they are missing."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh import index
from whoosh.index import TOC

from archive.errors import DanVanError, StorageError
from search.documents import IndexDocument
from search.engines import answers
from search.engines.answers import Source
from search.engines.base import DayCount, EngineResult, SearchRequest
from search.engines.folder import State, damaged, guarded, read_state, write_state
from search.engines.whoosh.array_source import ArraySource, open_arrays, open_source
from search.engines.whoosh.arrays import ArraysError
from search.engines.whoosh.committing import committing
from search.engines.whoosh.schema import SCHEMA_ID, schema
from search.engines.whoosh.stock import StockSource

# A commit may delete a segment between reading the table of contents and opening the segment's files.
_TRIES = 10
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class _View:
    """One state of the index; it stays as it is while others write, and lets go of its files with the last answer."""

    generation: int
    segments: list[Any]
    source: Source
    notice: str | None = None  # why it answers slower than it should


class WhooshEngine:
    """One open index folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = read_state(folder)
        self._index = guarded(folder, lambda: index.open_dir(str(folder)))
        if set(self._index.schema.names()) != set(schema().names()):
            raise StorageError(f"{folder} is not an index of danvan; run `danvan index rebuild`")
        self._view = self._opened()

    @classmethod
    def create(cls, folder: Path) -> WhooshEngine:
        """An empty index in a new folder."""
        folder.mkdir(parents=True)
        index.create_in(str(folder), schema()).close()
        write_state(folder, State(SCHEMA_ID, "0-0"))
        return cls(folder)

    @property
    def cursor(self) -> str:
        return self._state.cursor

    def refresh(self) -> None:
        """See what was committed since; answers that are being given go on with the state before."""
        if self._index.latest_generation() != self._view.generation:
            self._state, self._view = read_state(self.folder), self._opened()

    def write(self, documents: Iterable[IndexDocument], removed: Iterable[int], cursor: str) -> int:
        """One commit; the cursor is stored after it, so a crash between the two only writes again."""
        with committing(self._index, self.folder) as commit:
            self.refresh()
            new, written = commit.add(documents)
            source = self._view.source
            old = np.isin(source.columns.ids, np.array([*written, *removed], dtype=np.int64)) & source.live
            commit.delete(np.flatnonzero(old).tolist())
            commit.finish(new)
        self._state = State(SCHEMA_ID, cursor)
        write_state(self.folder, self._state)
        self._view = self._opened()
        return len(written)

    def maintain(self) -> bool:
        """Join all segments into one where there are several or much is deleted; returns whether it was needed."""
        live = self._view.source.live
        if len(self._view.segments) <= 1 and np.count_nonzero(live) * 5 >= len(live) * 4:
            return False
        with committing(self._index, self.folder) as commit:
            commit.finish(None, most=0)
        self._view = self._opened()
        return True

    def search(self, request: SearchRequest, facets: Iterable[str] = ()) -> EngineResult:
        names = tuple(facets)
        return self._answered(lambda source, notice: answers.result(source, request, names, notice))

    def article_ids(self, request: SearchRequest) -> list[int]:
        return self._answered(lambda source, _: answers.article_ids(source, request))

    def by_day(self, request: SearchRequest) -> list[DayCount]:
        return self._answered(lambda source, _: answers.by_day(source, request))

    def all_ids(self) -> list[int]:
        return self._answered(lambda source, _: answers.all_ids(source))

    def verify(self) -> list[str]:
        """Read every array, and open what Whoosh itself would read; what is wrong, in words."""
        problems = []
        for segment in self._view.segments:
            try:
                open_arrays(self.folder, segment).verify()
            except ArraysError as error:
                problems.append(f"{error}; run `danvan index rebuild`")
        try:
            guarded(self.folder, self._index.searcher).close()
        except StorageError as error:
            problems.append(str(error))
        return problems

    def _answered(self, answer: Callable[[Source, str | None], _Answer]) -> _Answer:
        """By the arrays; where they fail, by Whoosh's own files; where these fail too, the index is damaged."""
        view = self._view
        if isinstance(view.source, ArraySource):
            try:
                return answer(view.source, view.notice)
            except (IndexError, ValueError) as error:
                view = self._view = self._slow(error)
        try:
            return answer(view.source, view.notice)
        except DanVanError:
            raise
        except Exception as error:
            raise StorageError(damaged(self.folder, error)) from error

    def _opened(self) -> _View:
        for attempt in range(_TRIES):
            generation = self._index.latest_generation()
            try:
                return self._fast()
            except (ArraysError, StorageError) as error:
                if self._index.latest_generation() != generation and attempt < _TRIES - 1:
                    continue
                if isinstance(error, StorageError):
                    raise
                return self._slow(error)
        raise AssertionError("unreachable")

    def _fast(self) -> _View:
        """From the arrays. Whoosh's files are looked at but not read: its reader would copy them into memory whole."""
        toc = guarded(self.folder, self._contents)
        return _View(toc.generation, toc.segments, open_source(self.folder, toc.segments))

    def _contents(self) -> TOC:
        storage = self._index.storage
        toc = TOC.read(storage, self._index.indexname)
        for segment in toc.segments:
            segment.open_compound_file(storage).close()
        return toc

    def _slow(self, error: Exception) -> _View:
        """From Whoosh's files; what it opens is closed with the last answer that uses it."""
        searcher = guarded(self.folder, self._index.searcher)
        source = guarded(self.folder, lambda: StockSource(searcher))
        weakref.finalize(source, searcher.close)
        reader = searcher.reader()
        segments = [leaf.segment() for leaf, _ in reader.leaf_readers()]
        notice = f"answered slowly, by Whoosh alone ({error}); run `danvan index rebuild`"
        return _View(reader.generation(), segments, source, notice)
