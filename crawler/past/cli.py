"""`danvan import | replay`."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from archive.cli import print_json
from archive.progress import Rate, bar, terminal
from archive.settings import current_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from crawler.past.importing import ImportReport
    from crawler.past.replaying import ReplayReport

_Report = TypeVar("_Report", "ImportReport", "ReplayReport")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_KEEP = click.option("--keep", type=click.Choice(["relevant", "all"]), help="Archive articles off the topic too.")


@click.command(name="import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--portal", "key", help="Read pages of hosts that no portal has as this portal's; leave out all others.")
@_KEEP
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=None,
    metavar="N",
    help="How many processes read records, beside the one that saves; 1 does both. Default: one a core, 8 at most.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_files(
    files: tuple[Path, ...], key: str | None, keep: str | None, processes: int | None, as_json: bool
) -> int:
    """Take WARC, ARC and WACZ files into the archive, their pages under the dates they were captured.

    The files are copied into the archive's warc/ folder. Importing one again adds nothing.

    \b
    Example:
      danvan import crawl-2019.warc.gz CC-MAIN-20230127.warc.gz
      danvan import old-site.wacz --portal baothainguyen --keep all
      danvan import *.warc.gz --processes 4
    """
    from archive.authorities import Topic
    from archive.repository import Archive
    from crawler.past.importing import import_files as run_import
    from crawler.past.printed import print_import
    from crawler.settings import DANVAN_KEEP, IMPORT_PROCESSES
    from spiders.registry import load_registry

    registry = load_registry()
    named = registry.crawlable(key) if key else None
    Topic.load()
    with Archive.open(current_home()) as archive, ExitStack() as stack:
        report = run_import(
            files,
            archive,
            registry,
            processes=processes or IMPORT_PROCESSES,
            keeps_all=(keep or DANVAN_KEEP) == "all",
            named=named,
            begin=_progress(stack, "importing"),
        )
    return _tell(report, print_import, as_json)


@click.command()
@click.argument("keys", metavar="[PORTAL]...", nargs=-1)
@click.option("--since", type=_DAY, help="Only captures of this day or later (YYYY-MM-DD).")
@click.option("--until", type=_DAY, help="Only captures of this day or earlier.")
@_KEEP
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def replay(
    keys: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    keep: str | None,
    is_dry: bool,
    as_json: bool,
) -> int:
    """Read every stored capture again with today's rules, and say what reads differently.

    \b
    Example:
      danvan replay --dry-run
      danvan replay baothainguyen --since 2024-01-01
    """
    from archive.authorities import Topic
    from archive.repository import Archive
    from crawler.past.printed import print_replay
    from crawler.past.replaying import replay as run_replay
    from crawler.settings import DANVAN_KEEP, DANVAN_WORKERS
    from spiders.registry import load_registry

    registry = load_registry()
    portals = [registry.crawlable(key).key for key in dict.fromkeys(keys)]
    Topic.load()
    with Archive.open(current_home()) as archive, ExitStack() as stack:
        report = run_replay(
            archive,
            registry,
            workers=DANVAN_WORKERS,
            keeps_all=(keep or DANVAN_KEEP) == "all",
            portals=portals,
            since=_midnight(since),
            until=_midnight(until, days=1),
            is_dry=is_dry,
            begin=_progress(stack, "reading again"),
        )
    return _tell(report, print_replay, as_json)


def _tell(report: _Report, print_report: Callable[[_Report, Console], None], as_json: bool) -> int:
    """Print a report for people or for programs; the exit code is 1 where it has problems."""
    import msgspec
    from rich.console import Console

    if as_json:
        print_json(msgspec.to_builtins(report))
    else:
        print_report(report, Console())
    return int(report.has_problems)


def _midnight(day: datetime | None, days: int = 0) -> datetime | None:
    """The begin of a day in Vietnam, or of one after it."""
    from archive.records import LOCAL_ZONE

    return day.replace(tzinfo=LOCAL_ZONE) + timedelta(days=days) if day else None


def _progress(stack: ExitStack, doing: str) -> Callable[[int], Callable[[int, int], None]] | None:
    """A bar with records a second where there is a terminal; it begins when the amount of work is known."""
    console = terminal()
    if console is None:
        return None

    def begin(total: int) -> Callable[[int, int], None]:
        import time

        from rich.progress import TextColumn

        said = TextColumn("{task.fields[records]:,} records, {task.fields[rate]:.0f}/s")
        shown = stack.enter_context(bar(console, said))
        task = shown.add_task(doing, total=total, records=0, rate=0.0)
        pace, count = Rate(), 0
        pace.read(time.monotonic(), 0)

        def advance(amount: int, records: int) -> None:
            nonlocal count
            count += records
            shown.update(task, advance=amount, records=count, rate=pace.read(time.monotonic(), count) or 0.0)

        return advance

    return begin
