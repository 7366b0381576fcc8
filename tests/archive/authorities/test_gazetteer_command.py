"""`danvan gazetteer`: import, look up, count, go back."""

from __future__ import annotations

import json
from pathlib import Path

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
    assert run(["gazetteer", "show", "Không Có Đâu"]) == 0
    assert "no unit is called" in said(capsys)


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
