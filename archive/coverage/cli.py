"""`danvan coverage`: what was and was not captured, by portal and month, so that the gaps can be cited."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from archive.cli import print_json
from archive.settings import current_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.coverage.records import PortalCoverage


@click.command()
@click.argument("portals", nargs=-1, metavar="[PORTAL]…")
@click.option("--from", "first", metavar="YYYY-MM", help="First month.")
@click.option("--to", "last", metavar="YYYY-MM", help="Last month.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one row a portal and month.")
def coverage(portals: tuple[str, ...], first: str | None, last: str | None, as_json: bool, as_csv: bool) -> None:
    """Show what portals listed, what of it is archived, what is missing and why, and when no crawl succeeded.

    An address counts in the month of its article, else of the day its list printed, else of its first sight (undated).
    seen = archived + off topic + rejected + failed + skipped + waiting; missing = failed + waiting.

    \b
    Example:
      danvan coverage baothainguyen --from 2025-07 --to 2025-12
      danvan coverage --csv > coverage.csv
    """
    from archive.coverage.asked import check_months, check_portals
    from archive.coverage.shown import coverage_values, write_csv
    from archive.repository import Archive

    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    check_months(first, last)
    with Archive.open(current_home()) as archive:
        check_portals(archive.coverage, portals)
        found = archive.coverage.portals(list(dict.fromkeys(portals)), datetime.now(UTC), first, last)
    if as_json:
        print_json([coverage_values(one) for one in found])
    elif as_csv:
        write_csv(found, sys.stdout)
    else:
        _print(found)


def _print(found: Sequence[PortalCoverage]) -> None:
    if not any(one.months for one in found):
        click.echo("nothing yet: no crawl, no import, or none in these months")
        return
    for one in found:
        _print_portal(one)


def _print_portal(one: PortalCoverage) -> None:
    from rich.console import Console
    from rich.table import Table

    from archive.coverage.shown import COLUMNS, month_row, reason_words

    crawled = f"{one.first_crawl:%Y-%m-%d} to {one.last_crawl:%Y-%m-%d}" if one.first_crawl else "never successfully"
    state = f", {one.health}" if one.health else ""
    title = f"{one.name} ({one.portal}), crawled {crawled}{state}"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 1, 0, 0))
    names = ("month", "seen", "archived", "off_topic", "rejected", "failed", "skipped", "waiting", "unlisted", "crawls")
    for name in names:
        table.add_column(name.replace("_", " "), justify="left" if name == "month" else "right", no_wrap=True)
    for month in one.months:
        row = dict(zip(COLUMNS[1:], month_row(month), strict=True))
        table.add_row(*(str(row[name]) for name in names))
    console = Console()
    console.print(table)
    for month in one.months:
        if why := reason_words(month.listed):
            click.echo(f"{one.portal} {month.month}: {why}")
    for gap in dict.fromkeys(gap for month in one.months for gap in month.gaps):
        click.echo(f"{one.portal}: {gap.words}")
    click.echo()
