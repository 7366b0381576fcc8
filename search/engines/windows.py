"""Where words stand together: phrases and neighbourhoods, found by comparing sorted positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

# From here on one sort of both sides is faster than looking every needle up.
_LOOK_UP_BELOW = 16


def common(needles: np.ndarray, runs: Sequence[np.ndarray]) -> np.ndarray:
    """The needles that occur in any of the runs; needles and each run are sorted, no number is in two runs."""
    total = sum(len(run) for run in runs)
    if len(needles) * len(runs) * _LOOK_UP_BELOW < total:
        found = np.zeros(len(needles), dtype=bool)
        for run in runs:
            at = np.searchsorted(run, needles)
            at[at == len(run)] = 0
            found |= run[at] == needles
        return needles[found]
    both = np.concatenate([needles, *runs])
    both.sort()
    return both[1:][both[1:] == both[:-1]]


def phrase_starts(words: Sequence[Sequence[np.ndarray]]) -> np.ndarray:
    """The positions at which the words follow each other; a word's positions come as sorted runs.

    >>> phrase_starts([[np.array([3, 9], dtype=np.uint32)], [np.array([4], dtype=np.uint32)]]).tolist()
    [3]
    """
    sizes = [sum(len(run) for run in runs) for runs in words]
    rarest, *others = sorted(range(len(words)), key=sizes.__getitem__)
    places = _sorted(words[rarest])
    kind = places.dtype.type
    starts = places[np.searchsorted(places, rarest) :] - kind(rarest)  # no phrase begins before the first position
    for place in others:
        if not len(starts):
            break
        starts = common(starts + kind(place), words[place]) - kind(place)
    return starts


def _sorted(runs: Sequence[np.ndarray]) -> np.ndarray:
    return runs[0] if len(runs) == 1 else np.sort(np.concatenate(runs))


def near_starts(
    parts: Sequence[tuple[str, ...]], starts: Sequence[np.ndarray], ends: np.ndarray, distance: int
) -> np.ndarray:
    """Where a stretch begins that holds all parts without overlap and no more than `distance` other tokens.

    `starts`: each part's sorted positions; `ends`: sorted, for each text the position after its last.
    """
    if not all(len(one) for one in starts):
        return np.zeros(0, dtype=np.int64)
    width = sum(map(len, parts)) + distance
    occurring = {part: one.astype(np.int64) for part, one in zip(parts, starts, strict=True)}
    begins = _distinct(np.concatenate(list(occurring.values())))
    limits = np.minimum(begins + width, ends[np.searchsorted(ends, begins, side="right")])
    wanted = Counter(parts)
    for part in sorted(wanted, key=lambda one: len(occurring[one])):
        fits = _reaches(occurring[part], begins, wanted[part] - 1) + len(part) <= limits
        begins, limits = begins[fits], limits[fits]
    if not _may_overlap(wanted):
        return begins
    exact = [_fits(parts, occurring, int(b), int(e)) for b, e in zip(begins, limits, strict=True)]
    return begins[np.array(exact, dtype=bool)]


def _distinct(values: np.ndarray) -> np.ndarray:
    """Sorted, each once; numpy's own `unique` (2.4) hashes every number, which is much slower than sorting them."""
    ordered = np.sort(values)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def _reaches(starts: np.ndarray, begins: np.ndarray, further: int) -> np.ndarray:
    """For each beginning the first start from there, or the one `further` after it."""
    padded = np.append(starts, np.full(further + 1, 2**62, dtype=np.int64))
    found: np.ndarray = padded[np.searchsorted(starts, begins) + further]
    return found


def _may_overlap(wanted: Counter[tuple[str, ...]]) -> bool:
    """Only parts that share a word can, and a single word never covers itself."""
    seen = Counter(form for part in wanted for form in set(part))
    repeated = any(count > 1 and len(part) > 1 for part, count in wanted.items())
    return repeated or any(count > 1 for count in seen.values())


def _fits(parts: Sequence[tuple[str, ...]], starts: dict[tuple[str, ...], np.ndarray], begin: int, end: int) -> bool:
    """Whether the parts have places that begin a stretch, lie within it and do not overlap; tried one by one."""
    choices = []
    for part in sorted(parts, key=len, reverse=True):
        here = starts[part]
        first, last = np.searchsorted(here, [begin, end - len(part) + 1])
        choices.append([range(at, at + len(part)) for at in here[first:last].tolist()])
    return any(begin in taken for taken in _placements(choices, frozenset()))


def _placements(choices: Sequence[Sequence[range]], taken: frozenset[int]) -> Iterator[frozenset[int]]:
    """What is covered, for each way to place all parts."""
    if not choices:
        yield taken
        return
    for place in choices[0]:
        if taken.isdisjoint(place):
            yield from _placements(choices[1:], taken | set(place))
