"""`danvan search` in a terminal: what it understood, what it could not read, and where."""

from __future__ import annotations

import json
import unicodedata

import pytest

from archive.command import run
from archive.repository import Archive
from search.cli import question_of


@pytest.fixture
def home(shared: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(shared.home.folder))


@pytest.mark.usefixtures("home")
def test_what_was_understood_stands_above_the_hits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", 'DVK nơi:"huyện Định Hóa"']) == 0
    printed = capsys.readouterr().out
    assert "1 hit\n" in printed
    assert "also written: DVK = dân vận khéo (only as typed: --abbreviations off)" in printed
    assert "huyện Định Hóa (Thái Nguyên) [–2025]" in printed
    assert "--places lineage" in printed


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_cannot_be_read_is_pointed_at(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert run(["search", unicodedata.normalize(form, "dân vận NOT NOT xã")]) == 2  # type: ignore[arg-type]
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "danvan: query, column 13: NOT twice; leave both out, or one"
    assert said[1:] == ["  dân vận NOT NOT xã", " " * 14 + "^^^"]


@pytest.mark.usefixtures("home")
def test_place_in_a_long_query_stays_in_sight(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "dân " * 50 + "zz:x"]) == 2
    _, shown, carets = capsys.readouterr().err.splitlines()
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "zz:x"
    assert len(shown) <= 74


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (["DVK"], 1),
        (["DVK", "--abbreviations", "off"], 0),
        (["--locality", "thái nguyên", "--places", "as-was"], 1),
        (["--locality", "thái nguyên"], 3),
        (["dân", "nơi:An Lạc"], 1),
        (["dân", "vận khéo"], 1),
        (["cán bộ:khuê", "(chè OR hóa)"], 2),
    ],
)
def test_options_reach_the_question(capsys: pytest.CaptureFixture[str], arguments: list[str], total: int) -> None:
    assert run(["search", "--json", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == total
    assert all(line["text"] and line["text_vi"] for line in found["understood"])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("dân vận",), "dân vận"),
        (("dân vận", "xã"), '"dân vận" xã'),
        (("dân", "nơi:Định Hóa"), 'dân nơi:"Định Hóa"'),
        (("dân", 'tiêu đề:"hiến đất"'), 'dân tiêu đề:"hiến đất"'),
        (("dân", "(a OR b)"), "dân (a OR b)"),
    ],
)
def test_quotes_that_the_shell_took_off_are_put_back(arguments: tuple[str, ...], text: str) -> None:
    assert question_of(arguments, {}).text == text
