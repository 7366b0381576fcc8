"""When a portal was crawled well, and the stretches in which it was not: a pure function of its runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from textwrap import shorten

from archive.coverage.records import Gap
from archive.records import LOCAL_ZONE
from archive.run_history.crawls import Crawl

# A week is the longest interval of an adaptive cadence and of dead portals; one day more, and something was left out.
SHORTEST_GAP = timedelta(days=8)
LONGEST_REASON = 160  # characters; the runs have all of it


def gaps(crawls: Sequence[Crawl], now: datetime) -> tuple[Gap, ...]:
    """The gaps between good crawls, the last one open if it lasts until now; `crawls` by their begin.

    Before the first good crawl there is none: that is the portal's `first_crawl`. A portal that never had one has a gap
    since its first try.
    """
    good = [run.started_at for run in crawls if run.has_succeeded]
    if not good:
        return (_gap(crawls, crawls[0].started_at, None),) if crawls else ()
    return tuple(_between(crawls, good, now))


def _between(crawls: Sequence[Crawl], good: list[datetime], now: datetime) -> Iterator[Gap]:
    for before, after in pairwise(good):
        if after - before >= SHORTEST_GAP:
            yield _gap(crawls, before, after)
    if now - good[-1] >= SHORTEST_GAP:
        yield _gap(crawls, good[-1], None)


def _gap(crawls: Sequence[Crawl], begins: datetime, ends: datetime | None) -> Gap:
    bad = [
        run for run in crawls if run.has_failed and begins <= run.started_at and (ends is None or run.started_at < ends)
    ]
    reason = next((run.detail for run in reversed(bad) if run.detail), None)
    said = shorten(reason, LONGEST_REASON, placeholder=" …") if reason else None
    return Gap(begins=_day(begins), ends=_day(ends) if ends else None, failed=len(bad), reason=said)


def _day(moment: datetime) -> str:
    return moment.astimezone(LOCAL_ZONE).date().isoformat()
