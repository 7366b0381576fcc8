"""`danvan init | changes | stats`: the verbs that need nothing but the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from archive.settings import current_home

if TYPE_CHECKING:
    from archive.repository import Archive


def print_json(value: Any) -> None:
    """Indented UTF-8 JSON on stdout."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


@click.command()
def init() -> None:
    """Create the archive in DANVAN_HOME, or migrate it to this version.

    \b
    Example:
      DANVAN_HOME=~/danvan-data danvan init
    """
    from archive.repository import Archive  # SQLAlchemy takes 0.3 s: not for --help

    home = current_home()
    archive, what = Archive.create(home)
    with archive:
        _store_known_portals(archive)
        assigned = archive.people.assign_missing()
        signed = archive.duplicates.sign_missing()
    said = {"created": "archive created", "migrated": "archive migrated", "current": "archive is up to date"}
    click.echo(f"{said[what]}: {home.folder}")
    if assigned:
        click.echo(f"officials of {assigned:,} articles assigned to persons; `danvan officials list` shows them")
    if signed:
        click.echo(f"texts of {signed:,} articles signed; `danvan clusters update` finds near-duplicates")


def _store_known_portals(archive: Archive) -> None:
    """Ask the packages that know portals for them, without importing any by name."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="danvan.portal_identities"):
        archive.store_portals(entry.load()())


@click.command()
@click.option("--since", "cursor", default="0-0", show_default=True, help="Cursor of the last change you have.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one change a line.")
def changes(cursor: str, limit: int, as_json: bool) -> int:
    """Print the change feed: what was added, changed or removed after a cursor.

    \b
    Example:
      danvan changes --since 0-120 --json
    """
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        found = archive.changes(cursor, limit)
        left = archive.count_changes(found[-1].cursor) if found else 0
    for change in found:
        if as_json:
            click.echo(msgspec.json.encode(change).decode())
        else:
            moment = change.at.isoformat()
            moved = f"  moved to {change.moved_to}" if change.moved_to else ""
            click.echo(
                f"{change.cursor}  {change.op:<6}  article {change.article_id}  v{change.version}  {moment}{moved}"
            )
    if not as_json:
        click.echo(f"{len(found)} changes" + (f"; {left} more: --since {found[-1].cursor}" if left else ""))
    return 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(as_json: bool) -> int:
    """Count what the archive holds.

    \b
    Example:
      danvan stats --json
    """
    from archive.repository import Archive

    home = current_home()
    with Archive.open(home) as archive:
        counts = archive.counts()
        checks = archive.fixity.runs(limit=1)
    counts["warc_bytes"] = sum(path.stat().st_size for path in Path(home.warc).glob("*"))
    if as_json:
        last = checks[0] if checks else None
        about = {"started_at": last.started_at, "verdict": last.verdict} if last else None
        print_json(counts | {"last_check": about})
    else:
        for name, count in counts.items():
            click.echo(f"{name.replace('_', ' '):<12} {count:>12,}")
        said = f"{checks[0].started_at.isoformat()}, {checks[0].verdict}" if checks else "never; run `danvan verify`"
        click.echo(f"last check   {said}")
    return 0
