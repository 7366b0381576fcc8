"""Running crawls in this process: one spider a portal, all at once, reports at the end."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.errors import UsageError
from archive.records import RunReport
from archive.settings import Home
from crawler import logs
from crawler.reading import PageReading
from crawler.session import session_for
from crawler.team import CrawlJob, Team
from crawler.watching import Show, Watch
from spiders.portal import Portal


@dataclass(frozen=True, kw_only=True)
class CrawlResult:
    """The report of one job, and the pages a check looked at."""

    report: RunReport
    samples: tuple[PageReading, ...] = ()


def run_jobs(
    jobs: Sequence[CrawlJob],
    home: Home,
    overrides: dict[str, Any],
    show: Show | None = None,
    *,
    shares: bool = False,
) -> list[CrawlResult]:
    """Crawl every job's portal and wait; raises the first storage failure after everything is closed.

    With `shares` portals that another process crawls are left to it, and taken over if it dies; they have no result.
    Scrapy's reactor runs once a process: call this once.
    """
    from scrapy.crawler import CrawlerProcess
    from scrapy.utils.reactor import install_reactor

    settings = _settings(home, overrides)
    require_contact([job.portal for job in jobs], settings.get("DANVAN_CONTACT"))
    install_reactor(settings["TWISTED_REACTOR"])  # before the team imports another one
    process = CrawlerProcess(settings)
    session = session_for(settings)
    team = Team(process, jobs, session, shares=shares)
    watch = Watch(team, session, show) if show else None
    if watch:
        watch.start()
    team.start()
    process.start(stop_after_crawl=False)
    if watch:
        watch.end()
    for crawler in team.crawlers.values():
        if failure := getattr(crawler, "danvan_failure", None):
            raise failure
    if team.error is not None:
        raise team.error
    return [_result(job, team.crawlers[job.portal.key]) for job in jobs if job.portal.key in team.crawlers]


def require_contact(portals: Sequence[Portal], contact: str | None) -> None:
    """Beyond loopback a crawler says who it is; the contact is the operator's own."""
    for portal in portals:
        if contact is None and not all(_is_loopback(host) for host in portal.hosts):
            raise UsageError(
                f"{portal.key}: set DANVAN_CONTACT to your mail or web address first; portals see it as our name"
            )


def _settings(home: Home, overrides: dict[str, Any]) -> Any:
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("crawler.settings")
    log = Path(home.runs) / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.log"
    home.runs.mkdir(parents=True, exist_ok=True)
    form = settings["DANVAN_LOG"]
    own = {"DANVAN_HOME": str(home.folder), "LOG_FILE": str(log), **logs.settings_for(form)}
    settings.setdict(own | overrides, priority="cmdline")
    if form == "json":
        logs.open_json(log, settings["LOG_LEVEL"])
    logging.captureWarnings(True)
    return settings


def _result(job: CrawlJob, crawler: Any) -> CrawlResult:
    report = getattr(crawler, "danvan_report", None)
    if report is None:
        now = datetime.now(UTC)
        detail = "the spider did not start; see the newest file in runs/"
        report = RunReport(
            run_id=0,
            portal=job.portal.key,
            started_at=now,
            finished_at=now,
            scope=job.scope,
            verdict="failed",
            counts={},
            rejected={},
            detail=detail,
        )
    return CrawlResult(report=report, samples=tuple(getattr(crawler, "danvan_samples", ())))


def _is_loopback(host: str) -> bool:
    name = host.rsplit(":", 1)[0].strip("[]")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
