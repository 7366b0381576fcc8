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

from archive.authorities.neighbours import bordering
from archive.authorities.units import FILE, FIRST_LIST_END, REFORM, USUAL_CHANGE, Unit, read_units
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
# A consonant set before a syllable in names of the Central Highlands, with or without an apostrophe.
_TWO_CAPITALS = re.compile(r"\b([BCDĐHJKLMNRST])(?=[A-ZĐƯƠÂÊÔ][^\W\dA-Z])")
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


def _forms(name: str) -> list[str]:
    """The keys a name is found by: dashes as they come, "đưng k'nớ" for "Đưng KNớ", "cư mgar" for "Cư M'gar"."""
    key = place_key(name)
    found = [key, *_SPELLINGS.get(key, ())]
    if farm := re.fullmatch(r"n\.?t (.+)", key):  # a state farm's town
        found.append(f"nông trường {farm[1]}")
    if " - " in key:
        found += [key.replace(" - ", dash) for dash in ("-", "–", " – ")]
    if "'" in key:
        found += [key.replace("' ", "'"), key.replace("' ", "").replace("'", "")]
    elif _TWO_CAPITALS.search(name):
        found.append(place_key(_TWO_CAPITALS.sub(r"\1'", name)))
    return found


def _squeeze(name: str) -> str:
    """A name as communes known by their key have it."""
    return "".join(character for character in fold(name) if character.isalnum())


class Gazetteer:
    """All units, by id and by name."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = {unit.id: unit for unit in units}
        self._province_ids: dict[str, str] = {}

    @classmethod
    def load(cls, file: Path = FILE) -> Gazetteer:
        """The shipped gazetteer or one that was imported, read once a process (about 0.1 s)."""
        return _load(file)

    @cached_property
    def by_name(self) -> dict[str, tuple[Unit, ...]]:
        """Units by the place key of their name, and by the other spellings in use."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if not unit.is_spelled:
                continue
            for spelling in dict.fromkeys(form for name in (unit.name, *unit.spellings) for form in _forms(name)):
                found[spelling].append(unit)
        return {name: tuple(units) for name, units in found.items()}

    @cached_property
    def _merged(self) -> dict[str, list[Unit]]:
        """Communes known by their key alone, whose right spelling only a text gives."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if not unit.is_spelled:
                found[unit.name].append(unit)
        return found

    @cached_property
    def _squeezed(self) -> frozenset[str]:
        """Every name without tones and blanks."""
        return frozenset(map(_squeeze, (*self.by_name, *self._merged)))

    def has_spelling(self, name: str) -> bool:
        """Whether some unit has this name, whatever its tones and blanks."""
        return _squeeze(name) in self._squeezed

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
        below = [child for id_ in (unit.id, *self._renamed_to(unit)) for child in self._children.get(id_, ())]
        return [child for child in below if child.is_valid_on(day) and self.parent_on(child, day) is unit]

    def merged(self, name: str, type_: str) -> list[Unit]:
        """Communes that ended before the first list and are known by key alone; `name` is as printed.

        Those of another type only where none is of this: the keys tell types badly.
        """
        found = self._merged.get(_squeeze(name), ())
        return [unit for unit in found if unit.type == type_] or list(found)

    def successors(self, unit: Unit) -> list[tuple[Unit, bool]]:
        """The units that took this one over, each with whether they took all of it."""
        return [(self.units[id_.rstrip("~")], not id_.endswith("~")) for id_ in unit.successors]

    @cached_property
    def _came_from(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            for follower, _ in self.successors(unit):
                found[follower.id].append(unit)
        return found

    def predecessors(self, unit: Unit) -> list[Unit]:
        """The units of its own level that this one took over, whole or in part.

        A district is not among a commune's, though its land is: it is what the commune lay in.
        """
        return [one for one in self._came_from.get(unit.id, ()) if one.level == unit.level]

    def type_on(self, unit: Unit, day: date | None) -> str:
        """A unit's type on a day. Without a known day of change a commune rose on the day its district did."""
        if unit.level == "commune" and unit.older_types and not unit.has_dated_types():
            district = self.units.get(unit.parent or "")
            if district and (rose := district.older_types[-1].day if district.older_types else district.valid_from):
                return unit.type_on(day, rose if rose > FIRST_LIST_END else USUAL_CHANGE)
        return unit.type_on(day)

    def neighbours(self, provinces: frozenset[str]) -> frozenset[str]:
        """The ids of all provinces, of any time, that border on one of these."""
        return _neighbours(self, provinces)

    def parent_on(self, unit: Unit, day: date | None) -> Unit | None:
        """The unit it lies in on a day. Without a known day of change a commune moved when its district began."""
        parent = self.units.get(unit.parent or "")
        for older in unit.older_parents if day else ():
            former = self.units[older.value]
            until = older.day or (parent and parent.valid_from) or former.valid_to or USUAL_CHANGE
            if day and day < until:
                return former
        return parent and self._as_of(parent, day)

    def _as_of(self, unit: Unit, day: date | None) -> Unit:
        """A unit, or the province that went on as it under another name and existed on a day."""
        if day is None or unit.level != "province" or unit.is_valid_on(day):
            return unit
        return next((before for before in self._renamed.get(unit.id, ()) if before.is_valid_on(day)), unit)

    def province_id(self, unit: Unit) -> str:
        """The id of the province a unit lies or lay in last, asked for with every name."""
        if (known := self._province_ids.get(unit.id)) is None:
            known = self._province_ids[unit.id] = self.province_of(unit).id
        return known

    def province_of(self, unit: Unit, day: date | None = None) -> Unit:
        """The province a unit lies in, under its name of the day; a province is its own."""
        while parent := self.parent_on(unit, day):
            unit = parent
        return self._as_of(unit, day)

    @cached_property
    def _renamed(self) -> dict[str, list[Unit]]:
        """Provinces that went on under another name and the same code, by what they became."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            for successor in unit.successors if unit.level == "province" else ():
                if (follower := self.units.get(successor)) and follower.code == unit.code:
                    found[follower.id].append(unit)
        return found

    def _renamed_to(self, unit: Unit) -> list[str]:
        return [id_ for id_ in unit.successors if unit in self._renamed.get(id_, ())]

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

    def today_in_shares(self, unit: Unit) -> list[tuple[UnitRef, bool]]:
        """What a unit is or became part of, each with whether all of it went there."""
        if unit.is_of_today:
            return [(self.ref(unit), True)]
        found: dict[UnitRef, bool] = {}
        for follower, is_whole in self.successors(unit):
            for ref, is_whole_later in self.today_in_shares(follower):
                found[ref] = found.get(ref, False) or (is_whole and is_whole_later)
        if len(found) == 1 and len(unit.successors) > 1:  # its parts are one again
            return [(ref, True) for ref in found]
        return list(found.items())

    @cached_property
    def by_folded_name(self) -> dict[str, list[str]]:
        """The keys of `by_name` without tones."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.by_name:
            found[fold(key)].append(key)
        return found

    @cached_property
    def listed_since(self) -> date:
        """The first day of the oldest list known; 2022 unless a dated list was imported."""
        return min(unit.listed_from for unit in self.units.values() if unit.listed_from)

    def ref(self, unit: Unit) -> UnitRef:
        """A unit as it is shown."""
        province = None if unit.level == "province" else self.province_of(unit).name
        return UnitRef(id=unit.id, name=unit.name, type=unit.type, level=unit.level, province=province)


@lru_cache(maxsize=512)
def _neighbours(gazetteer: Gazetteer, provinces: frozenset[str]) -> frozenset[str]:
    names = {gazetteer.units[id_].name for id_ in provinces}
    near = {other for name in names for other in bordering().get(name, ())}
    return frozenset(u.id for u in gazetteer.every_province if u.name in near and u.id not in provinces)


@lru_cache(maxsize=2)
def _load(file: Path) -> Gazetteer:
    return Gazetteer(read_units(file))
