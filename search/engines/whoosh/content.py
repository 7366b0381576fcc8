"""What a segment holds, as arrays: the form in which postings are made, merged, kept and asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

# Stands between a token's folded and its exact form: tokens that fold to the same stand together.
BETWEEN = b"\0"


def term_key(exact: str, folded: str) -> bytes:
    """The dictionary entry of a token."""
    return folded.encode() + BETWEEN + exact.encode()


@dataclass(frozen=True)
class Dictionary:
    """Byte strings in rising order: entry i is blob[offsets[i]:offsets[i + 1]]."""

    blob: np.ndarray  # uint8
    offsets: np.ndarray  # int64

    @classmethod
    def of(cls, entries: Iterable[bytes]) -> Dictionary:
        """From sorted entries."""
        listed = list(entries)
        offsets = np.zeros(len(listed) + 1, dtype=np.int64)
        np.cumsum([len(entry) for entry in listed], out=offsets[1:])
        return cls(np.frombuffer(b"".join(listed), dtype=np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.blob[self.offsets[number] : self.offsets[number + 1]].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.between(0, len(self)))

    def between(self, first: int, last: int) -> list[bytes]:
        """The entries from `first` to before `last`."""
        start = int(self.offsets[first])
        stretch = self.blob[start : self.offsets[last]].tobytes()
        return [stretch[a - start : b - start] for a, b in pairwise(self.offsets[first : last + 1].tolist())]

    def find(self, entry: bytes) -> int:
        """The number of the first entry that is not before this one."""
        return bisect_left(self, entry)

    def range_of(self, beginning: bytes) -> tuple[int, int]:
        """The entries that begin so: the first, and the one after the last."""
        return self.find(beginning), bisect_left(self, beginning + b"\xff")  # no UTF-8 text holds 0xff


@dataclass(frozen=True)
class KeyPostings:
    """The documents of each value: value t is in docs[posts[t]:posts[t + 1]], in rising order."""

    keys: Dictionary
    posts: np.ndarray  # int64
    docs: np.ndarray  # uint32


@dataclass(frozen=True)
class TextPostings:
    """The documents and positions of each token.

    A position counts through the whole segment: document d's tokens stand from bases[d] on, and there is a gap between
    two documents, so a phrase is found by one comparison of sorted numbers and no length overflows. Posting p has
    freqs[p] positions; a term's positions are positions[starts[t]:starts[t + 1]].
    """

    keys: Dictionary
    posts: np.ndarray  # int64
    docs: np.ndarray  # uint32
    starts: np.ndarray  # int64
    freqs: np.ndarray  # uint16 or uint32
    positions: np.ndarray  # uint32
    bases: np.ndarray  # uint32, one more than documents
    lengths: np.ndarray  # uint8: the byte by which Whoosh stands for a length
    tokens: int  # of all documents together

    def documents_of(self, first: int, last: int) -> np.ndarray:
        """The document of each position of the terms from `first` to before `last`."""
        here = slice(self.posts[first], self.posts[last])
        return np.repeat(self.docs[here], self.freqs[here])


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole segment."""

    ids: np.ndarray  # int64
    days: np.ndarray  # int32, NO_DAY where unknown
    words: np.ndarray  # uint32: of title and body
    texts: dict[str, TextPostings]
    keys: dict[str, KeyPostings]

    def __len__(self) -> int:
        return len(self.ids)
