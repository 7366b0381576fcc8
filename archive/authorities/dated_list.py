"""Dated lists of units, as an archivist may have them: reading and checking them.

A list has one line for each stretch of time in which a unit had one name, type and parent:

    level  code   name            parent  valid_from  valid_to
    D      268    Thị xã Hà Đông  28      2004-08-31  2007-01-11

`level` is P, D or W (commune). `valid_to` is the first day no more, empty where the line still holds at the list's
last day. A second list may tell what became of communes: old_commune, new_commune, kind (full or partial).
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive.errors import UsageError
from archive.records import Level
from archive.vietnamese import canonical, tone_key

UNIT_COLUMNS = ("level", "code", "name", "parent", "valid_from", "valid_to")
MAP_COLUMNS = ("old_commune", "new_commune", "kind")
_LEVELS: dict[str, Level] = {"P": "province", "D": "district", "W": "commune"}
_TYPES = {"P": ("tỉnh", "thành phố"), "D": ("thành phố", "thị xã", "quận", "huyện"), "W": ("thị trấn", "phường", "xã")}
_CODE = re.compile(r"[0-9A-Za-z]{1,12}")
# Letters that names are written with; others would be taken for marks of the gazetteer's own file.
_NAME = re.compile(r"[\w '’.,()/&–-]+")
_FIRST_YEAR, _LAST_YEAR = 1800, 2200


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One line of a dated list."""

    level: Level
    code: str
    type: str
    name: str
    parent: str  # code
    start: date
    end: date | None


def read_list(file: Path) -> list[Stretch]:
    """The lines of a dated list, plain or gzipped. UsageError names file and line."""
    return [_stretch(f"{file}:{number}", row) for number, row in _rows(file, UNIT_COLUMNS)]


def read_map(file: Path) -> dict[str, tuple[str, ...]]:
    """What became of communes on 1 July 2025: old code → ids of today, those in part with a trailing `~`."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for number, row in _rows(file, MAP_COLUMNS):
        if row["kind"] not in ("full", "partial"):
            raise UsageError(f"{file}:{number}: kind is {row['kind']!r}; write full or partial")
        heirs[row["old_commune"]].append(f"n{row['new_commune']}" + ("~" if row["kind"] == "partial" else ""))
    return {code: tuple(sorted(ids)) for code, ids in heirs.items()}


def _rows(file: Path, columns: tuple[str, ...]) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        raw = file.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({_one_line(error)})") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise UsageError(f"{file}: has no column {', '.join(missing)}; needed, tab-separated: {', '.join(columns)}")
        for number, row in enumerate(reader, start=2):
            if any(row[name] is None for name in columns):
                raise UsageError(f"{file}:{number}: has too few cells; nothing was imported")
            yield number, row
    except csv.Error as error:
        raise UsageError(f"{file}: is no tab-separated list ({_one_line(error)}); nothing was imported") from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _stretch(where: str, row: dict[str, str]) -> Stretch:
    name, level = " ".join(canonical(row["name"]).split()), row["level"]
    kind = next((type_ for type_ in _TYPES.get(level, ()) if name.lower().startswith(f"{type_} ")), None)
    if kind is None or not _CODE.fullmatch(row["code"]):
        raise UsageError(f"{where}: needs a level P, D or W, a code, and a name that begins with a type of its level")
    bare = tone_key(name[len(kind) + 1 :])
    if not _NAME.fullmatch(bare):
        raise UsageError(f"{where}: the name has characters that no unit's has; nothing was imported")
    start, end = _days(where, row)
    return Stretch(
        level=_LEVELS[level], code=row["code"], type=kind, parent=row["parent"], start=start, end=end,
        name=bare.lstrip("0") or bare if bare.isdigit() else bare,
    )  # fmt: skip


def _days(where: str, row: dict[str, str]) -> tuple[date, date | None]:
    try:
        start, end = date.fromisoformat(row["valid_from"]), _day(row["valid_to"])
    except ValueError as error:
        raise UsageError(f"{where}: {_one_line(error)}; days are YYYY-MM-DD") from error
    if not all(_FIRST_YEAR < day.year < _LAST_YEAR for day in (start, end) if day):
        raise UsageError(f"{where}: is of no year in which there are such units; nothing was imported")
    if end is not None and end <= start:
        raise UsageError(f"{where}: ends on {end} before it begins; nothing was imported")
    return start, end


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
