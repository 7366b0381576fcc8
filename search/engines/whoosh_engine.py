"""The embedded engine: a Whoosh index of stock field types, which any Whoosh opens.

Text is tokenised by our analyzer before Whoosh sees it, so the index pickles no class of ours. Only the API of
Whoosh 2.7.4 is used. An index folder is built beside and swapped in; it is never repaired.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.query import compound
from whoosh.writing import LockError

from archive.errors import ArchiveLockedError, StorageError
from search import analysis
from search.documents import IndexDocument, joined
from search.engines.base import FACETS, MAX_PAGE_SIZE, DayCount, EngineHit, EngineResult, SearchRequest
from search.engines.tree import Tree
from search.engines.whoosh_query import DAY_ZERO, compiled
from search.facets import FacetTable

# The default builds a binary tree of matchers for every range or prefix of many terms: 38.9 s against 1.0 s.
compound.Or.TOO_MANY_CLAUSES = 8
_STATE = "danvan.json"


class State(msgspec.Struct, frozen=True):
    """The sidecar of an index: what it was built by, and how far it has read."""

    schema: str
    cursor: str


def schema() -> Any:
    """Every field of the index; nothing is stored but what facets need."""
    text = {"analyzer": SpaceSeparatedTokenizer(), "stored": False, "phrase": True}
    keys = fields.KEYWORD(stored=False, scorable=False)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(**text),
        body=fields.TEXT(**text),
        title_folded=fields.TEXT(**text),
        body_folded=fields.TEXT(**text),
        attachments=fields.TEXT(**text),
        attachments_folded=fields.TEXT(**text),
        officials=fields.TEXT(**text),
        officials_folded=fields.TEXT(**text),
        posts=fields.TEXT(**text),
        posts_folded=fields.TEXT(**text),
        places=keys,
        units=keys,
        within=keys,
        documents=keys,
        tags=fields.KEYWORD(stored=False, scorable=False, commas=True),
        portal=fields.ID(stored=True),
        published=fields.NUMERIC(int, bits=32, signed=True, stored=True),
        facets=fields.STORED,
    )


SCHEMA_ID = f"4.{analysis.VERSION}"


class WhooshEngine:
    """One open index folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = read_state(folder)
        self._index = _guarded(folder, lambda: index.open_dir(str(folder)))
        self._searcher = _guarded(folder, self._index.searcher)
        self._table: FacetTable | None = None

    @classmethod
    def create(cls, folder: Path) -> WhooshEngine:
        """An empty index in a new folder."""
        folder.mkdir(parents=True)
        index.create_in(str(folder), schema()).close()
        _write_state(folder, State(SCHEMA_ID, "0-0"))
        return cls(folder)

    @property
    def cursor(self) -> str:
        return self._state.cursor

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def write(self, documents: Iterable[IndexDocument], removed: Iterable[int], cursor: str) -> int:
        """One commit; the cursor is stored after it, so a crash between the two only writes again."""
        count = 0
        with self._writer() as writer:
            for article_id in removed:
                writer.delete_by_term("id", str(article_id))
            for document in documents:
                # Deleting an id that is not there costs a look-up; update_document would miss uncommitted ones.
                writer.delete_by_term("id", str(document.article_id))
                writer.add_document(**_fields(document))
                count += 1
        _sync(self.folder)
        self._state = State(SCHEMA_ID, cursor)
        _write_state(self.folder, self._state)
        self.refresh()
        return count

    def refresh(self) -> None:
        """See what was committed since; Searcher.refresh() fails on an index that was empty before."""
        self._searcher.close()
        self._searcher = _guarded(self.folder, self._index.searcher)
        self._table = None

    def search(self, request: SearchRequest, facets: Iterable[str] = ()) -> EngineResult:
        matching = self._matching(request)
        size = max(1, min(request.size, MAX_PAGE_SIZE))
        numbers, scores = self._ordered(request, matching, request.start + size)
        table = self._facet_table()
        hits = tuple(
            EngineHit(article_id=int(table.ids[number]), score=score)
            for number, score in zip(numbers[request.start :], scores[request.start :], strict=True)
        )
        return EngineResult(hits=hits, total=len(matching), facets=table.count(matching, facets))

    def article_ids(self, request: SearchRequest) -> list[int]:
        matching = self._matching(request)
        numbers, _ = self._ordered(request, matching, len(matching))
        return [int(self._facet_table().ids[number]) for number in numbers]

    def by_day(self, request: SearchRequest) -> list[DayCount]:
        return self._facet_table().by_day(self._matching(request))

    def all_ids(self) -> list[int]:
        """The id of every indexed article."""
        table = self._facet_table()
        return [int(table.ids[number]) for number in self._searcher.reader().all_doc_ids()]

    def _matching(self, request: SearchRequest) -> np.ndarray:
        """The document numbers of all hits, exact."""
        found = self._numbers(request.query)
        return found if request.restriction is None else np.intersect1d(found, self._numbers(request.restriction))

    def _numbers(self, node: Tree) -> np.ndarray:
        found = _guarded(self.folder, lambda: list(self._searcher.docs_for_query(compiled(node))))
        return np.unique(np.fromiter(found, dtype=np.int64, count=len(found)))

    def _ordered(self, request: SearchRequest, matching: np.ndarray, limit: int) -> tuple[list[int], list[float]]:
        """The first `limit` hits in the request's order."""
        if len(matching) == 0 or limit == 0:
            return [], []
        scores = self._scores(request.query, matching) if request.sort == "relevance" else np.zeros(len(matching))
        order = self._facet_table().order(matching, request.sort, scores)[:limit]
        return [int(number) for number in matching[order]], [float(score) for score in scores[order]]

    def _scores(self, node: Tree, matching: np.ndarray) -> np.ndarray:
        results = _guarded(self.folder, lambda: self._searcher.search(compiled(node), limit=None))
        scores = np.zeros(self._searcher.reader().doc_count_all())
        for score, number in results.top_n:
            scores[number] = score
        found: np.ndarray = scores[matching]
        return found

    def _facet_table(self) -> FacetTable:
        if self._table is None:
            reader = self._searcher.reader()
            self._table = _guarded(self.folder, lambda: FacetTable.read(reader))
        return self._table

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        try:
            writer = self._index.writer(limitmb=128)
        except LockError as error:
            raise ArchiveLockedError(
                f"the index in {self.folder} is being written by another process; try again when it has ended"
            ) from error
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        try:
            writer.commit(merge=_has_many_segments(self._index))
        except OSError as error:
            raise StorageError(
                f"{self.folder}: the index cannot be written ({error.strerror}); "
                "free space, then run `danvan index update`"
            ) from error


def read_state(folder: Path) -> State:
    """The sidecar; a missing or unreadable one is a damaged index."""
    try:
        return msgspec.json.decode((folder / _STATE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError) as error:
        raise StorageError(_damaged(folder, error)) from error


def _fields(document: IndexDocument) -> dict[str, Any]:
    title, title_folded = analysis.indexed(document.title)
    body, body_folded = analysis.indexed(document.body)
    attachments, attachments_folded = analysis.indexed(document.attachments)
    officials, officials_folded = joined(document.officials)
    posts, posts_folded = joined(document.posts)
    published = document.published
    return {
        "id": str(document.article_id),
        "title": title,
        "title_folded": title_folded,
        "body": body,
        "body_folded": body_folded,
        **({"attachments": attachments, "attachments_folded": attachments_folded} if attachments else {}),
        "officials": officials,
        "officials_folded": officials_folded,
        "posts": posts,
        "posts_folded": posts_folded,
        "places": " ".join(document.places),
        "units": " ".join(document.units),
        "within": " ".join(document.within),
        "documents": " ".join(document.documents),
        "tags": ",".join(tag.replace(",", " ") for tag in document.tags),
        "portal": document.portal,
        **({"published": published.toordinal() - DAY_ZERO} if published else {}),
        "facets": {name: document.facet(name) for name in FACETS}
        | {"primary": document.primary, "words": len(title.split()) + len(body.split())},
    }


def _has_many_segments(opened: Any) -> bool:
    """Every further segment costs each query a look-up; merging costs the writer. Ten is where they meet."""
    return len(opened._segments()) > 10 if hasattr(opened, "_segments") else True


def _guarded(folder: Path, action: Any) -> Any:
    """Whoosh raises bare struct, pickle and attribute errors on damaged files; all mean the same here."""
    try:
        return action()
    except Exception as error:
        raise StorageError(_damaged(folder, error)) from error


def _damaged(folder: Path, error: Exception) -> str:
    return f"the index in {folder} is damaged ({type(error).__name__}); run `danvan index rebuild`, nothing is lost"


def _write_state(folder: Path, state: State) -> None:
    beside = folder / f"{_STATE}.new"
    with open(beside, "wb") as stream:
        stream.write(msgspec.json.encode(state))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, folder / _STATE)


def _sync(folder: Path) -> None:
    """Whoosh never syncs: a power loss could leave a table of contents that points at nothing."""
    for path in folder.iterdir():
        if path.is_file() and not path.name.endswith("LOCK"):
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
