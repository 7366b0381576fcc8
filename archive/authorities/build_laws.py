"""What laws add to the rows of the lists while the gazetteer is built: days, ended units, and the documents."""

from __future__ import annotations

from collections import defaultdict

from archive.authorities.facts import DATED, ENDED_DISTRICTS, RESOLUTIONS_2025
from archive.authorities.older_provinces import BEGUN_PROVINCES, ENDED_PROVINCES
from archive.authorities.units import REFORM
from archive.vietnamese import fold

Units = dict[str, dict[str, str]]  # rows by id

_ENDED_BY = {"province": "Nghị quyết 202/2025/QH15", "district": "Luật 72/2025/QH15"}


def add_laws(units: Units) -> None:
    """Days and units that laws tell and no package does, each with its document."""
    for fact in DATED:
        units[fact.id] |= fact.columns
        for day in (_day_of(column, value) for column, value in fact.columns.items() if column != "successors"):
            _cite(units[fact.id], day, fact.source)
    _add_ended_districts(units)
    for ended in ENDED_PROVINCES:
        mark = "~" if len(ended.heirs) > 1 else ""
        units[ended.id] = {"id": ended.id, "level": "province", "type": ended.type, "name": ended.name,
                           "valid_from": ended.valid_from, "valid_to": ended.valid_to,
                           "successors": " ".join(heir + mark for heir in sorted(ended.heirs))}  # fmt: skip
        if ended.valid_from:
            _cite(units[ended.id], ended.valid_from, ended.begun_by)
        _cite(units[ended.id], ended.valid_to, ended.ended_by)
    for begun in BEGUN_PROVINCES:
        for id_ in begun.ids:
            units[id_]["valid_from"] = begun.valid_from
            _cite(units[id_], begun.valid_from, begun.begun_by)
    _cite_reform(units)


def _add_ended_districts(units: Units) -> None:
    by_name = {(u["level"], u["name"], u.get("parent", "")): i for i, u in units.items() if i[0] in "pd"}
    for ended in ENDED_DISTRICTS:
        province = by_name["province", ended.province, ""]
        heirs = sorted(by_name["district", heir, province] for heir in ended.heirs)
        id_ = f"x-{province}-{_squeezed(ended.name)}"
        units[id_] = {"id": id_, "level": "district", "type": ended.type, "name": ended.name,
                      "parent": province, "valid_to": ended.valid_to, "successors": " ".join(heirs)}  # fmt: skip
        if ended.source:
            _cite(units[id_], ended.valid_to, ended.source)


def _cite_reform(units: Units) -> None:
    """The documents of 1 July 2025: one for provinces, a law for districts, one for each province's communes."""
    day = REFORM.isoformat()
    for unit in units.values():
        if day not in (unit.get("valid_from"), unit.get("valid_to")):
            continue
        if unit["level"] != "commune":
            _cite(unit, day, _ENDED_BY[unit["level"]])
        elif number := RESOLUTIONS_2025.get(_province_of_today(units, unit)):
            _cite(unit, day, f"Nghị quyết {number}/NQ-UBTVQH15")


def _province_of_today(units: Units, unit: dict[str, str]) -> str:
    """The code of the province a commune lies in or went into on 1 July 2025."""
    heirs = [heir.rstrip("~") for heir in unit.get("successors", "").split()]
    of_today = unit if unit["id"].startswith("n") else units.get(heirs[0]) if heirs else None
    return units[of_today["parent"]]["code"] if of_today and of_today.get("parent") else ""


def _cite(unit: dict[str, str], day: str, document: str) -> None:
    known = unit.get("sources", "")
    cited = f"{day}={document}"
    if cited not in known.split(";"):
        unit["sources"] = f"{known};{cited}" if known else cited


def _day_of(column: str, value: str) -> str:
    return value.rpartition("<")[2] if column == "older_types" else value


def _squeezed(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def link_districts(units: Units) -> None:
    """A district that ended before the reform lives on in the successors of its communes."""
    heirs: dict[str, set[str]] = defaultdict(set)
    for unit in units.values():
        if unit["level"] == "commune" and unit.get("successors"):
            heirs[unit.get("parent", "")] |= {target.rstrip("~") + "~" for target in unit["successors"].split()}
    for id_, targets in heirs.items():
        if id_ and not units[id_].get("successors"):
            units[id_]["successors"] = " ".join(sorted(targets))
    moved: dict[str, set[str]] = defaultdict(set)
    for unit in units.values():  # one that ended before gave its communes to neighbours
        if unit.get("older_parents"):
            moved[unit["older_parents"].partition("<")[0]].add(unit["parent"])
    for id_, targets in moved.items():
        if not units[id_].get("successors"):
            mark = "~" if len(targets) > 1 else ""
            units[id_]["successors"] = " ".join(target + mark for target in sorted(targets))
    islands = {unit["name"]: id_ for id_, unit in units.items() if unit["type"] == "đặc khu"}
    for unit in units.values():  # island districts without communes became special zones
        if unit["level"] == "district" and unit.get("valid_to") == REFORM.isoformat() and not unit.get("successors"):
            unit["successors"] = islands.get(unit["name"], "")
