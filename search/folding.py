"""Near-duplicates folded: of hits with (nearly) the same text only the first stays, with the number of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(slots=True)
class Kept:
    """A hit that stays, and how many hits were folded into it."""

    article_id: int
    folded: int = 0


def folded(ids: Iterable[int], clusters: Mapping[int, int]) -> list[Kept]:
    """The hits that stay, in order; an article in no cluster stays.

    >>> folded([4, 7, 9, 8], {7: 1, 8: 1, 9: 2})
    [Kept(article_id=4, folded=0), Kept(article_id=7, folded=1), Kept(article_id=9, folded=0)]
    """
    kept: list[Kept] = []
    first: dict[int, Kept] = {}
    for id_ in ids:
        cluster = clusters.get(id_)
        if cluster is not None and cluster in first:
            first[cluster].folded += 1
            continue
        kept.append(Kept(id_))
        if cluster is not None:
            first[cluster] = kept[-1]
    return kept
