"""Running crawl jobs with a live line of progress where there is a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.settings import current_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.crawl import CrawlResult


def run_with_progress(jobs: Sequence[Any], overrides: dict[str, Any], *, shares: bool = False) -> list[CrawlResult]:
    """Run jobs with a live line of progress where there is a terminal; `shares` as in `run_jobs`."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from crawler.crawl import run_jobs

    console = Console(stderr=True)
    if not console.is_terminal:
        return run_jobs(jobs, current_home(), overrides, shares=shares)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("starting", total=None)

        def show(counts: dict[str, dict[str, int]]) -> None:
            fetched = sum(one.get("fetched", 0) for one in counts.values())
            links = sum(one.get("links", 0) for one in counts.values())
            new = sum(one.get("new", 0) for one in counts.values())
            bar.update(task, description=f"{len(counts)} portals: {fetched} of {links} articles fetched, {new} new")

        return run_jobs(jobs, current_home(), overrides, show, shares=shares)
