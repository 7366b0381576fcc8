"""What follows a command's crawls: alarms, and figures for monitoring. Nothing here can fail a crawl."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.errors import DanVanError
from archive.records import RunReport
from archive.repository import Archive
from archive.settings import current_archive_id, current_home
from crawler.alarms.message import message
from crawler.alarms.webhook import send
from crawler.monitoring.exposition import text, write
from crawler.monitoring.figures import gauges
from crawler.settings import DANVAN_METRICS_FILE, DANVAN_WEBHOOK


def after_crawls(reports: Sequence[RunReport]) -> None:
    """Write the figures, and send what is to be told of the reports; a line on stderr for what did not work."""
    now = datetime.now(UTC)
    for step in (_write_figures, _alarm):
        try:
            with Archive.open(current_home()) as archive:
                problem = step(archive, reports, now)
        except DanVanError as error:
            problem = str(error)
        if problem:
            click.echo(f"danvan: warning: {problem}", err=True)


def _write_figures(archive: Archive, _reports: Sequence[RunReport], now: datetime) -> str | None:
    path = Path(DANVAN_METRICS_FILE) if DANVAN_METRICS_FILE else archive.home.folder / "metrics.prom"
    try:
        write(path, text(gauges(archive, now)))
    except OSError as error:
        return f"{path}: cannot be written ({error.strerror}); set DANVAN_METRICS_FILE to a file in a folder that can"
    return None


def _alarm(archive: Archive, reports: Sequence[RunReport], now: datetime) -> str | None:
    if not DANVAN_WEBHOOK:
        return None
    crawls = archive.run_history.crawls({report.portal for report in reports}, now)
    told = message(reports, crawls, current_archive_id(), now)
    return send(DANVAN_WEBHOOK, told) if told else None
