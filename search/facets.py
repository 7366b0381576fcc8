"""Exact facet counts over all hits, from arrays read once for each state of the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np

from search.engines.base import FACETS, MAX_VALUES, DayCount, FacetValue, Sort

_DAY_ZERO = 719163  # 1970-01-01 as a proleptic ordinal


@dataclass(frozen=True)
class _Column:
    """A facet of many values a document: document i has codes[starts[i]:starts[i + 1]]."""

    names: list[str]
    starts: np.ndarray
    codes: np.ndarray

    def count(self, numbers: np.ndarray) -> tuple[FacetValue, ...]:
        chosen = np.zeros(len(self.starts) - 1, dtype=bool)
        chosen[numbers] = True
        per_code = np.repeat(chosen, np.diff(self.starts))
        counts = np.bincount(self.codes[per_code], minlength=len(self.names))
        order = sorted(np.flatnonzero(counts), key=lambda code: (-counts[code], self.names[code]))
        return tuple(FacetValue(value=self.names[code], count=int(counts[code])) for code in order[:MAX_VALUES])


@dataclass(frozen=True)
class FacetTable:
    """Article ids, days, lengths and facet columns by document number."""

    ids: np.ndarray
    days: np.ndarray  # days since 1970, NaN where unknown
    words: np.ndarray
    places: np.ndarray  # rank of the primary place, the unknown last
    columns: dict[str, _Column]

    @classmethod
    def read(cls, reader: Any) -> Self:
        """Read every document's stored values; deleted numbers stay empty."""
        size = reader.doc_count_all()
        ids, words = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        days = np.full(size, np.nan)
        primary = [""] * size
        values: dict[str, list[tuple[str, ...]]] = {name: [()] * size for name in FACETS}
        for number in reader.all_doc_ids():
            stored = reader.stored_fields(number)
            ids[number], words[number] = int(stored["id"]), stored["facets"]["words"]
            days[number] = stored.get("published", np.nan)
            primary[number] = stored["facets"]["primary"]
            for name in FACETS:
                values[name][number] = stored["facets"][name]
        ranks = {name: rank for rank, name in enumerate(sorted({*primary} - {""}))}
        places = np.array([ranks.get(name, len(ranks)) for name in primary], dtype=np.int64)
        return cls(ids, days, words, places, {name: _column(rows) for name, rows in values.items()})

    def count(self, numbers: np.ndarray, names: Iterable[str]) -> dict[str, tuple[FacetValue, ...]]:
        """The facets asked for over the given documents."""
        return {name: self.columns[name].count(numbers) for name in names}

    def order(self, numbers: np.ndarray, sort: Sort, scores: np.ndarray) -> np.ndarray:
        """Positions within `numbers` in the order asked for; ties by day, newest first, then by article."""
        days = self.days[numbers]
        newest = np.where(np.isnan(days), np.inf, -days)
        first = {"relevance": -scores, "newest": newest, "locality": self.places[numbers]}
        oldest = np.where(np.isnan(days), np.inf, days)
        found: np.ndarray = np.lexsort((self.ids[numbers], newest, first.get(sort, oldest)))
        return found

    def by_day(self, numbers: np.ndarray) -> list[DayCount]:
        """Articles and words by day, the unknown day last."""
        days = self.days[numbers]
        values, position = np.unique(days, return_inverse=True)
        articles = np.bincount(position, minlength=len(values))
        words = np.bincount(position, weights=self.words[numbers], minlength=len(values))
        return [
            DayCount(day=_day(value), articles=int(count), words=int(length))
            for value, count, length in zip(values, articles, words, strict=True)
        ]


def _day(value: float) -> date | None:
    return None if np.isnan(value) else date.fromordinal(int(value) + _DAY_ZERO)


def _column(rows: list[tuple[str, ...]]) -> _Column:
    codes: dict[str, int] = {}
    flat = [codes.setdefault(value, len(codes)) for row in rows for value in row]
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return _Column(list(codes), starts, np.array(flat, dtype=np.int64))
