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
_TYPES = ("thành phố", "thị trấn", "thị xã", "tỉnh", "quận", "huyện", "phường", "xã")


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
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from error
    reader = csv.DictReader(io.StringIO(text), delimiter="\t")
    if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise UsageError(f"{file}: has no column {', '.join(missing)}; needed, tab-separated: {', '.join(columns)}")
    for number, row in enumerate(reader, start=2):
        if any(row[name] is None for name in columns):
            raise UsageError(f"{file}:{number}: has too few cells; nothing was imported")
        yield number, row


def _stretch(where: str, row: dict[str, str]) -> Stretch:
    name = " ".join(canonical(row["name"]).split())
    kind = next((type_ for type_ in _TYPES if name.lower().startswith(f"{type_} ")), None)
    if row["level"] not in _LEVELS or kind is None or not row["code"]:
        raise UsageError(f"{where}: needs a level P, D or W, a code, and a name that begins with its type")
    try:
        start, end = date.fromisoformat(row["valid_from"]), _day(row["valid_to"])
    except ValueError as error:
        raise UsageError(f"{where}: {error}; days are YYYY-MM-DD") from error
    if end is not None and end <= start:
        raise UsageError(f"{where}: ends on {end} before it begins; nothing was imported")
    bare = tone_key(name[len(kind) + 1 :])
    return Stretch(
        level=_LEVELS[row["level"]], code=row["code"], type=kind, parent=row["parent"], start=start, end=end,
        name=bare.lstrip("0") if bare.isdigit() else bare,
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
