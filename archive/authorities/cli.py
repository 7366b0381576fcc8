"""`danvan gazetteer import | show | counts | reset`: the places an archive knows, and since when."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UsageError
from archive.settings import current_home

if TYPE_CHECKING:
    from archive.authorities.gazetteer import Gazetteer

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def gazetteer() -> None:
    """Administrative units with their time: what a name meant on a day, and what became of it."""


@gazetteer.command("import")
@click.argument("units", type=_FILE)
@click.option(
    "--successors", type=_FILE, help="What became of communes on 1 July 2025 (old_commune, new_commune, kind)."
)
@click.option("--json", "as_json", is_flag=True)
def import_(units: Path, successors: Path | None, as_json: bool) -> int:
    """Lay a dated list of units (tab-separated, plain or .gz) over the shipped gazetteer, for this archive.

    Columns: level (P, D, W), code, name with its type, parent's code, valid_from, valid_to. Days that come from a law
    are kept. Articles already archived keep the places they have until they are described again.

    \b
    Example:
      danvan gazetteer import units_dated.tsv.gz --successors map_2025.tsv.gz
    """
    from archive.authorities.dated_list import read_list, read_map
    from archive.authorities.gazetteer import Gazetteer
    from archive.authorities.list_import import laid_over
    from archive.authorities.units import write_units

    home = current_home()
    if not home.folder.is_dir():
        raise UsageError(f"{home.folder}: no archive here; `danvan init` creates one")
    stretches = read_list(units)
    if not stretches:
        raise UsageError(f"{units}: has no units; nothing was imported")
    found = laid_over(Gazetteer.load(), stretches, read_map(successors) if successors else {})
    try:
        write_units(found.units, home.gazetteer)
    except OSError as error:
        raise UsageError(f"{home.gazetteer}: cannot be written ({error.strerror}); nothing was imported") from error
    counts = {"lines": len(stretches), "units": len(found.units), "added": found.added, "dated": found.dated,
              "linked": found.linked, "kept_from_laws": found.kept}  # fmt: skip
    if as_json:
        _print({"file": str(home.gazetteer), **counts})
        return 0
    click.echo(f"{len(stretches):,} lines read, now {len(found.units):,} units: {found.added:,} new,")
    click.echo(f"{found.dated:,} with days and {found.linked:,} with successors they had not;")
    click.echo(f"{found.kept:,} days of laws kept although the list has others")
    click.echo(f"used by every command on this archive: {home.gazetteer}")
    return 0


@gazetteer.command()
@click.argument("name")
@click.option("--on", "day", type=_DAY, help="Only units that existed on this day.")
@click.option("--json", "as_json", is_flag=True)
def show(name: str, day: datetime | None, as_json: bool) -> int:
    """Show every unit of a name or id: type, place, time with its documents, and what it is today.

    The name may have its type word in front, and may be without tones.

    \b
    Example:
      danvan gazetteer show "huyện Định Hóa"
      danvan gazetteer show "tan son" --on 2023-05-01
    """
    from archive.authorities.lookup import find_units, nearest_names
    from archive.authorities.shown import print_units, row

    known, on = _known(), day.date() if day else None
    found = find_units(known, name, on)
    if as_json:
        _print([row(known, unit, on) for unit in found])
        return 0
    if not found:
        near = ", ".join(nearest_names(known, name)) or "none is like it"
        click.echo(f"no unit is called {name!r}{f' on {on}' if on else ''}; nearest names: {near}")
        return 0
    print_units([row(known, unit, on) for unit in found])
    return 0


@gazetteer.command()
@click.option("--on", "day", type=_DAY, help="The day to count (today).")
@click.option("--json", "as_json", is_flag=True)
def counts(day: datetime | None, as_json: bool) -> int:
    """Count the provinces, districts and communes of a day, as far as they are known.

    \b
    Example:
      danvan gazetteer counts --on 2008-08-15
    """
    from archive.authorities.units import REFORM

    known, on = _known(), day.date() if day else max(date.today(), REFORM)
    valid = [unit for unit in known.units.values() if unit.is_valid_on(on) and not unit.is_known_by_key]
    found = {level: sum(unit.level == level for unit in valid) for level in ("province", "district", "commune")}
    caveat = _caveat(known, on)
    if as_json:
        _print({"on": on.isoformat(), **found, "caveat": caveat})
        return 0
    click.echo(f"{on}: {found['province']} provinces, {found['district']} districts, {found['commune']:,} communes")
    if caveat:
        click.echo(caveat)
    return 0


@gazetteer.command()
def reset() -> int:
    """Go back to the shipped gazetteer.

    \b
    Example:
      danvan gazetteer reset
    """
    file = current_home().gazetteer
    existed = file.exists()
    file.unlink(missing_ok=True)
    click.echo(
        f"{file}: removed; the shipped gazetteer is used" if existed else "the shipped gazetteer is in use already"
    )
    return 0


def _known() -> Gazetteer:
    from archive.authorities import Authorities

    return Authorities.load().gazetteer


def _caveat(known: Gazetteer, on: date) -> str | None:
    """What the counts of a day leave out, where no list of that day is known."""
    from archive.authorities.units import FIRST_LIST, FIRST_LIST_END, LAST_LIST

    since = known.listed_since
    if since < FIRST_LIST:
        return f"the imported list begins on {since}; units that ended before are missing" if on < since else None
    if on >= LAST_LIST or FIRST_LIST <= on <= FIRST_LIST_END:
        return None
    missing = "units that ended before are missing" if on < FIRST_LIST else "what changed between them may stand twice"
    return (
        f"no list of that day: the built-in ones are of {FIRST_LIST} and {LAST_LIST}; {missing}. "
        "`danvan gazetteer import` brings a dated list"
    )


def _print(value: Any) -> None:
    from archive.cli import print_json

    print_json(value)
