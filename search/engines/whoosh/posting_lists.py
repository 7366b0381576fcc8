"""Content to posting lists as Whoosh takes them: document deltas, weights, packed positions; many terms at a time.

Everything that can be is computed for some 100,000 postings at once; what is left for a single term is to cut slices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pickle import dumps
from struct import pack

import numpy as np

from search.engines.whoosh.content import BETWEEN, KeyPostings, TextPostings

# Four times Whoosh's default: a fifth less time and smaller files.
BLOCK_LIMIT = 512
_AT_ONCE = 200_000
_SHORT = 256  # longest bytes for which pickle has a short form, less one


@dataclass(frozen=True, slots=True)
class PostingList:
    """One term's documents. `deltas` start anew in each block; `values` are pickled byte strings, one a document, or
    one constant for all; `lengths` are the documents' length bytes; no `weights`: all are 1."""

    docs: list[int]
    deltas: list[int]
    weights: list[float] | None = None
    values: list[bytes] | None = None
    lengths: bytes = b""
    constant: bytes | None = None  # the fixed-size value of each document


@dataclass(frozen=True, slots=True)
class SameAs:
    """The list of an exact term, by its number, which a folded term that has no other form shares."""

    number: int


def key_lists(postings: KeyPostings, constant: bytes | None) -> Iterator[tuple[bytes, PostingList]]:
    """A key field's values with their documents."""
    deltas = _deltas(postings.docs, postings.posts).tolist()
    docs, bounds = postings.docs.tolist(), postings.posts.tolist()
    for number, key in enumerate(postings.keys):
        here = slice(bounds[number], bounds[number + 1])
        yield key, PostingList(docs[here], deltas[here], constant=constant)


def exact_lists(postings: TextPostings) -> Iterator[tuple[bytes, int, PostingList]]:
    """A text field's exact terms with their number in the dictionary, in the order of the exact forms."""
    forms = [key.partition(BETWEEN)[2] for key in postings.keys]
    order = np.array(sorted(range(len(forms)), key=forms.__getitem__), dtype=np.int64)
    for chunk in _chunks(np.diff(postings.starts)[order]):
        numbers = order[chunk]
        rows = _ranges(postings.posts[numbers], postings.posts[numbers + 1])
        places = _ranges(postings.starts[numbers], postings.starts[numbers + 1])
        posts = _bounds(postings.posts[numbers + 1] - postings.posts[numbers])
        made = _lists(postings, posts, postings.docs[rows], postings.freqs[rows], postings.positions[places])
        for number, one in zip(numbers.tolist(), made, strict=True):
            yield forms[number], number, one


def folded_lists(postings: TextPostings) -> Iterator[tuple[bytes, PostingList | SameAs]]:
    """A text field's folded terms: the lists of the exact terms that fold to them, as one."""
    forms = [key.partition(BETWEEN)[0] for key in postings.keys]
    groups = np.array([a != b for a, b in zip([None, *forms], forms, strict=False)], dtype=np.int64)
    group_of = np.cumsum(groups) - 1
    firsts = np.append(np.flatnonzero(groups), len(forms))
    sizes = np.add.reduceat(np.diff(postings.starts), firsts[:-1]) if len(forms) else np.zeros(0, dtype=np.int64)
    for chunk in _chunks(sizes):
        first, last = int(firsts[chunk.start]), int(firsts[chunk.stop])
        several = np.diff(firsts[chunk.start : chunk.stop + 1]) > 1
        made = iter(_merged_lists(postings, first, last, group_of[first:last] - chunk.start, several))
        for number, is_several in enumerate(several.tolist(), start=chunk.start):
            yield forms[firsts[number]], next(made) if is_several else SameAs(int(firsts[number]))


def _merged_lists(
    postings: TextPostings, first: int, last: int, group_of: np.ndarray, several: np.ndarray
) -> Iterator[PostingList]:
    """The lists of the groups of several terms, one list a group."""
    counts = np.diff(postings.starts[first : last + 1])
    groups = np.repeat(group_of, counts)
    wanted = several[groups]
    places = postings.positions[postings.starts[first] : postings.starts[last]][wanted]
    docs = postings.documents_of(first, last)[wanted]
    keys = (groups[wanted].astype(np.uint64) << np.uint64(32)) | places
    order = np.argsort(keys)
    docs, groups = docs[order], groups[wanted][order]
    begins = np.flatnonzero((np.diff(docs, prepend=np.uint32(0)) != 0) | (np.diff(groups, prepend=-1) != 0))
    freqs = np.diff(np.append(begins, len(docs)))
    posts = _bounds(np.bincount(groups[begins], minlength=len(several))[several])
    return _lists(postings, posts, docs[begins], freqs, places[order])


def _lists(
    postings: TextPostings, posts: np.ndarray, docs: np.ndarray, freqs: np.ndarray, positions: np.ndarray
) -> Iterator[PostingList]:
    bounds = _bounds(freqs)
    places = positions - np.repeat(postings.bases[docs], freqs)
    values = _values(places, freqs, bounds)
    deltas, lengths = _deltas(docs, posts).tolist(), postings.lengths[docs].tobytes()
    numbers, weights = docs.tolist(), freqs.astype(np.float64).tolist()
    limits = posts.tolist()
    for first, last in pairwise(limits):
        here = slice(first, last)
        yield PostingList(numbers[here], deltas[here], weights[here], values[here], lengths[here])


def _values(places: np.ndarray, freqs: np.ndarray, bounds: np.ndarray) -> list[bytes]:
    """Of each document, pickled: the count and a list of positions as deltas."""
    values = list(map(_ONE.__getitem__, places[bounds[:-1]].tolist()))
    several = np.flatnonzero(freqs > 1)
    if len(several):
        deltas = np.diff(places, prepend=np.uint32(0))
        deltas[bounds[:-1]] = places[bounds[:-1]]
        numbers = list(map(_INTEGER.__getitem__, deltas.tolist()))
        starts, ends = bounds[several].tolist(), bounds[several + 1].tolist()
        for number, start, end in zip(several.tolist(), starts, ends, strict=True):
            values[number] = _value(end - start, b"".join(numbers[start:end]))
    return values


def _deltas(docs: np.ndarray, posts: np.ndarray) -> np.ndarray:
    """From document to document; absolute at the beginning of each block."""
    deltas = np.diff(docs, prepend=np.uint32(0))
    row = np.arange(len(docs)) - np.repeat(posts[:-1], np.diff(posts))
    begins = row % BLOCK_LIMIT == 0
    deltas[begins] = docs[begins]
    return deltas


def _bounds(counts: np.ndarray) -> np.ndarray:
    bounds = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=bounds[1:])
    return bounds


def _ranges(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The numbers of several ranges, one after the other."""
    counts = ends - starts
    bounds = _bounds(counts)
    return np.arange(bounds[-1]) + np.repeat(starts - bounds[:-1], counts)


def _chunks(sizes: Sequence[int] | np.ndarray) -> Iterator[slice]:
    """Stretches of terms that are worked on together."""
    total = np.cumsum(sizes)
    cuts = np.searchsorted(total, np.arange(_AT_ONCE, int(total[-1]) if len(total) else 0, _AT_ONCE)) + 1
    bounds = np.unique(np.concatenate([np.zeros(1, dtype=np.int64), cuts, [len(total)]])).tolist()
    for first, last in pairwise(bounds):
        yield slice(first, last)


def pickled_bytes(value: bytes) -> bytes:
    """Bytes as pickle protocol 3 writes them, without its memo."""
    size = len(value)
    return (b"C" + bytes([size]) if size < _SHORT else b"B" + pack("<I", size)) + value


def _value(count: int, numbers: bytes) -> bytes:
    """A document's count and its positions, pickled within a pickle, as Whoosh's format has it."""
    return pickled_bytes(pack("!I", count) + b"](" + numbers + b"e.")


class _Integers(dict[int, bytes]):
    """A number as pickle writes it."""

    def __missing__(self, number: int) -> bytes:
        packed = dumps(number, 2)[2:-1]
        if number < 2**16:
            self[number] = packed
        return packed


class _Ones(dict[int, bytes]):
    """The value of a document that has the term once."""

    def __missing__(self, position: int) -> bytes:
        value = _value(1, _INTEGER[position])
        if position < 2**16:
            self[position] = value
        return value


_INTEGER, _ONE = _Integers(), _Ones()
