"""Administrative units as pages show them: what they were, lay in, came from and became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from archive.authorities import Gazetteer, Unit
from archive.authorities.units import REFORM
from archive.records import UnitRef
from archive.repository import Archive
from archive.vietnamese import canonical, fold
from search.query.places import units_named, unknown_place
from search.web.rendering import Reader


@dataclass(frozen=True, kw_only=True)
class Relative:
    """Another unit: one around, before, after or inside. `is_whole` None: no share is meant."""

    id: str
    label: str
    inside: str | None = None
    is_whole: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ShownUnit:
    """A unit with everything around it in space and time."""

    id: str
    name: str
    type: str
    level: str
    is_of_today: bool
    valid_from: date | None
    valid_to: date | None
    listed_from: date | None
    listed_to: date | None
    around: tuple[Relative, ...]  # the nearest first, as of its last day
    predecessors: tuple[Relative, ...]
    successors: tuple[Relative, ...]
    today: tuple[Relative, ...]  # where they are not the successors
    older_types: tuple[tuple[str, date | None], ...]
    older_parents: tuple[Relative, ...]
    spellings: tuple[str, ...]
    sources: tuple[tuple[date | None, str], ...]
    children: tuple[Relative, ...]

    def since(self, reader: Reader) -> str:
        """The day it began, or the first list that shows it."""
        return _when(self.valid_from, self.listed_from, reader)

    def until(self, reader: Reader) -> str:
        """The day it ended, or the last list that shows it; a unit of today has none."""
        return reader.t("exists_today") if self.is_of_today else _when(self.valid_to, self.listed_to, reader)


def known_places(archive: Archive) -> Gazetteer:
    """The gazetteer of an archive: with the list laid over it where one was imported."""
    imported = archive.home.gazetteer
    return Gazetteer.load(imported) if imported.exists() else Gazetteer.load()


def shown(known: Gazetteer, unit: Unit) -> ShownUnit:
    """A unit for its page and for JSON; what lay in it is as of the last day before it ended."""
    day = REFORM if unit.is_of_today else _last_day(unit)
    successors = tuple(_heir(known, heir, is_whole) for heir, is_whole in known.successors(unit))
    today = tuple(_of_ref(ref) for ref in known.today(unit))
    is_same = unit.is_of_today or {one.id for one in today} == {one.id for one in successors}
    return ShownUnit(
        id=unit.id,
        name=unit.name,
        type=unit.type,
        level=unit.level,
        is_of_today=unit.is_of_today,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        listed_from=unit.listed_from,
        listed_to=unit.listed_to,
        around=_around(known, unit, day),
        predecessors=tuple(_heir(known, known.units[id_], whole) for id_, whole in _before(known).get(unit.id, ())),
        successors=successors,
        today=() if is_same else today,
        older_types=tuple((one.value, one.day) for one in unit.older_types),
        older_parents=tuple(_relative(known, known.units[one.value]) for one in unit.older_parents),
        spellings=unit.spellings,
        sources=tuple((one.day, one.document) for one in unit.sources),
        children=_by_name(known, known.children(unit, day)),
    )


def provinces(known: Gazetteer, is_chosen: Callable[[Unit], bool]) -> tuple[Relative, ...]:
    """The provinces that are chosen, by name."""
    return _by_name(known, filter(is_chosen, known.every_province))


def province_of_today(typed: str, known: Gazetteer) -> str | None:
    """Today's province of a province's name of any time; None for no name, QueryError where no province had it."""
    name = canonical(typed).strip()
    if not name:
        return None
    units = units_named(name, known, "province")
    today = sorted({ref.name for unit in units for ref in known.today(unit)}, key=fold)
    if not today:
        raise unknown_place(name, known, "province")
    return next((one for one in today if fold(one) == fold(name)), today[0])


def _by_name(known: Gazetteer, units: Iterable[Unit]) -> tuple[Relative, ...]:
    return tuple(_relative(known, unit) for unit in sorted(units, key=lambda unit: (fold(unit.name), unit.id)))


@lru_cache(maxsize=2)
def _before(known: Gazetteer) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Every unit's predecessors, each with whether all of it came over."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for unit in known.units.values():
        for successor in unit.successors:
            found[successor.rstrip("~")].append((unit.id, not successor.endswith("~")))
    return {id_: tuple(sorted(units)) for id_, units in found.items()}


def _last_day(unit: Unit) -> date | None:
    """A day on which the unit still was."""
    return date.fromordinal(unit.valid_to.toordinal() - 1) if unit.valid_to else unit.listed_to


def _around(known: Gazetteer, unit: Unit, day: date | None) -> tuple[Relative, ...]:
    found = []
    while parent := known.parent_on(unit, day):
        found.append(_relative(known, parent))
        unit = parent
    return tuple(found)


def _relative(known: Gazetteer, unit: Unit) -> Relative:
    return Relative(id=unit.id, label=f"{unit.type} {unit.name}", inside=known.ref(unit).province)


def _heir(known: Gazetteer, unit: Unit, is_whole: bool) -> Relative:
    return Relative(id=unit.id, label=f"{unit.type} {unit.name}", inside=known.ref(unit).province, is_whole=is_whole)


def _of_ref(ref: UnitRef) -> Relative:
    return Relative(id=ref.id, label=f"{ref.type} {ref.name}", inside=ref.province)


def _when(day: date | None, listed: date | None, reader: Reader) -> str:
    if day:
        return reader.day(day)
    return reader.t("listed", day=reader.day(listed)) if listed else reader.t("unknown_day")
