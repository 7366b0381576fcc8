"""Several segments into one: dictionaries joined, lists moved as whole stretches, deleted documents left out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from search.engines.whoosh.content import Content, Dictionary, KeyPostings, TextPostings

# Postings or positions that are moved at a time: bounds the memory of a merge to some 100 MB.
_AT_ONCE = 2_000_000
# Larger results are mapped from a file that has no name any more, so that the system can write them out.
_IN_MEMORY = 16 * 2**20


@dataclass(frozen=True)
class Part:
    """A segment to be merged; `live` says which documents are kept (None: all)."""

    content: Content
    live: np.ndarray | None = None

    def kept(self, values: np.ndarray) -> np.ndarray:
        """A column's values of the documents that are kept."""
        return values if self.live is None else values[self.live]

    def numbers(self, first: int) -> np.ndarray:
        """The new number of every document, counted from `first`; -1 for those that go."""
        if self.live is None:
            return np.arange(first, first + len(self.content), dtype=np.int64)
        return np.where(self.live, np.cumsum(self.live) - 1 + first, -1)


def merged(parts: Sequence[Part], scratch: Path) -> Content:
    """One segment of all kept documents, in the parts' order; large arrays lie in `scratch` while they are used."""
    counts = [len(part.kept(part.content.ids)) for part in parts]
    numbers = [part.numbers(first) for part, first in zip(parts, _starts(counts), strict=False)]
    whole = [part.content for part in parts]
    return Content(
        ids=np.concatenate([part.kept(part.content.ids) for part in parts]),
        days=np.concatenate([part.kept(part.content.days) for part in parts]),
        words=np.concatenate([part.kept(part.content.words) for part in parts]),
        texts={name: _texts([c.texts[name] for c in whole], parts, numbers, scratch) for name in whole[0].texts},
        keys={name: _keys([c.keys[name] for c in whole], numbers, scratch) for name in whole[0].keys},
    )


def _starts(counts: Sequence[int]) -> list[int]:
    return [0, *np.cumsum(np.array(counts, dtype=np.int64)).tolist()]


def _keys(postings: Sequence[KeyPostings], numbers: Sequence[np.ndarray], scratch: Path) -> KeyPostings:
    union = _Union([one.keys for one in postings])
    out, counts = _Output(scratch, np.uint32, sum(len(one.docs) for one in postings)), []
    for first, last, here in union.stretches([one.posts for one in postings]):
        moved = _Moved(last - first)
        for one, number, (ranks, a, b) in zip(postings, numbers, here, strict=True):
            docs = number[one.docs[one.posts[a] : one.posts[b]]]
            moved.take(np.repeat(ranks, np.diff(one.posts[a : b + 1])), docs >= 0, docs)
        counts.append(moved.counts)
        out.append(moved.values())
    used, posts = _posts(counts)
    return KeyPostings(keys=union.dictionary(used), posts=posts, docs=out.array())


def _texts(
    postings: Sequence[TextPostings], parts: Sequence[Part], numbers: Sequence[np.ndarray], scratch: Path
) -> TextPostings:
    bases = _bases(postings, parts)
    shifts = _shifts(postings, numbers, bases)
    union = _Union([one.keys for one in postings])
    docs = _Output(scratch, np.uint32, sum(len(one.docs) for one in postings))
    freqs = _Output(scratch, np.uint32, sum(len(one.docs) for one in postings))
    positions = _Output(scratch, np.uint32, sum(len(one.positions) for one in postings))
    post_counts, position_counts = [], []
    for first, last, here in union.stretches([one.starts for one in postings]):
        lists, places = _Moved(last - first), _Moved(last - first)
        for one, number, shift, (ranks, a, b) in zip(postings, numbers, shifts, here, strict=True):
            rows = slice(one.posts[a], one.posts[b])
            new = number[one.docs[rows]]
            lists.take(np.repeat(ranks, np.diff(one.posts[a : b + 1])), new >= 0, new, one.freqs[rows])
            moved = np.repeat(shift[one.docs[rows]], one.freqs[rows])
            at = one.positions[one.starts[a] : one.starts[b]] + moved
            live = np.repeat(new >= 0, one.freqs[rows])
            places.take(np.repeat(ranks, np.diff(one.starts[a : b + 1])), live, at)
        post_counts.append(lists.counts)
        position_counts.append(places.counts)
        docs.append(lists.values())
        freqs.append(lists.values(1))
        positions.append(places.values())
    used, posts = _posts(post_counts)
    _, starts = _posts(position_counts)
    return TextPostings(
        keys=union.dictionary(used),
        posts=posts,
        docs=docs.array(),
        starts=starts,
        freqs=_narrowest(freqs.array()),
        positions=positions.array(),
        bases=bases,
        lengths=np.concatenate([part.kept(one.lengths) for one, part in zip(postings, parts, strict=True)]),
        tokens=int(sum(one.tokens for one in postings) if _nothing_goes(parts) else len(positions.array())),
    )


def _nothing_goes(parts: Sequence[Part]) -> bool:
    return all(part.live is None for part in parts)


def _bases(postings: Sequence[TextPostings], parts: Sequence[Part]) -> np.ndarray:
    spans = [part.kept(np.diff(one.bases.astype(np.int64))) for one, part in zip(postings, parts, strict=True)]
    bases = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.concatenate(spans))])
    if bases[-1] >= 2**32:
        raise OverflowError("a segment holds at most 4,294,967,295 tokens")
    return bases.astype(np.uint32)


def _shifts(postings: Sequence[TextPostings], numbers: Sequence[np.ndarray], bases: np.ndarray) -> list[np.ndarray]:
    """By how much each document's positions move."""
    return [
        np.where(number >= 0, bases[np.maximum(number, 0)].astype(np.int64) - one.bases[:-1].astype(np.int64), 0)
        for one, number in zip(postings, numbers, strict=True)
    ]


def _posts(counts: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Which terms still occur, and where the list of each begins."""
    all_counts = np.concatenate(counts) if counts else np.zeros(0, dtype=np.int64)
    used = np.flatnonzero(all_counts)
    return used, np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(all_counts[used])])


def _narrowest(freqs: np.ndarray) -> np.ndarray:
    return freqs.astype(np.uint16) if not len(freqs) or freqs.max() < 2**16 else freqs


class _Union:
    """The joined dictionary, and which of its terms each part has."""

    def __init__(self, dictionaries: Sequence[Dictionary]) -> None:
        listed = [list(dictionary) for dictionary in dictionaries]
        self.entries = sorted(set().union(*listed))
        ranks = {entry: rank for rank, entry in enumerate(self.entries)}
        self.ranks = [np.array([ranks[entry] for entry in entries], dtype=np.int64) for entries in listed]

    def dictionary(self, used: np.ndarray) -> Dictionary:
        return Dictionary.of([self.entries[rank] for rank in used.tolist()])

    def stretches(self, offsets: Sequence[np.ndarray]) -> Iterator[tuple[int, int, list[tuple[np.ndarray, int, int]]]]:
        """Stretches of terms that are moved together: first, last, and for each part its terms' places there."""
        sizes = np.zeros(len(self.entries), dtype=np.int64)
        for ranks, bounds in zip(self.ranks, offsets, strict=True):
            sizes[ranks] += np.diff(bounds)
        cuts = np.searchsorted(np.cumsum(sizes), np.arange(0, sizes.sum(), _AT_ONCE), side="right")
        bounds = np.unique(np.append(cuts, [0, len(self.entries)])).tolist()
        for first, last in pairwise(bounds):
            here = []
            for ranks in self.ranks:
                a, b = np.searchsorted(ranks, [first, last]).tolist()
                here.append((ranks[a:b] - first, a, b))
            yield first, last, here


def joined_keys(dictionaries: Sequence[Dictionary]) -> tuple[list[bytes], list[np.ndarray]]:
    """All entries of several dictionaries in order, and for each dictionary the rank of each of its own."""
    union = _Union(dictionaries)
    return union.entries, union.ranks


class _Moved:
    """Values of a stretch of terms, taken part by part and given back term by term."""

    def __init__(self, terms: int) -> None:
        self.counts = np.zeros(terms, dtype=np.int64)
        self._ranks: list[np.ndarray] = []
        self._columns: list[tuple[np.ndarray, ...]] = []

    def take(self, ranks: np.ndarray, live: np.ndarray, *columns: np.ndarray) -> None:
        """One part's values with the rank of their term, in the order of terms."""
        if not live.all():
            ranks, columns = ranks[live], tuple(column[live] for column in columns)
        self.counts += np.bincount(ranks, minlength=len(self.counts))
        self._ranks.append(ranks)
        self._columns.append(columns)

    def values(self, column: int = 0) -> np.ndarray:
        """A column in the order of terms, then of parts."""
        out = np.empty(int(self.counts.sum()), dtype=np.uint32)
        begin = np.cumsum(self.counts) - self.counts
        for ranks, columns in zip(self._ranks, self._columns, strict=True):
            sizes = np.bincount(ranks, minlength=len(self.counts))
            own = np.cumsum(sizes) - sizes
            out[np.arange(len(ranks)) + (begin - own)[ranks]] = columns[column]
            begin = begin + sizes
        return out


class _Output:
    """An array filled from its beginning; a large one lies in a file."""

    def __init__(self, scratch: Path, dtype: type, size: int) -> None:
        self._filled = 0
        self._array: np.ndarray
        if size * np.dtype(dtype).itemsize <= _IN_MEMORY:
            self._array = np.empty(size, dtype=dtype)
            return
        with tempfile.TemporaryFile(dir=scratch) as stream:
            self._array = np.memmap(stream, dtype=dtype, mode="w+", shape=(size,))

    def append(self, values: np.ndarray) -> None:
        self._array[self._filled : self._filled + len(values)] = values
        self._filled += len(values)

    def array(self) -> np.ndarray:
        return self._array[: self._filled]
