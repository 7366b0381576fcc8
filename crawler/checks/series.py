"""The figures of a portal's runs in their order, as the checks compare them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from archive.records import PageKind, RunReport

# Words of a scope that looks at a part of the lists only: its number of articles says nothing of the portal.
_LIMITS = ("since ", "until ", "at most ")
# Pages that are no articles for a reason of reading; what is gone or off the topic was read well.
_UNREAD = frozenset(str(kind) for kind in PageKind if kind is not PageKind.ARTICLE)
# The median of fewer articles is nearly that of one.
_LEAST_ARTICLES = 3
_SECONDS_A_DAY = 86_400
_DAYS_A_WEEK = 6.9  # seven daily runs, some of which began a little early


@dataclass(frozen=True, kw_only=True)
class Point:
    """One run in a series: what was counted, of how many (articles, addresses, days)."""

    run: RunReport
    count: float
    of: float


def comparable(history: Sequence[RunReport], report: RunReport) -> list[RunReport]:
    """The runs of the report's scope that came to their end, oldest first, the report last."""
    past = [run for run in history if run.scope == report.scope and run.run_id != report.run_id]
    return [*sorted((run for run in past if _came_to_its_end(run)), key=lambda run: run.run_id), report]


def shares(runs: Sequence[RunReport], count: Callable[[RunReport], int], of: Callable[[RunReport], int]) -> list[Point]:
    """A share by run; runs that counted nothing are left out."""
    points = (Point(run=run, count=count(run), of=of(run)) for run in runs)
    return [point for point in points if point.of]


def news(runs: Sequence[RunReport]) -> list[Point]:
    """New articles by run, and the days since the run before: none where a run had to catch up with an earlier one.

    The first run takes in what the portal has published for years, so its articles count as nothing.
    """
    if any(word in runs[-1].scope for word in _LIMITS):
        return []
    return [point for point in _news(runs) if point.of > 0]


def weekly(points: Sequence[Point]) -> list[Point]:
    """The same by stretches of a week back from the newest run, so that weekends do not count as scatter."""
    weeks: list[Point] = []
    count = days = 0.0
    for point in reversed(points):
        count, days = count + point.count, days + point.of
        if days >= _DAYS_A_WEEK:
            weeks.append(Point(run=point.run, count=count, of=days))
            count = days = 0.0
    return weeks[::-1]


def lengths(runs: Sequence[RunReport]) -> list[Point]:
    """The logarithm of each run's median text, and of how many articles it is the median."""
    measured = [run for run in runs if run.counts.get("read", 0) >= _LEAST_ARTICLES and run.counts.get("body_chars")]
    return [Point(run=run, count=log(run.counts["body_chars"]), of=run.counts["read"]) for run in measured]


def saved(run: RunReport) -> int:
    """Articles of a run whose text was stored."""
    return sum(run.counts.get(name, 0) for name in ("new", "changed", "earlier"))


def unread(run: RunReport) -> int:
    """Pages of a run that could not be read as articles."""
    return sum(count for reason, count in run.rejected.items() if reason in _UNREAD)


def errors(run: RunReport) -> int:
    """Addresses of a run that were answered by an error, or not at all."""
    return sum(run.counts.get(name, 0) for name in ("status_4xx", "status_5xx", "no_answer"))


def _news(runs: Sequence[RunReport]) -> Iterator[Point]:
    for before, run in pairwise(runs):
        days = (run.started_at - before.started_at).total_seconds() / _SECONDS_A_DAY
        if not run.counts.get("resumed"):
            yield Point(run=run, count=run.counts.get("new", 0), of=days)


def _came_to_its_end(run: RunReport) -> bool:
    """A run that a check of its own failed came there too."""
    return run.verdict in ("ok", "suspicious") or (run.verdict == "failed" and bool(run.checks))
