"""What every engine does, and the values that go in and come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.analysis import Tones
from search.documents import IndexDocument
from search.query.ast import DateRange, Node

Sort = Literal["relevance", "newest", "oldest"]
FACETS = ("portal", "year", "province", "place", "official")
MAX_PAGE_SIZE = 200


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """A query with its filters; `tones` None lets the words decide."""

    query: Node
    localities: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    portals: tuple[str, ...] = ()
    dates: DateRange | None = None
    sort: Sort = "relevance"
    tones: Tones | None = None
    page: int = 1
    size: int = 20


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value and how many hits have it."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True)
class EngineHit:
    """An article and its score; what it says comes from the archive."""

    article_id: int
    score: float


@dataclass(frozen=True, kw_only=True)
class EngineResult:
    """A page of hits, the exact number of all, and facets over all of them."""

    hits: tuple[EngineHit, ...]
    total: int
    tones: Tones
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    partial: bool = False


class Engine(Protocol):
    """An index that can be written and asked; every engine passes the same contract tests."""

    def write(self, documents: Iterable[IndexDocument], removed: Iterable[int], cursor: str) -> int:
        """Replace documents and forget removed ones in one commit; returns how many were written."""

    def search(self, request: SearchRequest, *, with_facets: bool = False) -> EngineResult:
        """Answer a request."""

    def article_ids(self, request: SearchRequest) -> list[int]:
        """Every hit of a request in its order, for exports."""

    @property
    def cursor(self) -> str:
        """Up to where the change feed is in the index."""

    def close(self) -> None:
        """Let go of the files."""
