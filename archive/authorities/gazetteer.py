"""The dated gazetteer: administrative units as they were, and what became of them on 1 July 2025.

`valid_from` and `valid_to` come from a written law or resolution; where none is known they are None, beside the
official lists that show the unit (`listed_from`, `listed_to`). A unit is known by its id, never by its code
alone: codes were given again in 2025.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from archive.authorities.units import FILE, REFORM, USUAL_CHANGE, Unit, read_units
from archive.errors import UsageError
from archive.records import Level, UnitRef
from archive.vietnamese import fold, match_key

__all__ = ["FILE", "REFORM", "Gazetteer", "Unit", "place_key", "respelled"]

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


class Gazetteer:
    """All units, by id and by name."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = {unit.id: unit for unit in units}

    @classmethod
    def load(cls, file: Path = FILE) -> Gazetteer:
        """The shipped gazetteer or one that was imported, read once a process (about 0.1 s)."""
        return _load(file)

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
            for parent in dict.fromkeys(unit.parents):
                found[parent].append(unit)
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
        below = self._children.get(unit.id, ())
        return [child for child in below if child.is_valid_on(day) and self.parent_on(child, day) is unit]

    def merged(self, name: str, type_: str) -> list[Unit]:
        """Communes that ended before the first list and are known by key alone; `name` is as printed."""
        squeezed = "".join(character for character in fold(name) if character.isalnum())
        return [unit for unit in self._merged.get(squeezed, ()) if unit.type == type_]

    def successors(self, unit: Unit) -> list[tuple[Unit, bool]]:
        """The units that took this one over, each with whether they took all of it."""
        return [(self.units[id_.rstrip("~")], not id_.endswith("~")) for id_ in unit.successors]

    def parent_on(self, unit: Unit, day: date | None) -> Unit | None:
        """The unit it lies in on a day. Without a known day of change a commune moved when its district began."""
        parent = self.units.get(unit.parent or "")
        for older in unit.older_parents if day else ():
            former = self.units[older.value]
            until = older.day or (parent and parent.valid_from) or former.valid_to or USUAL_CHANGE
            if day and day < until:
                return former
        return parent

    def province_of(self, unit: Unit, day: date | None = None) -> Unit:
        """The province a unit lies in, under its name of the day; a province is its own."""
        while parent := self.parent_on(unit, day):
            unit = parent
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
        parent = self.parent_on(unit, day)
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


@lru_cache(maxsize=2)
def _load(file: Path) -> Gazetteer:
    return Gazetteer(read_units(file))
