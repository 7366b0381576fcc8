"""`danvan crawl | schedule | describe`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.errors import UsageError
from archive.settings import current_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.records import RunReport
    from crawler.schedule import Plan

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
    from crawler.progress import run_with_progress
    from crawler.team import CrawlJob

    if bool(keys) == only_due:
        raise click.UsageError("name portals, or use --due; `danvan portals list` prints them")
    Topic.load()
    plans = _plans(keys, only_due)
    first, last = (day.date().isoformat() if day else None for day in (since, until))
    jobs = [CrawlJob(portal=one.portal, since=first, until=last, max_articles=max_articles) for one in plans]
    if not jobs:
        click.echo("[]" if as_json else "no portal is due; `danvan schedule status` says when the next one is")
        return 0
    settings = {"DANVAN_KEEP": keep} if keep else {}
    results = run_with_progress(jobs, settings, shares=share or only_due)
    return _report([one.report for one in results], as_json)


@click.group()
def schedule() -> None:
    """What is due, and running it. Cron or a timer calls `tick`, then `danvan index update`."""


@schedule.command()
@click.option("--json", "as_json", is_flag=True)
def tick(as_json: bool) -> int:
    """Crawl what is due now, once.

    \b
    Example (crontab):
      */15 * * * *  danvan schedule tick; danvan index update
    """
    return int(crawl.main([*(["--json"] if as_json else []), "--due"], standalone_mode=False) or 0)


@schedule.command()
@click.option("--all", "show_all", is_flag=True, help="Also portals that are only listed in the registry.")
@click.option("--json", "as_json", is_flag=True)
def status(show_all: bool, as_json: bool) -> None:
    """Show cadence, last run and next time of every portal that is crawled or has a profile.

    \b
    Example:
      danvan schedule status --json
    """
    from rich.console import Console
    from rich.table import Table

    plans = _all_plans()
    rows = [_status(one) for one in plans if show_all or one.is_planned]
    if as_json:
        print_json(rows)
        return
    table = Table("portal", "cadence", "last run", "verdict", "next")
    for row in rows:
        table.add_row(*(str(row[name] or "–") for name in ("portal", "cadence", "last_run", "verdict", "next")))
    Console().print(table)
    if left := len(plans) - len(rows):
        click.echo(f"{left} more are only listed: `danvan portals list --status listed`; a check lets them crawl")


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


def _plans(keys: tuple[str, ...], only_due: bool) -> list[Plan]:
    """The plans of named portals, which need not be due, or of all that are due."""
    if only_due:
        return [one for one in _all_plans() if one.is_due(datetime.now(UTC))]
    found = _all_plans(keys)
    for one in found:
        if one.waits_for:
            raise UsageError(f"{one.portal.key}: not crawled yet, waits for {one.waits_for}")
    return found


def _all_plans(keys: tuple[str, ...] = ()) -> list[Plan]:
    from archive.repository import Archive
    from crawler.schedule import NO_CRAWL, plan
    from spiders.registry import load_registry

    registry = load_registry()
    portals = [registry.portal(key) for key in dict.fromkeys(keys)] or list(registry.portals.values())
    with Archive.open(current_home()) as archive:
        last = {run.portal: run for run in reversed(archive.runs(limit=10_000)) if run.scope not in NO_CRAWL}
        checked = {portal.key: archive.has_passed_check(portal.key) for portal in portals if portal.needs_check}
    return plan(portals, last, checked, datetime.now(UTC))


def _status(one: Plan) -> dict[str, Any]:
    last, now = one.last, datetime.now(UTC)
    due = one.due_at and ("now" if one.is_due(now) else one.due_at.isoformat(timespec="seconds"))
    return {
        "portal": one.portal.key,
        "cadence": one.portal.cadence,
        "last_run": last and last.started_at.isoformat(timespec="seconds"),
        "verdict": last and last.verdict,
        "next": due or f"waits for {one.waits_for}",
        "due": one.is_due(now),
        "counts": last.counts if last else {},
    }


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
