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
    from archive.authorities.units import Unit

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
    """Show every unit of a name or id: type, place, time, and what it is today.

    \b
    Example:
      danvan gazetteer show "Định Hóa"
      danvan gazetteer show "Tân Sơn" --on 2023-05-01
    """
    from rich.console import Console
    from rich.table import Table

    known = _known()
    on = day.date() if day else None
    found = [known.units[name]] if name in known.units else known.named(name, on)
    rows = [_row(known, unit, on) for unit in sorted(found, key=lambda unit: (_ORDER[unit.level], unit.id))]
    if as_json:
        _print(rows)
        return 0
    if not rows:
        when = f" on {on}" if on else ""
        click.echo(f'no unit is called {name!r}{when}; write the name without its type, such as "Định Hóa"')
        return 0
    table = Table("id", "unit", "in", "from", "until", "today")
    for row in rows:
        today = ", ".join(one["name"] for one in row["today"][:6]) + (" …" if len(row["today"]) > 6 else "")
        table.add_row(row["id"], f"{row['type']} {row['name']}", row["in"] or "–", row["from"], row["until"], today)
    Console().print(table)
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
    found = {level: sum(unit.level == level for unit in valid) for level in _ORDER}
    if as_json:
        _print({"on": on.isoformat(), **found})
    else:
        click.echo(f"{on}: {found['province']} provinces, {found['district']} districts, {found['commune']:,} communes")
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


_ORDER = {"province": 0, "district": 1, "commune": 2}


def _known() -> Gazetteer:
    from archive.authorities import Authorities

    return Authorities.load().gazetteer


def _row(known: Gazetteer, unit: Unit, on: date | None) -> dict[str, Any]:
    inside = []
    parent = known.parent_on(unit, on)
    while parent:
        inside.append(f"{parent.type_on(on)} {parent.name}")
        parent = known.parent_on(parent, on)
    older = [f"{one.value} until {one.day or 'a day not known'}" for one in unit.older_types]
    return {
        "id": unit.id,
        "level": unit.level,
        "type": unit.type_on(on),
        "name": unit.name,
        "in": ", ".join(inside),
        "from": _when(unit.valid_from, "listed since", unit.listed_from),
        "until": _when(unit.valid_to, "last listed", unit.listed_to if not unit.is_of_today else None),
        "valid_from": unit.valid_from and unit.valid_from.isoformat(),
        "valid_to": unit.valid_to and unit.valid_to.isoformat(),
        "older_types": older,
        "today": [
            {"id": ref.id, "name": f"{ref.type} {ref.name}", "province": ref.province} for ref in known.today(unit)
        ],
    }


def _when(day: date | None, word: str, listed: date | None) -> str:
    return day.isoformat() if day else f"{word} {listed}" if listed else "–"


def _print(value: Any) -> None:
    from archive.cli import print_json

    print_json(value)
