"""When a known article is looked at again, though no list shows it: edits and removals are found there.

A plan is a list of spans after the day its current text was first seen, such as 1 hour, 1 day, 7, 30 and 365 days;
behind the last it goes on at the last span. A changed text begins its plan anew. Pure: the clock is given.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count

from archive.history.living import LivingArticle

# At a delay of two seconds 500 take 17 minutes: a run stays short, and what is left is the oldest of the next one.
MOST_A_RUN = 500


def next_visit(first_seen: datetime, last_seen: datetime, plan: Sequence[timedelta]) -> datetime | None:
    """The first planned visit after an article was last seen; None where nothing is planned.

    >>> from datetime import UTC
    >>> first = datetime(2024, 7, 1, tzinfo=UTC)
    >>> plan = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
    >>> [next_visit(first, first + timedelta(days=days), plan).day for days in (0, 0.5, 1, 8, 14)]
    [1, 2, 8, 15, 22]
    """
    if not plan:
        return None
    age = last_seen - first_seen
    for step in plan:
        if step > age:
            return first_seen + step
    last = plan[-1]
    if not last:
        return last_seen
    return first_seen + last * ((age - last) // last + 2)


def is_due(first_seen: datetime, last_seen: datetime, now: datetime, plan: Sequence[timedelta]) -> bool:
    """Whether a planned visit has been missed. `first_seen` is that of the current text."""
    planned = next_visit(first_seen, last_seen, plan)
    return planned is not None and planned <= now


def due_for_revisit(
    rows: Iterable[LivingArticle], plan: Sequence[timedelta], now: datetime, most: int = MOST_A_RUN
) -> list[LivingArticle]:
    """Those of a portal's articles whose visit is due, the longest overdue first, at most `most`; rows are streamed."""
    numbers = count()
    due = (
        (planned, next(numbers), row)
        for row in rows
        if (planned := next_visit(row.first_seen, row.last_seen, plan)) is not None and planned <= now
    )
    return [row for _, _, row in heapq.nsmallest(most, due)]
