"""Exact facet counts over all hits, from arrays read once for each state of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from search.engines.base import FACETS, FacetValue

# What a page shows at its side; the counts themselves are over all values.
MAX_VALUES = 30


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
    """Article ids, days and facet columns by document number."""

    ids: np.ndarray
    days: np.ndarray  # days since 1970, NaN where unknown
    columns: dict[str, _Column]

    @classmethod
    def read(cls, reader: Any) -> Self:
        """Read every document's stored values; deleted numbers stay empty."""
        size = reader.doc_count_all()
        ids = np.zeros(size, dtype=np.int64)
        days = np.full(size, np.nan)
        values: dict[str, list[tuple[str, ...]]] = {name: [()] * size for name in FACETS}
        for number in reader.all_doc_ids():
            stored = reader.stored_fields(number)
            ids[number] = int(stored["id"])
            days[number] = stored.get("published", np.nan)
            for name in FACETS:
                values[name][number] = stored["facets"][name]
        return cls(ids, days, {name: _column(rows) for name, rows in values.items()})

    def count(self, numbers: np.ndarray) -> dict[str, tuple[FacetValue, ...]]:
        """Every facet over the given documents."""
        return {name: column.count(numbers) for name, column in self.columns.items()}


def _column(rows: list[tuple[str, ...]]) -> _Column:
    codes: dict[str, int] = {}
    flat = [codes.setdefault(value, len(codes)) for row in rows for value in row]
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return _Column(list(codes), starts, np.array(flat, dtype=np.int64))
