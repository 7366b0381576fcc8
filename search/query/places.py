"""Names of places as a reader types them → units of all times, and what a filter on them means.

>>> from archive.authorities import Gazetteer
>>> known = Gazetteer.load()
>>> [unit.id for name in ("xã An Lạc, Sơn Động", "son dong bac giang") for unit in units_named(name, known)]
['c07645', 'd220']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from archive.authorities import Gazetteer, Unit
from archive.authorities.lookup import find_units, nearest_names
from archive.authorities.units import REFORM
from archive.errors import QueryError
from archive.records import Level
from search.documents import place_terms
from search.engines import tree
from search.query.fields import in_vietnamese

# as_was: exactly this unit; inside: it and what lay in it on an article's day; lineage: also what it came from and
# became, and what lies in these.
Mode = Literal["as_was", "inside", "lineage"]
MODES: tuple[Mode, ...] = ("as_was", "inside", "lineage")
_SEPARATOR = re.compile(r"\s*[,;()]\s*")
# "xã An Lạc huyện Sơn Động tỉnh Bắc Giang" has nine words.
_MOST_WORDS = 12
# What facets of provinces narrow to: all articles whose places lie in it today, or lay in it before July 2025.
TODAY, BEFORE = "today=", "before="


def units_named(text: str, known: Gazetteer, level: Level | None = None) -> list[Unit]:
    """The units of any time that a name means: `id=d167`, `Định Hóa`, `xã An Lạc, Sơn Động`, `xa an lac son dong`."""
    if text.lower().startswith("id="):
        return [_by_id(text.lower().removeprefix("id="), known)]
    head, *around = [part for part in _SEPARATOR.split(text) if part] or [text]
    found = _inside(_of_level(head, known, level), around, known)
    words = head.split()
    for count in range(min(len(words), _MOST_WORDS) - 1, 0, -1):
        if found:
            break
        named = _of_level(" ".join(words[:count]), known, level)
        found = _inside(named, [" ".join(words[count:]), *around], known)
    return found


def filter_on(units: Iterable[Unit], mode: Mode, known: Gazetteer) -> tree.Keys:
    """What the engine is asked for some units in a mode."""
    ids = [unit.id for unit in units]
    if mode == "as_was":
        return tree.Keys("unit", tuple(ids))
    if mode == "lineage":
        ids = [id_ for one in ids for id_ in lineage(one, known)]
    return tree.Keys("within", tuple(dict.fromkeys(ids)))


def lineage(id_: str, known: Gazetteer) -> list[str]:
    """A unit, what it came from and what became of it, each through all steps; no siblings."""
    after, before = [id_], [id_]
    for one in after:
        after += [unit.id for unit, _ in known.successors(known.units[one]) if unit.id not in after]
    for one in before:
        before += [unit.id for unit in known.predecessors(known.units[one]) if unit.id not in before]
    return [*after, *before[1:]]


def key_filter(text: str) -> tree.Keys:
    """Villages, and whatever else no list has, by their name."""
    return tree.Keys("place", (place_terms(text),))


def unknown_place(text: str, known: Gazetteer, level: Level | None) -> QueryError:
    """The error for a name that no unit and no village has, with names that look like it."""
    # A pasted paragraph is no name; comparing it with all names would take long.
    near = nearest_names(known, text[:60])
    hint, hint_vi = (f"; {said} {', '.join(near)}?" if near else "" for said in ("did you mean", "có phải ý bạn là"))
    kind = {"province": "province", "district": "district", "commune": "commune"}.get(level or "", "place")
    return QueryError(
        f"{kind} {text[:60]!r}: no unit of any time and no village of the archive has this name{hint}",
        vi=f"{in_vietnamese(kind)} {text[:60]!r}: xưa nay không có đơn vị nào, trong kho cũng không có thôn bản nào "
        f"mang tên này{hint_vi}",
    )


def province_by_id(text: str, known: Gazetteer) -> Unit:
    """The province of `today=n24`, one of today's 34, or of `before=p24`, one of the 63 of before July 2025."""
    unit = _by_id(text.partition("=")[2], known)
    is_today = text.startswith(TODAY)
    if unit.level != "province" or not (unit.is_of_today if is_today else unit.valid_to == REFORM):
        kind = "one of today's 34 provinces: today=n24" if is_today else "one of the 63 of before July 2025: before=p24"
        kind_vi = "34 tỉnh, thành phố nay: today=n24" if is_today else "63 tỉnh, thành phố trước 7/2025: before=p24"
        raise QueryError(
            f"place {text[:40]!r}: {unit.type} {unit.name} is not {kind}; id={unit.id} is the unit itself",
            vi=f"nơi {text[:40]!r}: {unit.type} {unit.name} không thuộc {kind_vi}; chính đơn vị này là id={unit.id}",
        )
    return unit


def _by_id(id_: str, known: Gazetteer) -> Unit:
    if id_ not in known.units:
        raise QueryError(
            f"unit {id_[:20]!r}: not in the gazetteer; ids look like n19, p19, d167, c05698",
            vi=f"đơn vị {id_[:20]!r}: không có trong danh mục; mã có dạng n19, p19, d167, c05698",
        )
    return known.units[id_]


def _of_level(name: str, known: Gazetteer, level: Level | None) -> list[Unit]:
    return [unit for unit in find_units(known, name) if level is None or unit.level == level]


def _inside(units: list[Unit], around: list[str], known: Gazetteer) -> list[Unit]:
    """Those of some units that lay in units of all these names; if none did, those that do by what became of either:
    "huyện Sơn Động, Bắc Ninh", "huyện Ba Vì, Hà Tây"."""
    for name in around if units else ():
        named = units_named(name, known)
        ids = {unit.id for unit in named}
        lay = [unit for unit in units if not ids.isdisjoint(_around(unit, known))]
        heirs = ids | {unit.id for one in named for unit, _ in known.successors(one)}
        units = lay or [
            unit for unit in units if not heirs.isdisjoint(_around(unit, known) | _around_heirs(unit, known))
        ]
    return units


def _around(unit: Unit, known: Gazetteer) -> set[str]:
    """The ids of all units it ever lay in."""
    found: set[str] = set()
    queue = list(unit.parents)
    while queue:
        id_ = queue.pop()
        if id_ not in found and id_ in known.units:
            found.add(id_)
            queue += known.units[id_].parents
    return found


def _around_heirs(unit: Unit, known: Gazetteer) -> set[str]:
    return {id_ for ref in known.today(unit) for id_ in _around(known.units[ref.id], known)}
