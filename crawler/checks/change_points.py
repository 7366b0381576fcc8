"""Where a series of runs changed: the likeliest single change point, and how strong the evidence for it is.

The statistic is the generalised likelihood ratio of two segments against one (Hinkley, "Inference about the
change-point in a sequence of random variables", Biometrika 57, 1970): of shares binomial, of counts Poisson, of levels
normal with an unknown common variance. Runs scatter more than these laws say, so the ratio of shares and counts is
divided by the dispersion measured within the segments (Pearson's chi square by its degrees of freedom; McCullagh and
Nelder, "Generalized Linear Models", 1989, section 4.5), at least 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

# Runs, or weeks, before a change that must be known: with fewer, the scatter is not.
LEAST_PAST = 10
# Medians differ by so much (as logarithms) between any two days, even where twenty in a row did not.
_LEAST_DEVIATION = 0.05

_Pair = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A change: the index of its first run, the values before and after, and twice the log likelihood ratio."""

    at: int
    before: float
    after: float
    strength: float


def share_shift(hits: Sequence[int], of: Sequence[int]) -> Shift | None:
    """The likeliest change of a share of hits; None with too short a past."""

    def deviation(hit: float, total: float, share: float) -> float:
        return (hit - total * share) ** 2 / (total * share * (1 - share)) if 0 < share < 1 else 0.0

    return _shift(hits, of, _binomial, deviation)


def rate_shift(counts: Sequence[int], days: Sequence[float]) -> Shift | None:
    """The likeliest change of a rate a day; None with too short a past."""

    def deviation(count: float, span: float, rate: float) -> float:
        return (count - span * rate) ** 2 / (span * rate) if rate else 0.0

    return _shift(counts, days, _poisson, deviation)


def level_shift(values: Sequence[float], weights: Sequence[float]) -> Shift | None:
    """The likeliest change of a weighted mean; None with too short a past."""
    count = len(values)
    sums = [0.0, *accumulate(w * v for v, w in zip(values, weights, strict=True))]
    squares = [0.0, *accumulate(w * v * v for v, w in zip(values, weights, strict=True))]
    totals = [0.0, *accumulate(weights)]

    def scatter(first: int, last: int) -> float:
        mass = totals[last] - totals[first]
        return max(0.0, squares[last] - squares[first] - (sums[last] - sums[first]) ** 2 / mass)

    splits = range(LEAST_PAST, count)
    if not splits:
        return None
    least = totals[-1] * _LEAST_DEVIATION**2
    at = min(splits, key=lambda n: scatter(0, n) + scatter(n, count))
    ratio = (scatter(0, count) + least) / (scatter(0, at) + scatter(at, count) + least)
    before, after = sums[at] / totals[at], (sums[-1] - sums[at]) / (totals[-1] - totals[at])
    return Shift(at=at, before=before, after=after, strength=count * log(ratio))


def _shift(
    hits: Sequence[float],
    of: Sequence[float],
    likelihood: Callable[[float, float], float],
    deviation: Callable[[float, float, float], float],
) -> Shift | None:
    count = len(hits)
    splits = range(LEAST_PAST, count)
    if not splits:
        return None
    up_to = list(zip([0.0, *accumulate(hits)], [0.0, *accumulate(of)], strict=True))

    def segments(at: int) -> tuple[_Pair, _Pair]:
        (hit, total), (all_hits, all_totals) = up_to[at], up_to[count]
        return (hit, total), (all_hits - hit, all_totals - total)

    def gain(at: int) -> float:
        return sum(likelihood(*segment) for segment in segments(at))

    at = max(splits, key=gain)
    before, after = (hit / total for hit, total in segments(at))
    scatter = sum(_deviations(hits, of, at, before, after, deviation)) / max(1, count - 2)
    strength = 2 * (gain(at) - likelihood(*up_to[count])) / max(1.0, scatter)
    return Shift(at=at, before=before, after=after, strength=strength)


def _deviations(
    hits: Sequence[float],
    of: Sequence[float],
    at: int,
    before: float,
    after: float,
    deviation: Callable[[float, float, float], float],
) -> Iterator[float]:
    for n, (hit, total) in enumerate(zip(hits, of, strict=True)):
        yield deviation(hit, total, before if n < at else after)


def _binomial(hits: float, total: float) -> float:
    return sum(part * log(part / total) for part in (hits, total - hits) if part > 0)


def _poisson(count: float, days: float) -> float:
    return count * log(count / days) - count if count > 0 else 0.0
