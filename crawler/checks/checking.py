"""The checks of a run: what its past and its profile let expect, and what it shows.

A finding is a change of the last runs against those before, strong beyond chance and large enough to matter. A change
that has lasted `_NEWEST` runs is the portal's new normal and is not named any more; thresholds that hold always are in
crawler.reports.judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice
from math import exp, lgamma, log
from typing import Literal

from archive.records import LOCAL_ZONE, RunReport
from archive.run_history.findings import RunFinding
from crawler.checks.change_points import Shift, level_shift, rate_shift, share_shift
from crawler.checks.series import Point, comparable, errors, lengths, news, saved, shares, unread, weekly

# Runs that are compared: two months of a daily crawl. Weeks are compared back to the last run that is remembered.
COMPARED = 60
REMEMBERED = 400
# At this strength fewer than two runs in a thousand of a steady portal are found changed by any one check:
# tests/crawler/checks/test_false_alarms.py measures it.
_STRENGTH = 20.0
_NEWEST = 15
# What matters: a tenth of the pages, three articles in ten, texts by half as long again.
_LEAST_SHARE = 0.1
_LEAST_RATE = 0.7
_LEAST_LENGTH = log(1.5)
# Addresses of articles of which none was got: a small portal's one dead link is no failure.
_LEAST_LOST = 5
# The profile says articles a month; judged by as many days, from half as many on.
_MONTH = timedelta(days=30)
_LEAST_DAYS = 14
_CHANCE = 0.001


def findings(history: Sequence[RunReport], report: RunReport, expect_articles: int | None) -> tuple[RunFinding, ...]:
    """What a finished run shows against the portal's earlier runs (in any order) and its profile.

    With fewer than ten comparable runs before a change nothing is said of it; nor where this run has counted nothing
    that a check could go by.
    """
    known = comparable(history, report)
    runs = known[-COMPARED - 1 :]
    return (
        *_nothing_got(report),
        *islice(chain(_fewer_articles(news(runs)), _fewer_articles(weekly(news(known)))), 1),
        *_fewer_than_expected(runs, expect_articles),
        *_more_undated(runs),
        *_other_length(runs),
        *_fewer_by_layout(runs),
        *_more_unread(runs),
        *_more_errors(runs),
    )


def checked(report: RunReport, history: Sequence[RunReport], expect_articles: int | None) -> RunReport:
    """The report with its findings: stored as they are, told in its detail, and in its verdict where they are worse.

    A run that ended early is failed already, and what it counted says nothing of the portal.
    """
    if report.verdict == "failed":
        return report
    found = findings(history, report, expect_articles)
    verdicts = {report.verdict, *(finding.verdict for finding in found)}
    verdict = next(name for name in ("failed", "suspicious", "ok") if name in verdicts)
    said = [*([report.detail] if report.detail else []), *(finding.words for finding in found)]
    return replace(report, verdict=verdict, detail="; ".join(said) or None, checks=found)


def _nothing_got(report: RunReport) -> Iterator[RunFinding]:
    counts = report.counts
    lost = counts.get("failed", 0)
    if lost >= _LEAST_LOST and not counts.get("fetched"):
        words = f"none of {lost} articles was got: is the portal down?"
        yield _found("errors", 1.0, 0.0, report, words, verdict="failed")


def _fewer_articles(points: Sequence[Point]) -> Iterator[RunFinding]:
    """Of runs, a portal that falls silent is found within days; of weeks, one that halves."""
    shift = _recent(rate_shift([int(point.count) for point in points], [point.of for point in points]), points)
    if shift and shift.after <= _LEAST_RATE * shift.before:
        first = points[shift.at].run
        words = f"{shift.after:.1f} new articles a day since {_day(first)}, {shift.before:.1f} before"
        yield _found("articles", shift.after, shift.before, first, f"{words}: have its lists changed?")


def _fewer_than_expected(runs: Sequence[RunReport], expect_articles: int | None) -> Iterator[RunFinding]:
    points = [point for point in news(runs) if point.run.started_at > runs[-1].started_at - _MONTH]
    days = sum(point.of for point in points)
    if not expect_articles or days < _LEAST_DAYS:
        return
    seen, expected = sum(point.count for point in points), expect_articles * days / _MONTH.days
    if _chance_of_at_most(int(seen), expected / 2) < _CHANCE:
        words = f"{seen:.0f} new articles in {days:.0f} days; its profile expects {expect_articles} a month"
        yield _found("expected", seen, expected, points[0].run, words)


def _more_undated(runs: Sequence[RunReport]) -> Iterator[RunFinding]:
    points = shares(runs, lambda run: run.counts.get("without_date", 0), saved)
    if (shift := _risen(points, runs[-1])) is not None:
        said = f"{shift.after:.0%} of new articles have no date"
        yield _shift_found("undated", shift, points, said, "has the date moved on the page?")


def _other_length(runs: Sequence[RunReport]) -> Iterator[RunFinding]:
    points = lengths(runs)
    if not points or points[-1].run is not runs[-1]:
        return
    shift = _recent(level_shift([point.count for point in points], [point.of for point in points]), points)
    if shift is None or abs(shift.after - shift.before) < _LEAST_LENGTH:
        return
    if abs(points[-1].count - shift.before) < _LEAST_LENGTH:  # the newest run is as ever
        return
    before, after, first = exp(shift.before), exp(shift.after), points[shift.at].run
    words = f"texts have {after:,.0f} characters since {_day(first)}, {before:,.0f} before: has the layout changed?"
    yield _found("length", after, before, first, words)


def _fewer_by_layout(runs: Sequence[RunReport]) -> Iterator[RunFinding]:
    points = shares(runs, lambda run: run.counts.get("no_layout", 0), lambda run: run.counts.get("read", 0))
    if (shift := _risen(points, runs[-1])) is not None:
        first = points[shift.at].run
        words = f"{1 - shift.after:.0%} of articles fit the profile's layout since {_day(first)}, "
        words += f"{1 - shift.before:.0%} before: has it changed?"
        yield _found("layout", 1 - shift.after, 1 - shift.before, first, words)


def _more_unread(runs: Sequence[RunReport]) -> Iterator[RunFinding]:
    points = shares(
        runs, unread, lambda run: run.counts.get("read", 0) + unread(run) + run.rejected.get("off-topic", 0)
    )
    if (shift := _risen(points, runs[-1])) is not None:
        said = f"{shift.after:.0%} of pages were no readable articles"
        yield _shift_found("unread", shift, points, said, "has the layout changed?")


def _more_errors(runs: Sequence[RunReport]) -> Iterator[RunFinding]:
    points = shares(runs, errors, lambda run: run.counts.get("answers", 0))
    if (shift := _risen(points, runs[-1])) is not None:
        counts = runs[-1].counts
        kinds = {"HTTP 5xx": "status_5xx", "HTTP 4xx": "status_4xx", "no answer": "no_answer"}
        said = ", ".join(f"{counts[name]} {kind}" for kind, name in kinds.items() if counts.get(name))
        said = f"{shift.after:.0%} of addresses were not got (now {said})"
        yield _shift_found("errors", shift, points, said, "is the portal ill?")


def _risen(points: Sequence[Point], newest: RunReport) -> Shift | None:
    """A share that has risen lately, and that the newest run shows too."""
    if not points or points[-1].run is not newest:
        return None
    shift = _recent(share_shift([int(point.count) for point in points], [int(point.of) for point in points]), points)
    if shift is None or shift.after - shift.before < _LEAST_SHARE:
        return None
    return shift if points[-1].count / points[-1].of >= shift.before + _LEAST_SHARE else None


def _recent(shift: Shift | None, points: Sequence[Point]) -> Shift | None:
    is_recent = shift is not None and shift.strength > _STRENGTH and len(points) - shift.at <= _NEWEST
    return shift if is_recent else None


def _shift_found(check: str, shift: Shift, points: Sequence[Point], said: str, question: str) -> RunFinding:
    first = points[shift.at].run
    words = f"{said} since {_day(first)}, {shift.before:.0%} before: {question}"
    return _found(check, shift.after, shift.before, first, words)


def _found(
    check: str,
    value: float,
    expected: float,
    first: RunReport,
    words: str,
    *,
    verdict: Literal["suspicious", "failed"] = "suspicious",
) -> RunFinding:
    return RunFinding(check=check, verdict=verdict, value=round(value, 3), expected=round(expected, 3),
                      since=first.started_at, words=words)  # fmt: skip


def _day(run: RunReport) -> str:
    return f"{run.started_at.astimezone(LOCAL_ZONE):%Y-%m-%d}"


def _chance_of_at_most(count: int, mean: float) -> float:
    """The Poisson probability of so few."""
    return sum(exp(n * log(mean) - mean - lgamma(n + 1)) for n in range(count + 1))
