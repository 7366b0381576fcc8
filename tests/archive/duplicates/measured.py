"""How well near-duplicates are found: `python -m tests.archive.duplicates.measured` prints it.

For each share of edited sentences: the resemblances, how many pairs share a band of their signatures, and the share
found at each threshold. Of distinct articles: the highest resemblances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from archive.duplicates.shingles import resemblance, shingles
from archive.duplicates.signatures import band_keys
from tests.archive.duplicates.pairs import SHARES, Pair, articles, labelled, negatives, positives

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One pair: how alike it is, and whether its signatures would have brought it up."""

    resemblance: float
    is_candidate: bool


def measured(pair: Pair) -> Measured:
    """Compare a pair as the archive does."""
    one, other = shingles(pair.one), shingles(pair.other)
    shared = set(band_keys(one)) & set(band_keys(other)) if one and other else set()
    return Measured(resemblance=resemblance(one, other), is_candidate=bool(shared))


def found(pairs: Sequence[Measured], threshold: float) -> float:
    """The share of pairs that are candidates and alike enough."""
    return sum(one.is_candidate and one.resemblance >= threshold for one in pairs) / len(pairs)


def main() -> None:
    """Print the tables."""
    print(f"{len(articles())} articles\n")
    print("edited  pairs  resemblance min/median  candidates  found at " + "  ".join(f"{t:.1f}" for t in THRESHOLDS))
    for share in SHARES:
        pairs = [measured(pair) for pair in positives(share)]
        values = sorted(pair.resemblance for pair in pairs)
        rate = sum(pair.is_candidate for pair in pairs) / len(pairs)
        shown = "  ".join(f"{found(pairs, threshold):.2f}" for threshold in THRESHOLDS)
        print(f"{share:>6.0%} {len(pairs):>6} {values[0]:>15.2f}/{median(values):.2f} {rate:>15.3f} {'':>8} {shown}")
    others = [measured(pair) for pair in negatives()]
    shown = "  ".join(f"{found(others, threshold):.2f}" for threshold in THRESHOLDS)
    print(f"{'other':>6} {len(others):>6} highest {max(one.resemblance for one in others):.3f}, "
          f"candidates {sum(one.is_candidate for one in others)} {'':>10} {shown}")  # fmt: skip
    marked = [measured(Pair(one=one, other=other, share=0.0)) for one, other in labelled()]
    print("marked by hand as near-duplicates or versions:", " ".join(f"{one.resemblance:.2f}" for one in marked))


if __name__ == "__main__":
    main()
