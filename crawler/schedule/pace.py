"""How long to wait after a portal's last crawl: its cadence, following its news, and the waits after failures.

All of it is a pure function of the portal's crawls; nothing else is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from archive.health import DEAD_AFTER
from archive.records import LOCAL_ZONE
from archive.run_history.crawls import Crawl
from spiders.times import Cadence, span_words

# How often a dead portal is asked whether it is back.
DEAD_INTERVAL = timedelta(days=7)
# Doubling more often leads beyond every cadence that can be written, and in the end beyond what a timedelta holds.
_MOST_DOUBLINGS = 20


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The cadence now in force and the wait after the last crawl, each with its reason."""

    interval: timedelta
    why: str
    wait: timedelta
    wait_why: str | None = None  # None: the wait is the interval


def pace(cadence: Cadence, crawls: Sequence[Crawl]) -> Pace:
    """The pace after a portal's crawls, oldest first.

    A run that brought news halves an adaptive cadence, one that brought none makes it longer by half. Failed and
    lost runs do not count as either, nor do limited ones that brought none: they may have looked elsewhere.
    """
    interval, why = _in_force(cadence, crawls)
    failures = list(takewhile(lambda crawl: crawl.has_failed, reversed(crawls)))
    if not failures:
        return Pace(interval=interval, why=why, wait=interval)
    wait, wait_why = _after_failures(interval, failures)
    return Pace(interval=interval, why=why, wait=wait, wait_why=wait_why)


def _in_force(cadence: Cadence, crawls: Sequence[Crawl]) -> tuple[timedelta, str]:
    if cadence.shortest is None or cadence.longest is None:
        return cadence.first, "the profile's"
    interval, why = cadence.first, "the profile's first"
    for crawl in crawls:
        if crawl.has_failed or crawl.verdict == "running" or not (crawl.news or crawl.is_full):
            continue
        day = crawl.started_at.astimezone(LOCAL_ZONE).date()
        if crawl.news:
            interval = max(interval / 2, cadence.shortest)
            why = f"halved after {crawl.news} new or changed on {day}"
            why += ", the shortest" if interval == cadence.shortest else ""
        else:
            interval = min(interval * 1.5, cadence.longest)
            why = f"longer by half after nothing new on {day}" + (
                ", the longest" if interval == cadence.longest else ""
            )
    return interval, why


def _after_failures(interval: timedelta, failures: Sequence[Crawl]) -> tuple[timedelta, str]:
    """A quarter of the interval, doubled by each failure up to the interval; of a dead portal, up to a week.

    `failures` are the latest crawls, newest first. Lost runs tell of our own machine, so they make no portal dead.
    """
    failed = [crawl.started_at for crawl in failures if crawl.verdict == "failed"]
    is_dead = bool(failed) and max(failed) - min(failed) >= DEAD_AFTER
    longest = max(interval, DEAD_INTERVAL) if is_dead else interval
    wait = min(interval / 4 * 2 ** min(len(failures) - 1, _MOST_DOUBLINGS), longest)
    since = failures[-1].started_at.astimezone(LOCAL_ZONE).date()
    said = f"{len(failures)} failed since {since}" if len(failures) > 1 else f"failed on {since}"
    return wait, f"{said}: again after {span_words(wait)}"
