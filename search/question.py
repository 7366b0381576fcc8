"""A question as people ask it, in strings, and what it was understood to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive.errors import QueryError
from archive.vietnamese import grouped
from search.analysis import Tones
from search.engines.base import SORTS, SearchRequest, Sort
from search.engines.tree import TextNode
from search.query.ast import DateRange
from search.query.dates import parse_dates
from search.query.filters import Doubt, Known
from search.query.places import Mode
from search.query.plan import Choices, Filters, planned
from search.query.understood import Understood
from search.query.variants import Choice

# Beyond it ranking has no meaning for a reader, and a page costs what all pages before it cost.
DEEPEST_HIT = 10_000
# Every article, or of those that have (nearly) the same text only the first.
Duplicates = Literal["all", "folded"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person asked: from a command line, a form or an address.

    `places` says how far a place reaches (query/places.py), `abbreviations` whether words are also looked for in other
    forms (query/variants.py).
    """

    text: str = ""
    localities: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    portals: tuple[str, ...] = ()
    first_day: str | None = None
    last_day: str | None = None
    sort: Sort = "relevance"
    tones: Tones | None = None
    places: Mode = "inside"
    abbreviations: Choice = "on"
    duplicates: Duplicates = "all"
    page: int = 1
    size: int = 20


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question understood: what the engine is asked, which words an answer may show, and what is said of both."""

    request: SearchRequest
    tones: Tones
    marks: tuple[TextNode, ...]
    understood: tuple[Understood, ...]
    doubts: tuple[Doubt, ...]


def understood(question: Question, known: Known) -> Asked:
    """A question as the engine takes it; QueryError where it cannot be understood."""
    if question.sort not in SORTS:
        raise unknown_order(question.sort, SORTS)
    if question.page < 1 or question.page * question.size > DEEPEST_HIT + question.size:
        raise QueryError(
            f"page {question.page}: only the first {DEEPEST_HIT:,} hits are shown; narrow the search",
            vi=f"trang {question.page}: chỉ xem được {grouped(DEEPEST_HIT)} kết quả đầu; thu hẹp câu hỏi",
        )
    choices = Choices(tones=question.tones, abbreviations=question.abbreviations, places=question.places)
    filters = Filters(
        places=_named(question.localities),
        officials=_named(question.officials),
        portals=_named(question.portals),
        days=_dates(question.first_day, question.last_day),
    )
    plan = planned(question.text, choices, known, filters)
    request = SearchRequest(
        query=plan.tree,
        restriction=plan.restriction,
        sort=question.sort,
        start=(question.page - 1) * question.size,
        size=question.size,
    )
    return Asked(
        request=request, tones=plan.tones, marks=plan.marks, understood=plan.understood, doubts=plan.doubts
    )  # fmt: skip


def unknown_order(sort: str, known: Sequence[str]) -> QueryError:
    """The error for an order that there is not."""
    return QueryError(
        f"sort {sort[:40]!r} is unknown: there are {', '.join(known)}",
        vi=f"không có cách sắp xếp {sort[:40]!r}: chỉ có {', '.join(known)}",
    )


def _named(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())


def _dates(first: str | None, last: str | None) -> DateRange | None:
    if not first and not last:
        return None
    start = parse_dates(first).first if first else None
    end = parse_dates(last).last if last else None
    if start and end and start > end:
        raise QueryError(
            f"from {first} to {last}: it ends before it begins; swap the two",
            vi=f"từ {first} đến {last}: kết thúc trước khi bắt đầu; đổi chỗ hai ngày",
        )
    return DateRange(start, end)
