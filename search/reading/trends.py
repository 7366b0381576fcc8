"""How often something is written about, over time: days of hits added up to a grain, as counts, shares or rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from search.engines.base import DayCount

Grain = Literal["day", "month", "quarter", "year"]
Per = Literal["count", "articles", "words"]
GRAINS: tuple[Grain, ...] = get_args(Grain)
PERS: tuple[Per, ...] = get_args(Per)
# What a chart can show and a table can hold; a finer grain of a longer time is refused with this number.
MOST_POINTS = 4000


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A period of one series. `value` is what the trend's `per` says: articles; per cent of all articles of the period;
    or occurrences per million words of them. None where the period has no article to compare with."""

    first_day: date
    label: str  # "2024", "quý II/2024", "7/2024", "10/07/2024"
    value: float | None
    articles: int
    occurrences: int | None
    all_articles: int
    all_words: int


@dataclass(frozen=True, kw_only=True)
class Series:
    """One query over time; `undated` hits are in no point."""

    query: str
    points: tuple[TrendPoint, ...]
    articles: int
    undated: int


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Several queries over the same periods, every period between the first and the last included."""

    grain: Grain
    per: Per
    series: tuple[Series, ...]


def series(query: str, hits: Iterable[DayCount], everything: Iterable[DayCount], grain: Grain, per: Per) -> Series:
    """One query's points over the periods of `everything`, which are all articles that could have been hit."""
    hits, everything = list(hits), list(everything)
    found, whole = _by_period(hits, grain), _by_period(everything, grain)
    dated = [count.day for count in everything if count.day]
    periods = list(_periods(min(dated), max(dated), grain)) if dated else []
    return Series(
        query=query,
        points=tuple(_point(day, found.get(day, _NONE), whole.get(day, _NONE), grain, per) for day in periods),
        articles=sum(count.articles for count in hits),
        undated=sum(count.articles for count in hits if count.day is None),
    )


def first_day(day: date, grain: Grain) -> date:
    """The first day of the period a day lies in.

    >>> first_day(date(2024, 5, 17), "quarter")
    datetime.date(2024, 4, 1)
    """
    match grain:
        case "day":
            return day
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case "year":
            return date(day.year, 1, 1)


def label(day: date, grain: Grain) -> str:
    """A period as it is written: the date forms of the query language, so that a label can be asked for.

    >>> label(date(2024, 4, 1), "quarter"), label(date(2024, 4, 1), "month")
    ('quý II/2024', '4/2024')
    """
    match grain:
        case "day":
            return f"{day:%d/%m/%Y}"
        case "month":
            return f"{day.month}/{day.year}"
        case "quarter":
            return f"quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}/{day.year}"
        case "year":
            return str(day.year)


@dataclass(frozen=True)
class _Sum:
    articles: int = 0
    words: int = 0
    occurrences: int | None = 0

    def plus(self, one: DayCount) -> _Sum:
        known = self.occurrences is not None and one.occurrences is not None
        occurrences = (self.occurrences or 0) + (one.occurrences or 0) if known else None
        return _Sum(self.articles + one.articles, self.words + one.words, occurrences)


_NONE = _Sum()


def _by_period(counts: Iterable[DayCount], grain: Grain) -> dict[date, _Sum]:
    found: dict[date, _Sum] = {}
    for count in counts:
        if count.day:
            day = first_day(count.day, grain)
            found[day] = found.get(day, _NONE).plus(count)
    return found


def _periods(first: date, last: date, grain: Grain) -> Iterator[date]:
    length = {"day": 1, "month": 31, "quarter": 92, "year": 366}[grain]
    day = first_day(first, grain)
    while day <= last:
        yield day
        day = first_day(day + timedelta(days=length), grain)


def _point(day: date, found: _Sum, whole: _Sum, grain: Grain, per: Per) -> TrendPoint:
    return TrendPoint(
        first_day=day,
        label=label(day, grain),
        value=_value(found, whole, per),
        articles=found.articles,
        occurrences=found.occurrences,
        all_articles=whole.articles,
        all_words=whole.words,
    )


def _value(found: _Sum, whole: _Sum, per: Per) -> float | None:
    if per == "count":
        return float(found.articles)
    if per == "articles":
        return 100 * found.articles / whole.articles if whole.articles else None
    if found.occurrences is None or not whole.words:
        return None
    return 1_000_000 * found.occurrences / whole.words
