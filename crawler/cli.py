"""`danvan crawl | describe`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.records import RunReport

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("keys", metavar="[PORTAL]...", nargs=-1)
@click.option("--due", "only_due", is_flag=True, help="Crawl the portals whose cadence asks for it.")
@click.option("--since", type=_DAY, help="Only articles of this day or later (YYYY-MM-DD).")
@click.option("--until", type=_DAY, help="Only articles of this day or earlier.")
@click.option("--max-articles", type=click.IntRange(1), help="Stop after so many articles a portal.")
@click.option("--keep", type=click.Choice(["relevant", "all"]), help="Archive articles off the topic too.")
@click.option("--share", is_flag=True, help="Leave portals that another process crawls to it; take over if it dies.")
@click.option("--json", "as_json", is_flag=True, help="Print the run reports as JSON.")
def crawl(
    keys: tuple[str, ...],
    only_due: bool,
    share: bool,
    since: datetime | None,
    until: datetime | None,
    max_articles: int | None,
    keep: str | None,
    as_json: bool,
) -> int:
    """Crawl portals into the archive and print a report.

    \b
    Example:
      danvan crawl baothainguyen --since 2024-01-01 --max-articles 50
      danvan crawl --due
    """
    from archive.authorities import Topic
    from crawler.aftermath import after_crawls
    from crawler.progress import run_with_progress
    from crawler.schedule.plans import due_plans, named_plans
    from crawler.team import CrawlJob

    if bool(keys) == only_due:
        raise click.UsageError("name portals, or use --due; `danvan portals list` prints them")
    Topic.load()
    plans = due_plans() if only_due else named_plans(keys)
    first, last = (day.date().isoformat() if day else None for day in (since, until))
    jobs = [CrawlJob(portal=one.portal, since=first, until=last, max_articles=max_articles) for one in plans]
    if not jobs:
        after_crawls([])
        click.echo("[]" if as_json else "no portal is due; `danvan schedule status` says when the next one is")
        return 0
    settings = {"DANVAN_KEEP": keep} if keep else {}
    results = run_with_progress(jobs, settings, shares=share or only_due)
    reports = [one.report for one in results]
    if left := {job.portal.key for job in jobs} - {report.portal for report in reports}:
        click.echo(f"left to another process: {', '.join(sorted(left))}", err=True)
    after_crawls(reports)
    return _report(reports, as_json)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", required=True, help="The page's address.")
@click.option("--portal", "key", help="Read it by this portal's profile.")
@click.option("--province", help="Who published it: province (before July 2025).")
@click.option("--district", help="Who published it: district.")
@click.option("--topic", help="Judge it by this topic file instead of DANVAN_TOPIC.")
@click.option("--fetched-at", help="When it was fetched (ISO): lets header clocks be recognised.")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON object.")
def describe(
    file: Path,
    url: str,
    key: str | None,
    province: str | None,
    district: str | None,
    topic: str | None,
    fetched_at: str | None,
    as_json: bool,
) -> int:
    """Read one saved page: text, dates, places, officials, figures, documents, with their evidence.

    \b
    Example:
      danvan describe page.html --url https://baothainguyen.vn/... --json
    """
    from archive.exports.described import described
    from crawler.describe_file import describe_file, print_description

    if district and not province:
        raise click.UsageError("--district needs --province: many districts share their name")
    reading = describe_file(
        file, url, key=key, province=province, district=district, topic=topic, fetched_at=_moment(fetched_at)
    )
    found = described(reading.text, reading.description)
    if as_json:
        print_json(found)
    else:
        print_description(found)
    return 0


def _report(reports: Sequence[RunReport], as_json: bool) -> int:
    import msgspec
    from rich.console import Console

    from crawler.reports import exit_code, print_reports

    if as_json:
        print_json(msgspec.to_builtins(reports))
    else:
        print_reports(reports, Console())
    return exit_code(reports)


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise click.UsageError(f"--fetched-at {written!r}: write ISO, such as 2026-11-22T08:00:00+07:00") from error
    from archive.records import LOCAL_ZONE

    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)
