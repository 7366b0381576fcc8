"""Words near each other, for an index that knows phrases only: every way they can stand, or a look into the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from math import comb, factorial

import numpy as np
import tantivy

from archive.vietnamese import fold
from search.engines import tree
from search.engines.windows import near_starts, phrase_starts

# Phrases that are tried at once; each takes tantivy as long as a phrase that a person typed.
_MOST_PHRASES = 256
_Spelling = list[str | tuple[int, str]]


def spellings(node: tree.Near) -> list[_Spelling] | None:
    """Every order and spacing as a phrase with gaps: (place, word); None where there are too many.

    >>> from search.engines.tree import Near
    >>> spellings(Near("body", (("a",), ("b",)), 1, "exact"))
    [[(0, 'a'), (1, 'b')], [(0, 'a'), (2, 'b')], [(0, 'b'), (1, 'a')], [(0, 'b'), (2, 'a')]]
    """
    count = len(node.parts)
    if factorial(count) * comb(node.distance + count - 1, count - 1) > _MOST_PHRASES:
        return None
    orders = dict.fromkeys(permutations(node.parts))
    return [_spelled(order, gaps) for order in orders for gaps in _gaps(count - 1, node.distance)]


def _gaps(places: int, most: int) -> Iterator[tuple[int, ...]]:
    """All ways to share out up to so many tokens between the parts."""
    for bars in combinations(range(most + places), places):
        yield tuple(after - before - 1 for before, after in zip((-1, *bars), bars, strict=False))


def _spelled(order: Sequence[tuple[str, ...]], gaps: tuple[int, ...]) -> _Spelling:
    words: _Spelling = []
    place = 0
    for part, gap in zip(order, (*gaps, 0), strict=True):
        words += [(place + offset, form) for offset, form in enumerate(part)]
        place += len(part) + gap
    return words


def documents_with(node: tree.Near, searcher: tantivy.Searcher, candidates: tantivy.Query) -> list[int]:
    """The ids of those candidates whose stored text has the parts near each other."""
    hits = searcher.search(candidates, limit=max(searcher.num_docs, 1), count=False).hits
    addresses = [address for _, address in hits]
    ids = searcher.fast_field_values("id", addresses)
    near = [_is_near(node, searcher.doc(address).get_all(node.field)) for address in addresses]
    return [int(id_) for id_, is_near in zip(ids, near, strict=True) if is_near and id_ is not None]


def _is_near(node: tree.Near, stretches: Sequence[str]) -> bool:
    words: list[str] = []
    for stretch in stretches:
        words += [*(fold(stretch) if node.tones == "folded" else stretch).split(), ""]
    places: dict[str, list[int]] = {form: [] for part in node.parts for form in part}
    for place, word in enumerate(words):
        if word in places:
            places[word].append(place)
    arrays = {form: np.array(found, dtype=np.int64) for form, found in places.items()}
    starts = [phrase_starts([[arrays[form]] for form in part]) for part in node.parts]
    return bool(len(near_starts(node.parts, starts, np.array([len(words)]), node.distance)))
