"""The arrays of all segments of one state of an index; it stays as it is whatever is written after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.util.numeric import byte_to_length

from search.engines.columns import Columns
from search.engines.whoosh.content import Content
from search.engines.whoosh.merging import joined_keys

_LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.float64)
# BM25F as Whoosh scores by default.
_B, _K1 = 0.75, 1.2


@dataclass(frozen=True)
class Segment:
    """A segment's content, and the number of its first document among all."""

    content: Content
    first: int

    def all_numbers(self, docs: np.ndarray) -> np.ndarray:
        """This segment's document numbers as numbers among all."""
        return docs if self.first == 0 else docs.astype(np.int64) + self.first


class Snapshot:
    """What an executor asks; documents are numbered through all segments, the deleted ones included."""

    def __init__(self, contents: list[Content], live: np.ndarray) -> None:
        firsts = np.cumsum([0, *map(len, contents)]).tolist()
        self.segments = [Segment(content, first) for content, first in zip(contents, firsts, strict=False)]
        self.live = live
        self._factors: dict[str, np.ndarray] = {}
        self._names: dict[str, tuple[list[bytes], list[np.ndarray]]] = {}

    def __len__(self) -> int:
        return len(self.live)

    @cached_property
    def columns(self) -> Columns:
        """Ids, days, lengths and places by document number."""
        contents = [segment.content for segment in self.segments]
        return Columns(
            ids=_joined([content.ids for content in contents], np.int64),
            days=_joined([content.days for content in contents], np.int32),
            words=_joined([content.words for content in contents], np.uint32),
            places=self._places(),
        )

    def factors(self, field: str) -> np.ndarray:
        """Of each document K1 · (1 - B + B · length / average length), lengths as Whoosh rounds them."""
        if field not in self._factors:
            texts = [segment.content.texts[field] for segment in self.segments]
            average = sum(text.tokens for text in texts) / max(len(self), 1) or 1.0
            lengths = _LENGTHS[_joined([text.lengths for text in texts], np.uint8)]
            self._factors[field] = _K1 * ((1 - _B) + _B * lengths / average)
        return self._factors[field]

    def scores(self, freqs: np.ndarray, field: str) -> np.ndarray:
        """BM25F of a term that occurs so often in each document; deleted ones count, as they do in Whoosh."""
        if not (documents := np.count_nonzero(freqs)):
            return freqs
        idf = np.log(max(len(self), 1) / (documents + 1)) + 1
        found: np.ndarray = idf * (freqs * (_K1 + 1)) / (freqs + self.factors(field))
        return found

    def facet(self, field: str, hits: np.ndarray) -> list[tuple[str, int]]:
        """How many hits have each value of a key field, most first; as many values as a page shows."""
        names, ranks = self.names(field)
        counts = np.zeros(len(names), dtype=np.int64)
        for segment, here in zip(self.segments, ranks, strict=True):
            postings = segment.content.keys[field]
            chosen = hits[segment.first : segment.first + len(segment.content)][postings.docs]
            sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(chosen)])
            counts[here] += np.diff(sums[postings.posts])
        return Columns.most(counts, lambda number: names[number].decode())

    def names(self, field: str) -> tuple[list[bytes], list[np.ndarray]]:
        """All values of a key field in order, and for each segment the rank of each of its own."""
        if field not in self._names:
            self._names[field] = joined_keys([segment.content.keys[field].keys for segment in self.segments])
        return self._names[field]

    def _places(self) -> np.ndarray:
        """The rank of each document's primary place; those without one come last."""
        names, ranks = self.names("primary")
        places = np.full(len(self), len(names), dtype=np.int64)
        for segment, here in zip(self.segments, ranks, strict=True):
            postings = segment.content.keys["primary"]
            places[segment.all_numbers(postings.docs)] = np.repeat(here, np.diff(postings.posts))
        return places


def _joined(parts: list[np.ndarray], dtype: Any) -> np.ndarray:
    return np.concatenate([np.zeros(0, dtype=dtype), *parts])
