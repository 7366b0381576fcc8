"""How often words, phrases and neighbourhoods occur in each document, from the arrays of all segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np

from archive.vietnamese import fold
from search.analysis import Tones
from search.engines import tree
from search.engines.expansion import limited, matching
from search.engines.whoosh.content import BETWEEN, TextPostings, term_key
from search.engines.whoosh.snapshot import Snapshot
from search.engines.windows import near_starts, phrase_starts

_Range = tuple[int, int]


class Words:
    """Counts by document for one question; a word that is asked for twice is counted once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._freqs: dict[tuple[str, str, Tones], np.ndarray] = {}

    def freqs(self, field: str, form: str, tones: Tones) -> np.ndarray:
        """How often a token occurs; a folded one stands for all that fold to it."""
        key = (field, form, tones)
        if key not in self._freqs:
            self._freqs[key] = self._each(
                field, lambda postings: _frequencies(postings, [_terms(postings, form, tones)])
            )
        return self._freqs[key]

    def phrase(self, node: tree.Phrase) -> np.ndarray:
        """How often tokens follow each other."""
        return self._each(
            node.field, lambda postings: _by_document(postings, _phrase(postings, node.forms, node.tones))
        )

    def near(self, node: tree.Near) -> np.ndarray:
        """In how many stretches the parts stand near each other."""

        def count(postings: TextPostings) -> np.ndarray:
            starts = [_phrase(postings, part, node.tones) for part in node.parts]
            ends = postings.bases[1:].astype(np.int64)
            return _by_document(postings, near_starts(node.parts, starts, ends, node.distance))

        return self._each(node.field, count)

    def expanded(self, node: tree.Prefix | tree.Fuzzy) -> np.ndarray:
        """How often the tokens that a beginning or a misspelling stands for occur; QueryError if they are too many."""
        found = [expand(segment.content.texts[node.field], node) for segment in self._snapshot.segments]
        limited(set().union(*(forms.keys() for forms in found)), node)
        ranges = iter([_together(forms.values()) for forms in found])
        return self._each(node.field, lambda postings: _frequencies(postings, next(ranges)))

    def _each(self, field: str, count: Callable[[TextPostings], np.ndarray]) -> np.ndarray:
        """The counts of all segments, one after the other."""
        counts = [count(segment.content.texts[field]) for segment in self._snapshot.segments]
        return np.concatenate([np.zeros(0), *counts])


def expand(postings: TextPostings, node: tree.Prefix | tree.Fuzzy) -> dict[str, _Range]:
    """The forms that a node stands for with the dictionary's range of each."""
    beginning = node.form if isinstance(node, tree.Prefix) else node.form[:1]
    first, last = postings.keys.range_of(fold(beginning).encode())
    ranges: dict[str, _Range] = {}
    for number, key in enumerate(postings.keys.between(first, last), start=first):
        folded, _, exact = key.partition(BETWEEN)
        form = (exact if node.tones == "exact" else folded).decode()
        ranges[form] = (ranges.get(form, (number, 0))[0], number + 1)
    return {form: ranges[form] for form in matching(ranges, node)}


def _together(ranges: Iterable[_Range]) -> list[_Range]:
    """Ranges that touch, as one."""
    joined: list[_Range] = []
    for first, last in sorted(ranges):
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _terms(postings: TextPostings, form: str, tones: Tones) -> _Range:
    """The dictionary entries that a form stands for."""
    if tones == "folded":
        return postings.keys.range_of(form.encode() + BETWEEN)
    key = term_key(form, fold(form))
    number = postings.keys.find(key)
    return (number, number + int(number < len(postings.keys) and postings.keys[number] == key))


def _frequencies(postings: TextPostings, ranges: Sequence[_Range]) -> np.ndarray:
    """How often the terms of some ranges occur in each document, all together."""
    counts = np.zeros(len(postings.lengths))
    for first, last in ranges:
        here = slice(postings.posts[first], postings.posts[last])
        docs, freqs = postings.docs[here], postings.freqs[here]
        if last - first == 1:
            counts[docs] += freqs
        elif last > first:
            counts += np.bincount(docs, weights=freqs, minlength=len(counts))
    return counts


def _phrase(postings: TextPostings, forms: Sequence[str], tones: Tones) -> np.ndarray:
    """Where tokens follow each other."""
    words = [_runs(postings, *_terms(postings, form, tones)) for form in forms]
    return phrase_starts(words) if all(words) else np.zeros(0, dtype=np.uint32)


def _runs(postings: TextPostings, first: int, last: int) -> list[np.ndarray]:
    """Each term's positions."""
    bounds = postings.starts[first : last + 1].tolist()
    return [postings.positions[a:b] for a, b in pairwise(bounds)]


def _by_document(postings: TextPostings, starts: np.ndarray) -> np.ndarray:
    """How many of some positions each document has."""
    size = len(postings.lengths)
    docs = np.searchsorted(postings.bases, starts.astype(np.uint32), side="right") - 1
    return np.bincount(docs, minlength=size).astype(np.float64) if len(docs) else np.zeros(size)
