"""What every engine does, and the values that go in and come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from search.documents import IndexDocument
from search.engines.tree import Tree

Sort = Literal["relevance", "newest", "oldest", "locality"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "locality")
FACETS = ("portal", "year", "province", "former_province", "district", "commune", "official", "tag")
# What a page shows at its side; the counts themselves are over all hits.
MAX_VALUES = 30
MAX_PAGE_SIZE = 200


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """What is asked for and in which order. `restriction` only filters: it never changes a score.

    Equal scores, days or places are ordered by day, newest first (unknown days last), then by article id.
    """

    query: Tree
    restriction: Tree | None = None
    sort: Sort = "relevance"
    start: int = 0
    size: int = 20


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value, as the index keys it, and how many hits have it."""

    value: str
    count: int
    label: str = ""  # for people; the service fills it


@dataclass(frozen=True, kw_only=True)
class EngineHit:
    """An article and its score (0 where the order is not relevance); what it says comes from the archive."""

    article_id: int
    score: float
    folded: int = 0  # further hits with nearly the same text; the service folds, engines do not


@dataclass(frozen=True, kw_only=True)
class EngineResult:
    """A stretch of hits, the exact number of all, and facets over all of them."""

    hits: tuple[EngineHit, ...]
    total: int
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    notice: str | None = None  # what answers slower or less than it should, in words for the reader


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """The hits of one day (None: without a date): how many articles, how many words they have together, and how often
    the words asked for occur in their titles and bodies (None where the engine does not count occurrences)."""

    day: date | None
    articles: int
    words: int
    occurrences: int | None = None


class Engine(Protocol):
    """An index that can be written and asked; every engine passes the same contract tests."""

    @property
    def cursor(self) -> str:
        """Up to where the change feed is in the index."""

    def write(self, documents: Iterable[IndexDocument], removed: Iterable[int], cursor: str) -> int:
        """Replace documents and forget removed ones in one commit; returns how many were written."""

    def search(self, request: SearchRequest, facets: Iterable[str] = ()) -> EngineResult:
        """A stretch of hits, and exact counts of the facets asked for."""

    def article_ids(self, request: SearchRequest) -> list[int]:
        """Every hit of a request in its order, for exports and contexts; `start` and `size` do not count."""

    def by_day(self, request: SearchRequest) -> list[DayCount]:
        """All hits of a request by day, in the order of days, those without a date last."""

    def all_ids(self) -> list[int]:
        """The id of every indexed article."""

    def refresh(self) -> None:
        """See what others have written since; answers being given go on with what they began with."""

    def maintain(self) -> bool:
        """Make it compact, which may take minutes; returns whether there was anything to do."""

    def verify(self) -> list[str]:
        """What is wrong with the files, in words, as far as a whole reading tells."""
