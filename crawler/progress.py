"""Running crawl jobs with a live display where there is a terminal; elsewhere a line a minute in the run's log.

Output that is no terminal stays empty until the report: cron would mail it.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.progress import Rate, terminal
from archive.settings import current_home
from spiders.times import span_words

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.crawl import CrawlResult
    from crawler.watching import Stand

logger = logging.getLogger(__name__)
_LOGGED_EVERY_SECONDS = 60.0


def run_with_progress(jobs: Sequence[Any], overrides: dict[str, Any], *, shares: bool = False) -> list[CrawlResult]:
    """Run jobs and show how they stand; `shares` as in `run_jobs`."""
    from crawler.crawl import run_jobs

    if (console := terminal()) is not None:
        return _run_on(console, jobs, overrides, shares=shares)
    pace, logged = Pace(), time.monotonic()

    def log(stand: Stand) -> None:
        nonlocal logged
        now = time.monotonic()
        said = pace.words(stand, now)
        if now - logged >= _LOGGED_EVERY_SECONDS:
            logged = now
            logger.info("; ".join(said))

    return run_jobs(jobs, current_home(), overrides, log, shares=shares)


def _run_on(console: Console, jobs: Sequence[Any], overrides: dict[str, Any], *, shares: bool) -> list[CrawlResult]:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from crawler.crawl import run_jobs

    pace = Pace()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as display:
        task = display.add_task("starting", total=None)

        def show(stand: Stand) -> None:
            display.update(task, description="\n".join(pace.words(stand, time.monotonic())))

        return run_jobs(jobs, current_home(), overrides, show, shares=shares)


class Pace:
    """The words of a display, from one stand after the other."""

    def __init__(self) -> None:
        self._rates = defaultdict[str, Rate](Rate)

    def words(self, stand: Stand, now: float) -> list[str]:
        """What is done, then how fast it goes on and what is left; `now` in seconds of any steady clock."""
        crawls = stand.portals.values()
        running = sum(one.is_running for one in crawls)
        fetched, links = sum(one.fetched for one in crawls), sum(one.links for one in crawls)
        new, failed = sum(one.new for one in crawls), sum(one.failed for one in crawls)
        total = len(crawls) + stand.waiting
        first = f"{len(crawls) - running} of {total} {'portal' if total == 1 else 'portals'} done, "
        first += f"{fetched:,} of {links:,} known articles fetched, {new:,} new" + (
            f", {failed:,} failed" if failed else ""
        )
        return [first, *([second] if (second := ", ".join(self._outlook(stand, now))) else [])]

    def _outlook(self, stand: Stand, now: float) -> list[str]:
        """Pages a second in the last minute; the time the slowest portal still takes; how far back the lists are."""
        rates = {key: self._rates[key].read(now, one.done) for key, one in stand.portals.items() if one.is_running}
        said = []
        if known := [rate for rate in rates.values() if rate is not None]:
            said.append(f"{sum(known):.1f} pages/s")
        waits = {key: stand.portals[key].open or 0 for key in rates}
        if sum(waits.values()):
            said.append(f"{sum(waits.values()):,} addresses wait")
        left = [waits[key] / rate for key, rate in rates.items() if rate]
        if left and max(left) > 0:
            said.append(f"{'at least ' if stand.waiting else ''}{_left_words(max(left))} left")
        walked = [(one.reached, one.is_running) for one in stand.portals.values() if one.reached]
        if days := [day for day, is_running in walked if is_running] or [day for day, _ in walked]:
            said.append(f"lists walked back to {max(days)}")
        return said


def _left_words(seconds: float) -> str:
    return span_words(timedelta(seconds=seconds)) if seconds >= 60 else "under a minute"
