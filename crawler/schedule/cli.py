"""`danvan schedule tick | status | history | alarm-test | install | uninstall`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.settings import current_home
from crawler.schedule.install.cli import install, uninstall

if TYPE_CHECKING:
    from rich.table import Table

    from archive.records import RunReport

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def schedule() -> None:
    """What is due, and running it. `install` lets a timer or cron call `tick`, then `danvan index update`."""


schedule.add_command(install)
schedule.add_command(uninstall)


@schedule.command()
@click.option("--json", "as_json", is_flag=True, help="Print the run reports as JSON.")
def tick(as_json: bool) -> int:
    """Crawl what is due now, once, however much was missed.

    \b
    Example (crontab):
      */15 * * * *  danvan schedule tick; danvan index update
    """
    from crawler.cli import crawl

    return int(crawl.main([*(["--json"] if as_json else []), "--due"], standalone_mode=False) or 0)


@schedule.command("alarm-test")
def alarm_test() -> int:
    """Send a test alarm to the web address in DANVAN_WEBHOOK.

    After every crawl and tick the address gets a JSON POST of the runs that were not ok, and of portals that are ok
    again.

    \b
    Example:
      DANVAN_WEBHOOK=https://chat.example.org/hooks/SECRET danvan schedule alarm-test
    """
    from archive.settings import current_archive_id
    from crawler.alarms.message import trial
    from crawler.alarms.webhook import send, shown_address
    from crawler.settings import DANVAN_WEBHOOK

    if not DANVAN_WEBHOOK:
        raise click.UsageError("DANVAN_WEBHOOK is not set: alarms are sent nowhere")
    shown = shown_address(DANVAN_WEBHOOK)
    if problem := send(DANVAN_WEBHOOK, trial(current_archive_id(), datetime.now(UTC))):
        click.echo(f"danvan: {problem}", err=True)
        return 1
    click.echo(f"sent to {shown}")
    return 0


@schedule.command()
@click.option("--all", "show_all", is_flag=True, help="Also portals that are only listed in the registry.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(show_all: bool, as_json: bool) -> None:
    """Show each portal's state, its interval now in force and why, its last run and its next.

    Portals that are crawled or have a profile; times are UTC.

    \b
    Example:
      danvan schedule status --json
    """
    from archive.repository import Archive
    from crawler.schedule.plans import all_plans
    from crawler.schedule.shown import plan_values

    now = datetime.now(UTC)
    plans = all_plans(now=now)
    with Archive.open(current_home()) as archive:
        recent = archive.run_history.recent()
    rows = [plan_values(one, recent.get(one.portal.key, []), now) for one in plans if show_all or one.is_planned]
    if as_json:
        print_json(rows)
        return
    _print_plans(rows)
    if left := len(plans) - len(rows):
        click.echo(f"{left} more are only listed: `danvan portals list --status listed`; a check lets them crawl")


@schedule.command()
@click.argument("key", metavar="[PORTAL]", required=False)
@click.option("--since", type=_DAY, help="Only runs of this day or later (YYYY-MM-DD, local time).")
@click.option("--limit", type=click.IntRange(1), help="At most so many, the newest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def history(key: str | None, since: datetime | None, limit: int | None, as_json: bool) -> None:
    """Show past runs, newest first: crawls, checks, imports and replays, with what they brought.

    Times are UTC; --json has the whole remarks.

    \b
    Example:
      danvan schedule history baothainguyen --since 2026-11-01
    """
    from archive.records import LOCAL_ZONE
    from archive.repository import Archive
    from crawler.schedule.shown import run_values

    begin = since.replace(tzinfo=LOCAL_ZONE) if since else None
    with Archive.open(current_home()) as archive:
        runs = archive.run_history.reports(key, begin, limit)
        if key and not runs and not archive.run_history.reports(key, limit=1):
            _require_portal(key)
    if as_json:
        print_json([run_values(run) for run in runs])
        return
    if not runs:
        click.echo("no runs" + (f" of {key}" if key else "") + (f" since {since:%Y-%m-%d}" if since else ""))
    else:
        _print_runs(runs)


def _require_portal(key: str) -> None:
    """A portal without runs may be misspelt: the registry says so."""
    from spiders.registry import load_registry

    load_registry().portal(key)


def _print_plans(rows: list[dict[str, Any]]) -> None:
    """A line a portal that 80 columns hold; below, what would not fit: why it waits, or is asked at another pace."""
    table = _narrow("portal", "state", "every", "last run", "verdict", "next")
    remarks = []
    for row in rows:
        waits = str(row["next"]).startswith("waits for")
        shown = {**row, "next": "waits"} if waits else row
        names = ("portal", "condition", "interval", "last_run", "verdict", "next")
        table.add_row(*(_minute(shown[name] or "–") for name in names))
        if waits or row["why"] != "the profile's":
            remarks.append(f"{row['portal']}: {row['next'] if waits else row['why']}")
    _print_with(table, remarks)


def _print_runs(runs: list[RunReport]) -> None:
    """A line a run, then each run's scope and remark."""
    from crawler.schedule.shown import took_words

    names = ("new", "changed", "removed", "rejected")
    table = _narrow("started", "portal", "took", "new", "chg", "gone", "rej", "verdict")
    remarks = []
    for run in runs:
        started = _minute(run.started_at.isoformat())
        counts = [str(run.counts.get(name, 0)) for name in names]
        table.add_row(started, run.portal, took_words(run), *counts, run.verdict)
        if run.detail or run.scope not in ("all", "sections-and-keywords"):
            remarks.append(f"{started} {run.portal}: scope {run.scope}" + (f"; {run.detail}" if run.detail else ""))
    _print_with(table, remarks)


def _narrow(*headings: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    return table


def _print_with(table: Table, remarks: list[str]) -> None:
    from rich.console import Console

    console = Console()
    console.print(table)
    for remark in remarks:
        console.print(remark, soft_wrap=True, highlight=False, markup=False)


def _minute(value: Any) -> str:
    """A time without seconds and zone; anything else as it is."""
    said = str(value)
    return said[:16].replace("T", " ") if said[10:11] == "T" and said.endswith("+00:00") else said
