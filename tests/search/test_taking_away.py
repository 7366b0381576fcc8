"""`danvan export | contexts | trend | figures` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.errors import DanVanError
from archive.repository import Archive
from search.reading.cli import contexts, figures, trend
from search.taking_away import FORMS
from search.taking_cli import FORM_NAMES, export
from tests.archive import build


def _run(home: Path, command: click.Command, *arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments, env={"DANVAN_HOME": str(home), "DANVAN_DATABASE_URL": ""})
    if result.exception and not isinstance(result.exception, (DanVanError, SystemExit)):
        raise result.exception
    return result


@pytest.fixture
def home(shared: Archive) -> Path:
    return shared.home.folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    with build.new_archive(tmp_path) as archive:
        return archive.home.folder


def test_every_form_is_offered() -> None:
    assert tuple(FORMS) == FORM_NAMES


@pytest.mark.parametrize("form", FORM_NAMES)
def test_form_of_a_search_goes_to_a_file_and_of_nothing_too(home: Path, empty: Path, tmp_path: Path, form: str) -> None:
    for folder, said in ((home, "1 "), (empty, "0 ")):
        file = tmp_path / f"{said.strip()}.out"
        result = _run(folder, export, "--format", form, "--output", str(file), '"dân vận khéo"')
        assert result.output.startswith(said), result.output
        assert file.exists()
    assert (tmp_path / "1.out").stat().st_size > (tmp_path / "0.out").stat().st_size


def test_csv_for_excel_begins_with_a_mark(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "hits.csv"
    _run(home, export, "--format", "csv", "--excel", "--output", str(file), "dân")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert {row["id"] for row in rows} == {"1", "2"}


def test_methods_go_to_a_file_of_their_own(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    asked = unicodedata.normalize("NFD", "dân vận")
    _run(home, export, "--format", "references", "--methods", str(note), asked, "--from", "2023")
    said = note.read_text(encoding="utf-8")
    assert "Query as typed: " in said
    assert "Filter: from = 2023" in said


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        (export, ("--output", "/proc/none/x.csv"), "cannot be written"),
        (export, ("--methods", "/proc/none/x.txt", "dân"), "cannot be written"),
        (
            export,
            (
                "--from",
                "31/2/2024",
            ),
            "not in the calendar",
        ),
        (contexts, ("zz:dân",), "zz"),
        (trend, ("ngày:hômqua",), "hômqua"),
        (figures, ("--to", "mai"), "mai"),
    ],
)
def test_wrong_use_is_one_line(home: Path, command: click.Command, arguments: tuple[str, ...], said: str) -> None:
    error = str(_run(home, command, *arguments).exception)
    assert said in error
    assert "\n" not in error


def test_contexts_line_up_on_the_word(home: Path) -> None:
    lines = _run(home, contexts, '"dân vận"').output.splitlines()
    assert lines[-1] == "2 of 2 contexts in 2 articles"
    assert len({line.lower().index("dân vận") for line in lines[:-1]}) == 1


def test_contexts_as_json_have_offsets(home: Path) -> None:
    said = json.loads(_run(home, contexts, '"dân vận"', "--json", "--order", "left").output)
    assert said["lines_found"] == 2
    assert {line["hit"] for line in said["lines"]} == {"Dân vận", "dân vận"}


def test_trend_draws_counts_and_prints_rows(home: Path) -> None:
    drawn = _run(home, trend, "dân", "--per", "count").output
    assert "dân: 2 articles; articles" in drawn
    assert "█" in drawn
    rows = list(csv.DictReader(io.StringIO(_run(home, trend, "dân", "--csv").output)))
    assert [(row["period"], row["articles"]) for row in rows if row["articles"] != "0"] == [
        ("2023", "1"),
        ("2024", "1"),
    ]


def test_figures_show_their_sentence(home: Path) -> None:
    said = _run(home, figures, "--what", "mô hình", "--locality", "id=d167").output
    assert "Định Hóa: mô hình" in said
    assert said.splitlines()[-1] == "1 figures in 1 articles"


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        (contexts, ("dân",), "0 of 0 contexts in 0 articles"),
        (trend, ("dân",), "dân: 0 articles"),
        (figures, (), "0 figures in 0 articles"),
    ],
)
def test_empty_archive_is_an_answer(empty: Path, command: click.Command, arguments: tuple[str, ...], said: str) -> None:
    result = _run(empty, command, *arguments)
    assert said in result.output
    assert result.exit_code == 0
