"""Units as `danvan gazetteer show` prints them: what they were, in what, when, by which document, and what they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from archive.authorities.gazetteer import Gazetteer
from archive.authorities.units import Unit

_SHARES = {"full": "toàn bộ", "partial": "một phần"}
_MOST_HEIRS = 6


def row(known: Gazetteer, unit: Unit, on: date | None) -> dict[str, Any]:
    """One unit as JSON has it."""
    type_ = known.type_on(unit, on)
    return {
        "id": unit.id,
        "level": unit.level,
        "type": type_,
        "name": unit.name,
        "in": ", ".join(_around(known, unit, on)),
        "from": _when(unit.valid_from, "listed since", unit.listed_from),
        "until": _when(unit.valid_to, "last listed", unit.listed_to if not unit.is_of_today else None),
        "valid_from": unit.valid_from and unit.valid_from.isoformat(),
        "valid_to": unit.valid_to and unit.valid_to.isoformat(),
        "older_types": [f"{one.value} until {one.day or 'a day not known'}" for one in unit.older_types],
        "type_is_dated": unit.has_dated_types() or not unit.older_types,
        "spellings": list(unit.spellings),
        "sources": [{"day": one.day and one.day.isoformat(), "document": one.document} for one in unit.sources],
        "successors": [
            {"id": other.id, "name": f"{other.type} {other.name}", "share": _share(is_whole)}
            for other, is_whole in known.successors(unit)
        ],
        "today": [
            {"id": ref.id, "name": f"{ref.type} {ref.name}", "province": ref.province, "share": _share(is_whole)}
            for ref, is_whole in known.today_in_shares(unit)
        ],
    }


def print_units(rows: list[dict[str, Any]]) -> None:
    """A table of units, and the documents of their days below it."""
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "unit", "in", "from", "until", "today")
    for one in rows:
        heirs = [f"{heir['name']} ({_SHARES[heir['share']]})" for heir in one["today"] if heir["id"] != one["id"]]
        today = ", ".join(heirs[:_MOST_HEIRS]) + (f" … ({len(heirs)})" if len(heirs) > _MOST_HEIRS else "")
        unit = f"{one['type']} {one['name']}" + ("" if one["type_is_dated"] else " (day of its type not known)")
        table.add_row(
            one["id"],
            unit,
            one["in"] or "–",
            one["from"],
            one["until"],
            today or ("itself" if _is_of_today(one) else "not known"),
        )
    Console().print(table)
    for one in rows:
        for source in one["sources"]:
            click.echo(f"{one['id']}  {source['day'] or 'no day'}  {source['document']}")


def _is_of_today(one: dict[str, Any]) -> bool:
    """Whether a row's unit still exists."""
    return any(heir["id"] == one["id"] for heir in one["today"])


def _around(known: Gazetteer, unit: Unit, on: date | None) -> list[str]:
    found = []
    while parent := known.parent_on(unit, on):
        found.append(f"{known.type_on(parent, on)} {parent.name}")
        unit = parent
    return found


def _share(is_whole: bool) -> str:
    return "full" if is_whole else "partial"


def _when(day: date | None, word: str, listed: date | None) -> str:
    return day.isoformat() if day else f"{word} {listed}" if listed else "–"
