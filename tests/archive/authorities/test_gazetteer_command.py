"""`danvan gazetteer`: import, look up, count, go back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.authorities import Authorities
from archive.command import run
from tests.archive.authorities.test_dated_list import LIST


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("DANVAN_HOME", str(folder))
    monkeypatch.delenv("DANVAN_DATABASE_URL", raising=False)
    assert run(["init"]) == 0
    return folder


@pytest.fixture
def units(tmp_path: Path) -> Path:
    file = tmp_path / "units.tsv"
    file.write_text(LIST, encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_import_is_used_by_everything_and_taken_back(
    home: Path, units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["gazetteer", "import", str(units), "--json"]) == 0
    counts = json.loads(said(capsys))
    assert counts["lines"] == 16
    assert counts["added"] == 2  # Phước Long of before 2009, and a commune no list has
    assert counts["file"] == str(home / "gazetteer.tsv.gz")
    assert Authorities.load().gazetteer.named("Yên Nghĩa Hạ", None)
    assert run(["gazetteer", "reset"]) == 0
    assert not Authorities.load().gazetteer.named("Yên Nghĩa Hạ", None)


def test_show_says_what_a_name_meant_and_what_it_is_today(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["gazetteer", "show", "Bắc Giang", "--on", "2025-06-30", "--json"]) == 0
    province = json.loads(said(capsys))[0]
    assert (province["id"], province["type"], province["valid_to"]) == ("p24", "tỉnh", "2025-07-01")
    assert [one["name"] for one in province["today"]] == ["tỉnh Bắc Ninh"]
    assert run(["gazetteer", "show", "Định Hoá"]) == 0
    assert "d167" in said(capsys)
    assert run(["gazetteer", "show", "Định Hoaaa"]) == 0
    [line] = said(capsys).splitlines()
    assert line.startswith("no unit is called 'Định Hoaaa'; nearest names: Định Hóa, ")


def shown(name: str, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    assert run(["gazetteer", "show", name, "--json", *options]) == 0
    return {row["id"]: row for row in json.loads(said(capsys))}


@pytest.mark.parametrize(
    ("name", "document"),
    [("Hà Tây", "Nghị quyết 15/2008/QH12"), ("Hoàng Liên Sơn", "Nghị quyết của Quốc hội khóa VIII, kỳ họp thứ 9"),
     ("xã Sơn Động", "Nghị quyết 1658/NQ-UBTVQH15"), ("huyện Định Hóa", "Luật 72/2025/QH15")],
)  # fmt: skip
def test_show_names_the_document(home: Path, name: str, document: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["gazetteer", "show", name]) == 0
    assert document in said(capsys)


@pytest.mark.parametrize(
    ("name", "id_", "shares"),
    [
        ("tỉnh Bắc Giang", "p24", {"Bắc Ninh": "full"}),
        ("xã Vĩnh An", "c07648", {"Sơn Động": "full"}),
        ("huyện Lý Sơn", "d536", {"khu Lý Sơn": "full"}),
        ("Hoàng Liên Sơn", "x-hoanglienson", {"Lào Cai": "full"}),
    ],
)
def test_show_says_how_much_went_where(
    home: Path, name: str, id_: str, shares: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    today = shown(name, capsys)[id_]["today"]
    assert {one["name"].split(" ", 1)[1]: one["share"] for one in today} == shares


def test_show_tells_parts_of_a_commune(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = Authorities.load().gazetteer
    split = next(u for u in known.units.values() if u.level == "commune" and len(u.successors) > 1)
    today = shown(split.id, capsys)[split.id]["today"]
    assert {one["share"] for one in today} == {"partial"}
    assert run(["gazetteer", "show", split.id]) == 0
    assert "một phần" in said(capsys).replace("\n", " ") or "phần)" in said(capsys)


def test_show_on_a_day_without_a_dated_list(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = shown("Tân Sơn", capsys, "--on", "2024-01-01")
    assert (rows["c13411"]["type"], rows["c13411"]["in"]) == ("xã", "huyện Kim Bảng, tỉnh Hà Nam")
    assert not rows["c13411"]["type_is_dated"]
    assert shown("Tân Sơn", capsys, "--on", "2025-02-01")["c13411"]["in"] == "thị xã Kim Bảng, tỉnh Hà Nam"
    assert shown("Nam Đông", capsys, "--on", "2024-01-01")["d483"]["in"] == "tỉnh Thừa Thiên Huế"


@pytest.mark.parametrize(
    ("day", "caveat"),
    [
        ("2005-01-01", "units that ended before are missing"),
        ("2023-01-01", "may stand twice"),
        ("2022-05-01", None),
        ("2025-03-01", None),
        ("2025-09-01", None),
    ],
)
def test_counts_of_a_day_without_a_list_say_so(
    home: Path, day: str, caveat: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["gazetteer", "counts", "--on", day]) == 0
    printed = said(capsys)
    assert (caveat in printed) if caveat else (len(printed.splitlines()) == 1)
    assert run(["gazetteer", "counts", "--on", day, "--json"]) == 0
    assert (json.loads(said(capsys))["caveat"] is None) is (caveat is None)


def test_counts_of_an_imported_list_have_no_caveat(home: Path, units: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gazetteer", "import", str(units)]) == 0
    capsys.readouterr()
    assert run(["gazetteer", "counts", "--on", "2005-01-01"]) == 0
    assert len(said(capsys).splitlines()) == 1
    assert run(["gazetteer", "counts", "--on", "2004-01-01"]) == 0
    assert "begins on 2004-08-31" in said(capsys)


@pytest.mark.parametrize(("day", "provinces"), [("2025-06-30", 63), ("2025-07-01", 34)])
def test_counts_of_a_day(home: Path, day: str, provinces: int, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["gazetteer", "counts", "--on", day, "--json"]) == 0
    assert json.loads(said(capsys))["province"] == provinces


def test_import_without_an_archive_names_the_folder(
    tmp_path: Path, units: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "nowhere"))
    assert run(["gazetteer", "import", str(units)]) == 2
    assert f"{tmp_path / 'nowhere'}: no archive here" in capsys.readouterr().err


def test_wrong_list_leaves_the_imported_one(home: Path, units: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gazetteer", "import", str(units)]) == 0
    before = (home / "gazetteer.tsv.gz").read_bytes()
    units.write_text("level\tcode\n", encoding="utf-8")
    assert run(["gazetteer", "import", str(units)]) == 2
    assert (home / "gazetteer.tsv.gz").read_bytes() == before
