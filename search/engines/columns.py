"""Ids, days, lengths and places of all articles as arrays: the order of hits, days and the most frequent values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from search.engines.base import MAX_VALUES, DayCount, Sort

DAY_ZERO = 719163  # 1970-01-01 as a proleptic ordinal, so that days are small numbers
NO_DAY = -(2**31)  # the article has no date


@dataclass(frozen=True)
class Columns:
    """One value for each document number."""

    ids: np.ndarray
    days: np.ndarray  # days since 1970, NO_DAY where unknown
    words: np.ndarray
    places: np.ndarray  # rank of the primary place, the unknown last

    def first(self, hits: np.ndarray, scores: np.ndarray | None, sort: Sort, limit: int) -> np.ndarray:
        """The numbers of the first `limit` hits in an order; `hits` are numbers, `scores` are of all documents."""
        if sort == "relevance" and scores is not None:
            return _best(hits, -scores[hits], self._newest, limit)
        if sort == "locality":
            return _best(hits, self.places[hits], self._newest, limit)
        return _best(hits, (self._oldest if sort == "oldest" else self._newest)[hits], self._newest, limit)

    @cached_property
    def _newest(self) -> np.ndarray:
        return self._ranks(-self.days.astype(np.int64))

    @cached_property
    def _oldest(self) -> np.ndarray:
        return self._ranks(self.days.astype(np.int64))

    def _ranks(self, days: np.ndarray) -> np.ndarray:
        """The place of every document in an order by day, the unknown last, equal days by id."""
        order = np.lexsort((self.ids, np.where(self.days == NO_DAY, 2**40, days)))
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks

    def by_day(self, hits: np.ndarray, occurrences: np.ndarray | None) -> list[DayCount]:
        """Articles, words and occurrences by day, the unknown day last."""
        days, place = np.unique(self.days[hits], return_inverse=True)
        articles = np.bincount(place, minlength=len(days))
        words = np.bincount(place, weights=self.words[hits], minlength=len(days))
        times = None if occurrences is None else np.bincount(place, weights=occurrences[hits], minlength=len(days))
        counted = [
            DayCount(
                day=day_of(int(day)),
                articles=int(articles[number]),
                words=int(words[number]),
                occurrences=None if times is None else int(times[number]),
            )
            for number, day in enumerate(days)
        ]
        return sorted(counted, key=lambda one: (one.day is None, one.day or date.min))

    @staticmethod
    def most(counts: np.ndarray, name_of: Callable[[int], str]) -> list[tuple[str, int]]:
        """The most frequent values; equal counts in the order of their numbers."""
        used = np.flatnonzero(counts)
        chosen = _best(used, -counts[used], np.arange(len(counts)), MAX_VALUES)
        return [(name_of(int(number)), int(counts[number])) for number in chosen]


def _best(numbers: np.ndarray, keys: np.ndarray, ranks: np.ndarray, limit: int) -> np.ndarray:
    """The numbers with the smallest keys in order, equal ones by rank; costs little where few of many are wanted."""
    if limit < len(numbers):
        worst = np.partition(keys, limit - 1)[limit - 1] if limit else keys.min() - 1
        sure, equal = np.flatnonzero(keys < worst), np.flatnonzero(keys == worst)
        wanted = limit - len(sure)
        if wanted < len(equal):
            equal = equal[np.argpartition(ranks[numbers[equal]], wanted)[:wanted]]
        chosen = np.concatenate([sure, equal])
        numbers, keys = numbers[chosen], keys[chosen]
    found: np.ndarray = numbers[np.lexsort((ranks[numbers], keys))]
    return found


def day_number(day: date | None) -> int:
    """A day as arrays hold it."""
    return NO_DAY if day is None else day.toordinal() - DAY_ZERO


def day_of(number: int) -> date | None:
    """The day that a number stands for."""
    return None if number == NO_DAY else date.fromordinal(number + DAY_ZERO)
