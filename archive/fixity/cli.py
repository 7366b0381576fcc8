"""`danvan verify`: prove that what is stored is what was captured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
import msgspec

from archive.cli import print_json
from archive.errors import UsageError
from archive.progress import bar, terminal
from archive.settings import current_home

if TYPE_CHECKING:
    from archive.fixity.check import Progress
    from archive.fixity.findings import Finding
    from archive.fixity.log import FixityRun
    from archive.fixity.scope import Scope
    from archive.repository import Archive


@click.command()
@click.argument("portals", nargs=-1, metavar="[PORTAL]…")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was captured from this day on.")
@click.option("--reread", is_flag=True, help="Also read the captures with today's rules: which texts would differ?")
@click.option("--log", "show_log", is_flag=True, help="Show the last checks instead of making one.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 10_000), help="Checks shown by --log.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(
    portals: tuple[str, ...], since: datetime | None, reread: bool, show_log: bool, limit: int, as_json: bool
) -> int:
    """Check every WARC file and every row, and log what was found.

    Exit code 0: all is as it was captured; 1: something is not, each finding says where and what to do.

    \b
    Example:
      danvan verify
      danvan verify baothainguyen --since 2024-07-01 --json
      danvan verify --log
    """
    from archive.fixity.check import Check
    from archive.fixity.reread import Reread, installed_reader
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        if show_log:
            return _show_log(archive.fixity.runs(limit), as_json)
        scope = _scope(archive, portals, since)
        with _progress(as_json) as progress:
            again = Reread(archive, installed_reader(archive), scope) if reread else None
            check = Check(archive.home, archive.fixity.engine, scope, progress, again)
            found: list[dict[str, Any]] = []
            notices: Counter[tuple[str, str | None]] = Counter()
            for finding in check.findings():
                if as_json:
                    found.append(_as_json(finding))
                elif finding.is_damage:
                    _print(finding)
                else:
                    notices[finding.kind, finding.file] += 1
    if as_json:
        print_json({"run": check.run_id, "counts": dict(check.counts), "findings": found})
    else:
        _print_notices(notices)
        _print_counts(check.counts)
    return 1 if check.counts["damage"] else 0


def _scope(archive: Archive, portals: tuple[str, ...], since: datetime | None) -> Scope:
    """What a check reads; UsageError for a portal that is not in the archive."""
    from archive.fixity.scope import Scope

    unknown = [portal for portal in portals if portal not in archive.portals()]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: not in {archive.home.folder}; `danvan portals list` prints keys")
    return Scope(portals=portals, since=since.date() if since else None)


def _as_json(finding: Finding) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(finding)
    return plain | {"is_damage": finding.is_damage, "advice": finding.advice}


def _print(finding: Finding) -> None:
    url = f"  {finding.url}" if finding.url else ""
    mark = click.style(finding.kind, fg="red")
    click.echo(f"{mark}  {finding.where}{url}\n    {finding.detail}; {finding.advice}")


def _print_notices(notices: Counter[tuple[str, str | None]]) -> None:
    """A line a kind and file: there may be thousands; --json has each."""
    from archive.fixity.findings import NOTICE

    for (kind, file), count in notices.items():
        many = f"  {count:,} times" if count > 1 else ""
        click.echo(f"{click.style(kind, fg='yellow')}  {file or 'archive'}{many}\n    {NOTICE[kind]}")


def _print_counts(counts: dict[str, int]) -> None:
    read = f"{counts['files']:,} WARC files, {counts['records']:,} records, {counts['captures_proven']:,} captures"
    rows = f"{counts['version']:,} versions, {counts['mentions']:,} mentions"
    sealed = f"; {counts['sealed']:,} rows sealed for the first time" if counts["sealed"] else ""
    click.echo(f"read {read}, {rows}{sealed}")
    if "reread" in counts:
        click.echo(f"{counts['reread']:,} versions read again, {counts['unread']:,} could not be")
    damage, notices = counts["damage"], counts["notices"]
    click.echo(f"{damage:,} findings, {notices:,} notices" if damage or notices else "all is as it was captured")


def _show_log(runs: list[FixityRun], as_json: bool) -> int:
    if as_json:
        found = [
            msgspec.to_builtins(run) | {"findings": [_as_json(finding) for finding in run.findings]} for run in runs
        ]
        print_json(found)
        return 0
    for run in runs:
        what = ", ".join(run.scope["portals"]) or "everything"
        since = f" since {run.scope['since']}" if run.scope["since"] else ""
        counts = run.counts
        read = f"{counts.get('files', 0):,} files, {counts.get('captures_proven', 0):,} captures"
        click.echo(f"{run.id:>5}  {run.started_at.isoformat()}  {run.verdict:<8} {what}{since}: {read}")
        for finding in run.findings:
            if finding.is_damage:
                click.echo(f"       {finding.kind}  {finding.where}  {finding.detail}")
    if not runs:
        click.echo("no check yet; `danvan verify` makes one")
    return 0


@contextmanager
def _progress(as_json: bool) -> Iterator[Progress | None]:
    """A bar on a terminal, nothing elsewhere."""
    console = terminal()
    if as_json or console is None:
        yield None
        return
    with bar(console, transient=True) as shown:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done)

        yield show
