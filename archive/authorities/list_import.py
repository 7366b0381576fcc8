"""Lays a dated list of units over the gazetteer: units it lacks, and days it does not know.

What the gazetteer has from a law is not overwritten; the list's first day says when it begins to look, not when a
unit began. Ids that are in use keep their meaning.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from archive.authorities.dated_list import Stretch
from archive.authorities.gazetteer import Gazetteer, place_key
from archive.authorities.units import REFORM, Unit, Until
from archive.errors import UsageError
from archive.records import Level
from archive.vietnamese import fold

_COMMUNES = ("xã", "phường", "thị trấn")
_PREFIXES = {"province": "p", "district": "d", "commune": "c"}
# A stretch that ends and begins again after so many days is the list's slip, not the unit's end.
_LONGEST_SLIP = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The gazetteer with a list laid over it, and what the list brought."""

    units: list[Unit]
    added: int  # units the gazetteer had not
    dated: int  # units that now have a day they had not
    linked: int  # units that now have successors
    kept: int  # days of the gazetteer that the list has otherwise


def laid_over(gazetteer: Gazetteer, stretches: list[Stretch], heirs: dict[str, tuple[str, ...]]) -> Imported:
    """The gazetteer's units with the days and units of a list; ids that are in use keep their meaning."""
    return _Import(gazetteer, stretches, heirs).result()


class _Import:
    """One list on its way into the gazetteer."""

    def __init__(self, gazetteer: Gazetteer, stretches: list[Stretch], heirs: dict[str, tuple[str, ...]]) -> None:
        self._units = dict(gazetteer.units)
        self._gazetteer, self._heirs = gazetteer, heirs
        self._first = min((one.start for one in stretches), default=REFORM)
        self._last = max((day for one in stretches for day in (one.start, one.end) if day), default=REFORM)
        self._groups = [list(same) for _, same in groupby(sorted(stretches, key=_order), key=_identity)]
        self._ids: dict[tuple[Level, str], list[tuple[Stretch, str]]] = defaultdict(list)
        self._by_key = _known_by_key(gazetteer)
        self._coded: dict[tuple[Level, str], list[Unit]] = defaultdict(list)
        for unit in gazetteer.units.values():
            if unit.code and not unit.is_of_today:
                self._coded[unit.level, unit.code].append(unit)
        self._added = self._dated = self._linked = self._kept = 0

    def result(self) -> Imported:
        """All units; provinces come first, so that what lies in them finds its parent."""
        for _, groups in groupby(self._groups, key=lambda same: same[0].level):
            claims: dict[str, list[Stretch]] = defaultdict(list)
            rest = []
            for lasting in (lasting for same in groups for lasting in _without_slips(same)):
                if known := self._known(lasting):
                    claims[known.id] += lasting
                else:
                    rest.append(lasting)
            for id_, claimed in claims.items():  # what is certain comes first; a unit may have several spellings
                lasting = sorted(claimed, key=lambda one: one.start)
                self._lay(lasting, self._parents(lasting), self._units[id_])
            for lasting in rest:
                parents = self._parents(lasting)
                self._lay(lasting, parents, self._known_in_province(lasting[-1], parents))
        self._link_parents()
        units = list(self._units.values())
        return Imported(units=units, added=self._added, dated=self._dated, linked=self._linked, kept=self._kept)

    def _lay(self, lasting: list[Stretch], parents: list[tuple[str, date]], known: Unit | None) -> None:
        """One unit's stretches over the unit the gazetteer has, or as a new one."""
        last = lasting[-1]
        start = None if lasting[0].start == self._first else lasting[0].start
        listed_from, listed_to = lasting[0].start, (last.end or self._last)
        older_types = _changes([(one.type, one.start) for one in lasting])
        older_parents = _changes(parents)
        if known and known.parent and parents and parents[-1][0] != known.parent:
            older_parents = (*older_parents, Until(parents[-1][0], last.end))
        if known is None:
            unit = self._new(last, parents[-1][0] if parents else None, start)
        else:
            self._dated += bool((start and not known.valid_from) or (last.end and not known.valid_to))
            self._kept += bool(start and known.valid_from and start != known.valid_from)
            self._kept += bool(last.end and known.valid_to and last.end != known.valid_to)
            unit = replace(known, valid_from=known.valid_from or start, valid_to=known.valid_to or last.end)
            if known.is_known_by_key:
                unit = replace(unit, name=last.name, type=last.type)
        unit = replace(
            unit,
            code=unit.code or last.code,
            listed_from=min(filter(None, (unit.listed_from, listed_from))),
            listed_to=max(filter(None, (unit.listed_to, listed_to))),
            older_types=_types(unit, older_types),
            older_parents=older_parents or unit.older_parents,
            spellings=_with_spellings(unit, lasting),
        )
        self._units[unit.id] = self._with_heirs(unit, last)
        self._ids[last.level, last.code] += [(one, unit.id) for one in lasting]

    def _new(self, last: Stretch, parent: str | None, start: date | None) -> Unit:
        if parent is None and last.level != "province":
            raise UsageError(
                f"unit {last.code} ({last.type} {last.name}): no line has its parent {last.parent!r} at that time; "
                "nothing was imported"
            )
        self._added += 1
        prefix = _PREFIXES[last.level] + last.code
        id_ = next(i for i in (prefix, *(f"{prefix}.{n}" for n in range(1, 99))) if i not in self._units)
        ends = last.end or REFORM
        return Unit(
            id=id_, level=last.level, type=last.type, name=last.name, parent=parent, code=last.code,
            valid_from=start, valid_to=ends, listed_from=None, listed_to=None, successors=(),
        )  # fmt: skip

    def _known(self, lasting: list[Stretch]) -> Unit | None:
        """The unit the gazetteer has for lines of one name: by code and name, else by name and parent.

        A code is one unit's on a day: where an official list has another name for it on a day of these lines, both are
        spellings of one.
        """
        last = lasting[-1]
        coded = self._coded.get((last.level, last.code), [])
        for unit in coded:
            if _joined(last.name) in map(_joined, (unit.name, *unit.spellings)) and _is_of_time(unit, lasting):
                return unit
        for unit in coded:
            if any(_is_listed(unit, one) for one in lasting):
                return unit
        above = {parent for parent, _ in self._parents(lasting)}
        fitting = [unit for unit in self._without_code(last, last.type) if not above or unit.parent in above]
        return fitting[0] if len(fitting) == 1 else None

    def _known_in_province(self, last: Stretch, parents: list[tuple[str, date]]) -> Unit | None:
        """A commune known by its key under the district that took it over, which may be a neighbour of its own."""
        if last.level != "commune" or last.end is None:
            return None
        provinces = {self._units[parent].parent for parent, _ in parents}
        for types in ((last.type,), _COMMUNES):  # the keys tell types badly
            found = [unit for type_ in types for unit in self._without_code(last, type_)]
            fitting = [unit for unit in found if self._units[unit.parent or ""].parent in provinces]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _without_code(self, last: Stretch, type_: str) -> list[Unit]:
        """Units of a line's name that the gazetteer has no code for, and that no other line has claimed."""
        if last.level == "commune" and last.end is None:
            return []
        key = _key(last.level, last.name, type_)
        return [unit for unit in self._by_key.get(key, ()) if self._units[unit.id].code is None]

    def _parents(self, lasting: list[Stretch]) -> list[tuple[str, date]]:
        """The ids a unit lay in, each with the day it came there."""
        level: Level = "province" if lasting[0].level == "district" else "district"
        found = []
        for one in lasting if lasting[0].level != "province" else ():
            held = [(other.start, id_) for other, id_ in self._ids[level, one.parent] if _meet(one, other)]
            found += [(id_, max(one.start, start)) for start, id_ in sorted(held)]
        return found

    def _with_heirs(self, unit: Unit, last: Stretch) -> Unit:
        """What became of a commune that ended with the reform, where the gazetteer does not say."""
        heirs = tuple(id_ for id_ in self._heirs.get(last.code, ()) if id_.rstrip("~") in self._units)
        if unit.successors or last.end or not heirs or unit.level != "commune":
            return unit
        self._linked += 1
        return replace(unit, successors=heirs)

    def _link_parents(self) -> None:
        """A unit without successors lives on in those that its parts went to on the day it ended."""
        moved: dict[str, set[str]] = defaultdict(set)
        for unit in self._units.values():
            for older, newer in pairwise((*unit.older_parents, Until(unit.parent or "", None))):
                former = self._units[older.value]
                if newer.value and older.day and former.valid_to == older.day:
                    moved[older.value].add(newer.value)
        for id_, heirs in moved.items():
            if not self._units[id_].successors:
                mark = "~" if len(heirs) > 1 else ""
                self._units[id_] = replace(self._units[id_], successors=tuple(sorted(heir + mark for heir in heirs)))
                self._linked += 1


def _identity(one: Stretch) -> tuple[int, str, str]:
    """What is one unit in a list: provinces first, then districts."""
    return ("province", "district", "commune").index(one.level), one.code, _joined(one.name)


def _order(one: Stretch) -> tuple[int, str, str, date]:
    return *_identity(one), one.start


def _joined(name: str) -> str:
    """A name without blanks and dashes, which lists set as they like."""
    return "".join(character for character in place_key(name) if character.isalnum())


def _squeezed(name: str) -> str:
    """A name as communes known by their key have it."""
    return "".join(character for character in fold(name) if character.isalnum())


def _key(level: Level, name: str, type_: str) -> tuple[Level, str, str]:
    """What tells units without a code apart; a province rose to a city under its name."""
    return level, "" if level == "province" else type_, _squeezed(name)


def _known_by_key(gazetteer: Gazetteer) -> dict[tuple[Level, str, str], list[Unit]]:
    """Units without a code of their own: those of laws, and communes known by their key."""
    found: dict[tuple[Level, str, str], list[Unit]] = defaultdict(list)
    for unit in gazetteer.units.values():
        if unit.code is None and not unit.is_of_today:
            found[_key(unit.level, unit.name, unit.type)].append(unit)
    return found


def _is_listed(unit: Unit, one: Stretch) -> bool:
    """Whether an official list shows a unit on a day of a line."""
    days = [day for day in (unit.listed_from, unit.listed_to) if day]
    return any(one.start <= day and (one.end is None or day < one.end) for day in days)


def _is_of_time(unit: Unit, lasting: list[Stretch]) -> bool:
    """Whether lines can be about a unit whose code and name they have: a name may come back after years."""
    if unit.listed_from is None or unit.listed_to is None:
        return True
    end = lasting[-1].end or date.max - _LONGEST_SLIP
    return lasting[0].start - _LONGEST_SLIP <= unit.listed_to and unit.listed_from <= end + _LONGEST_SLIP


def _with_spellings(unit: Unit, lasting: list[Stretch]) -> tuple[str, ...]:
    """A unit's other spellings and those of a list."""
    found = dict.fromkeys(unit.spellings) | dict.fromkeys(one.name for one in lasting)
    return tuple(name for name in found if place_key(name) != place_key(unit.name))


def _without_slips(same: list[Stretch]) -> list[list[Stretch]]:
    """Stretches of one code and name, parted where the unit was gone for long."""
    parted = [[same[0]]]
    for before, after in pairwise(same):
        if before.end and after.start - before.end > _LONGEST_SLIP:
            parted.append([])
        parted[-1].append(after)
    return parted


def _changes(values: list[tuple[str, date]]) -> tuple[Until, ...]:
    """What a unit had before what it has last, each with the day of the next."""
    runs = [next(same) for _, same in groupby(values, key=lambda one: one[0])]
    return tuple(Until(before[0], after[1]) for before, after in pairwise(runs))


def _types(unit: Unit, listed: tuple[Until, ...]) -> tuple[Until, ...]:
    """A unit's earlier types by the list; the day of the last change stays a law's where there is one."""
    if not listed or not unit.has_dated_types():
        return listed or unit.older_types
    by_law = unit.older_types[-1]
    return (*listed[:-1], by_law) if listed[-1].value == by_law.value else unit.older_types


def _meet(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share a day."""
    return one.start < (other.end or date.max) and other.start < (one.end or date.max)
