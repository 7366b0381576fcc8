"""How a request is answered, whatever holds the articles: hits, order, facets, days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search.engines.base import MAX_PAGE_SIZE, DayCount, EngineHit, EngineResult, FacetValue, SearchRequest
from search.engines.columns import Columns
from search.engines.tree import Tree


@dataclass(frozen=True)
class Found:
    """Which documents answer, by number, and how well; scores are 0 elsewhere, None where all are."""

    mask: np.ndarray
    scores: np.ndarray | None = None


class Asked(Protocol):
    """One question to one state of an index."""

    def found(self, node: Tree) -> Found:
        """The documents that answer a tree."""

    def occurrences(self, node: Tree) -> np.ndarray | None:
        """How often the words asked for occur in the title and body of each document; None where it is not counted."""


class Source(Protocol):
    """One state of an index."""

    live: np.ndarray  # of each document number: it is not deleted

    @property
    def columns(self) -> Columns:
        """One value for each document number."""

    def asked(self) -> Asked:
        """For one question."""

    def facet(self, name: str, hits: np.ndarray) -> list[tuple[str, int]]:
        """The most frequent values among hits, given as a mask."""


def result(source: Source, request: SearchRequest, facets: Iterable[str], notice: str | None) -> EngineResult:
    """A stretch of hits, the number of all, and facets over all."""
    found = _matching(source, source.asked(), request)
    size = max(1, min(request.size, MAX_PAGE_SIZE))
    numbers = _ordered(source, request, found, request.start + size)[request.start :]
    scores = found.scores if request.sort == "relevance" else None
    hits = tuple(
        EngineHit(article_id=article, score=float(scores[number]) if scores is not None else 0.0)
        for article, number in zip(source.columns.ids[numbers].tolist(), numbers.tolist(), strict=True)
    )
    counted = {
        name: tuple(FacetValue(value=value, count=count) for value, count in source.facet(name, found.mask))
        for name in facets
    }
    return EngineResult(hits=hits, total=int(np.count_nonzero(found.mask)), facets=counted, notice=notice)


def article_ids(source: Source, request: SearchRequest) -> list[int]:
    """Every hit in order."""
    found = _matching(source, source.asked(), request)
    numbers = _ordered(source, request, found, len(found.mask))
    ids: list[int] = source.columns.ids[numbers].tolist()
    return ids


def by_day(source: Source, request: SearchRequest) -> list[DayCount]:
    """All hits by day."""
    asked = source.asked()
    hits = np.flatnonzero(_matching(source, asked, request).mask)
    return source.columns.by_day(hits, asked.occurrences(request.query))


def all_ids(source: Source) -> list[int]:
    """The id of every article that is not deleted."""
    ids: list[int] = source.columns.ids[source.live].tolist()
    return ids


def _matching(source: Source, asked: Asked, request: SearchRequest) -> Found:
    found = asked.found(request.query)
    mask = found.mask & source.live
    if request.restriction is not None:
        mask = mask & asked.found(request.restriction).mask
    return Found(mask, found.scores)


def _ordered(source: Source, request: SearchRequest, found: Found, limit: int) -> np.ndarray:
    return source.columns.first(np.flatnonzero(found.mask), found.scores, request.sort, limit)
