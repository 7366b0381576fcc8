"""The engine on tantivy: one open index folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order, Query

from archive.errors import ArchiveLockedError, StorageError
from search.documents import IndexDocument
from search.engines.base import (
    MAX_PAGE_SIZE,
    MAX_VALUES,
    DayCount,
    EngineHit,
    EngineResult,
    FacetValue,
    SearchRequest,
)
from search.engines.columns import NO_DAY, day_of
from search.engines.folder import State, guarded, read_state, sync, write_state
from search.engines.tantivy.queries import Queries
from search.engines.tantivy.schema import SCHEMA_ID, build_schema, document_of, open_index, with_tokenizer

_HEAP = 256 * 2**20
# tantivy counts no more values than this at once; beyond it the rarest are left out.
_ALL_VALUES = 65_000
_Hit = tuple[float, int, int]  # score, place in the order by day, article


@dataclass(frozen=True)
class _View:
    """One state of the index; it stays as it is while others write."""

    searcher: tantivy.Searcher
    queries: Queries
    written: int


class TantivyEngine:
    """One open index folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = read_state(folder)
        self._view = self._opened()

    @classmethod
    def create(cls, folder: Path) -> TantivyEngine:
        """An empty index in a new folder."""
        folder.mkdir(parents=True)
        with_tokenizer(tantivy.Index(build_schema(), path=str(folder)))
        write_state(folder, State(SCHEMA_ID, "0-0"))
        return cls(folder)

    @property
    def cursor(self) -> str:
        return self._state.cursor

    def refresh(self) -> None:
        if _written(self.folder) != self._view.written:
            self._state, self._view = read_state(self.folder), self._opened()

    def write(self, documents: Iterable[IndexDocument], removed: Iterable[int], cursor: str) -> int:
        """One commit; the cursor is stored after it, so a crash between the two only writes again."""
        # An index object that is kept from writer to writer leaves orphaned files (paperless-ngx#13682).
        index = guarded(self.folder, lambda: open_index(str(self.folder)))
        writer = self._writer(index)
        ids = set()
        try:
            for article_id in removed:
                writer.delete_documents_by_term("id", article_id)
            for article in documents:
                writer.delete_documents_by_term("id", article.article_id)
                writer.add_document(document_of(article))
                ids.add(article.article_id)
            writer.commit()
        except ValueError as error:
            raise StorageError(
                f"{self.folder}: the index cannot be written ({error}); free space, then try again"
            ) from error
        except BaseException:
            with suppress(ValueError):  # a writer that failed has nothing to roll back
                writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        sync([self.folder])
        self._state = State(SCHEMA_ID, cursor)
        write_state(self.folder, self._state)
        self._view = self._opened()
        return len(ids)

    def maintain(self) -> bool:
        """tantivy joins its segments itself, in the background of each writer."""
        return False

    def verify(self) -> list[str]:
        """What cannot be opened; tantivy has no checksums that can be asked for here."""
        try:
            tantivy.Index.open(str(self.folder)).searcher()
        except ValueError as error:
            return [f"the index in {self.folder} is damaged ({error}); run `danvan index rebuild`"]
        return []

    def search(self, request: SearchRequest, facets: Iterable[str] = ()) -> EngineResult:
        view = self._view
        query = view.queries.scored(request.query, request.restriction)
        size = max(1, min(request.size, MAX_PAGE_SIZE))
        total, found = self._ordered(view, query, request, request.start + size)
        hits = tuple(EngineHit(article_id=one[2], score=one[0]) for one in found[request.start :])
        return EngineResult(
            hits=hits, total=total, facets={name: _facet(view.searcher, query, name) for name in facets}
        )

    def article_ids(self, request: SearchRequest) -> list[int]:
        view = self._view
        query = view.queries.scored(request.query, request.restriction)
        return [article for *_, article in self._ordered(view, query, request, max(view.searcher.num_docs, 1))[1]]

    def by_day(self, request: SearchRequest) -> list[DayCount]:
        view = self._view
        query = view.queries.scored(request.query, request.restriction)
        days = {"field": "published", "missing": NO_DAY, "size": _ALL_VALUES, "segment_size": _ALL_VALUES}
        words = {"words": {"sum": {"field": "words"}}}
        found = _aggregated(view.searcher, query, {"terms": days, "aggs": words})
        counted = [
            DayCount(day=day_of(int(one["key"])), articles=one["doc_count"], words=int(one["words"]["value"]))
            for one in found
        ]
        return sorted(counted, key=lambda one: (one.day is None, one.day or date.min))

    def all_ids(self) -> list[int]:
        searcher = self._view.searcher
        return [article for *_, article in _read(searcher, _found(searcher, Query.all_query(), searcher.num_docs)[1])]

    def _ordered(self, view: _View, query: Query, request: SearchRequest, limit: int) -> tuple[int, list[_Hit]]:
        """The number of all hits, and the first of them in the order asked for."""
        searcher, sort = view.searcher, request.sort
        if sort != "relevance":
            total, hits = _found(searcher, query, limit, sort)
            return total, [(0.0, place, article) for _, place, article in _read(searcher, hits)]
        # Equal scores are ordered by day, so the last of the equals has to be seen. Short texts with a phrase often are
        # equal: asking for more at once costs nothing, asking twice costs the whole time again.
        total, hits = _found(searcher, query, 8 * (limit + 1))
        while len(hits) < total and len(hits) > limit and hits[-1][0] == hits[limit - 1][0]:
            _, hits = _found(searcher, query, 8 * len(hits))
        return total, sorted(_read(searcher, hits), key=lambda one: (-one[0], one[1]))[:limit]

    def _writer(self, index: tantivy.Index) -> tantivy.IndexWriter:
        try:
            return index.writer(_HEAP, 1)
        except ValueError as error:
            if "lock" not in str(error).lower():
                raise StorageError(f"{self.folder}: the index cannot be written ({error})") from error
            raise ArchiveLockedError(
                f"the index in {self.folder} is being written by another process; try again when it has ended"
            ) from error

    def _opened(self) -> _View:
        written = _written(self.folder)
        index = guarded(self.folder, lambda: open_index(str(self.folder)))
        searcher = guarded(self.folder, index.searcher)
        return _View(searcher, Queries(index.schema, searcher), written)


def _written(folder: Path) -> int:
    """When the table of contents was replaced; it is the last file of a commit."""
    try:
        return (folder / "meta.json").stat().st_mtime_ns
    except OSError:
        return 0


def _found(searcher: tantivy.Searcher, query: Query, limit: int, sort: str | None = None) -> tuple[int, list[Any]]:
    try:
        if sort is None:
            result = searcher.search(query, limit=max(limit, 1))
        else:
            result = searcher.search(query, limit=max(limit, 1), order_by_field=sort, order=Order.Asc)
    except ValueError as error:
        raise StorageError(f"the index is damaged ({error}); run `danvan index rebuild`, nothing is lost") from error
    count: int = result.count  # type: ignore[attr-defined]
    return count, list(result.hits)


def _read(searcher: tantivy.Searcher, hits: Sequence[Any]) -> list[_Hit]:
    addresses = [address for _, address in hits]
    places, ids = (searcher.fast_field_values(name, addresses) for name in ("newest", "id"))
    scores = [float(score) if isinstance(score, float) else 0.0 for score, _ in hits]
    return [(score, int(place or 0), int(id_ or 0)) for score, place, id_ in zip(scores, places, ids, strict=True)]


def _facet(searcher: tantivy.Searcher, query: Query, name: str) -> tuple[FacetValue, ...]:
    """The most frequent values among all hits."""
    found = _aggregated(searcher, query, {"terms": {"field": name, "size": _ALL_VALUES, "segment_size": _ALL_VALUES}})
    found.sort(key=lambda one: (-one["doc_count"], one["key"]))
    return tuple(FacetValue(value=str(one["key"]), count=one["doc_count"]) for one in found[:MAX_VALUES])


def _aggregated(searcher: tantivy.Searcher, query: Query, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    buckets: list[dict[str, Any]] = searcher.aggregate(query, {"found": wanted})["found"]["buckets"]
    return buckets
