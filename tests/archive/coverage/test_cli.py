"""`danvan coverage`: tables, JSON and CSV of the same counts; wrong input in one line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from archive.command import run
from archive.coverage.shown import COLUMNS
from archive.repository import Archive
from archive.settings import current_home
from tests.archive import build
from tests.archive.coverage.addresses import AUGUST, STATES, crawl, put


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.create(current_home())[0] as opened:
        opened.store_portals([build.PORTAL])
        yield opened


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for number, state in enumerate(STATES):
        put(archive, number, state, day=date(2025, 7, 31))
    put(archive, 99, "archived", day=date(2025, 7, 1), is_listed=False)
    crawl(archive, AUGUST + timedelta(days=2), "failed", "=SUM(1) đường dẫn hỏng")
    crawl(archive, AUGUST + timedelta(days=20))
    return archive


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["coverage", *arguments]) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err


def test_json_holds_counts_reasons_and_gaps(filled: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    [one] = json.loads(printed(capsys, "mau", "--to", "2025-08", "--json"))
    assert (one["portal"], one["name"], one["condition"]) == ("mau", "Báo Mẫu", "alive")
    july, august = one["months"]
    assert (july["seen"], july["archived"], july["missing"]) == (len(STATES), 2, 4)
    assert july["failed"] == {"HTTP 404": 1, "HTTP 503": 1, "next to nothing": 1}
    assert july["unlisted"]["archived"] == 1
    assert august["failed_crawls"] == 1
    assert august["gaps"][0]["words"] == (
        "no successful crawl from 2025-08-10 to 2025-08-30 (1 failed: =SUM(1) đường dẫn hỏng)"
    )


def test_csv_has_a_row_a_month_and_no_formulas(filled: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "--csv", "--from", "2025-07", "--to", "2025-08"))))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["portal"], row["month"], row["seen"]) for row in rows] == [
        ("mau", "2025-07", str(len(STATES))),
        ("mau", "2025-08", "0"),
    ]
    assert rows[0]["unlisted_archived"] == "1"
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_table_names_reasons_and_gaps(filled: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys)
    assert max(map(len, said.split("\nmau ")[0].splitlines())) <= 80
    assert "off topic" in said
    assert "Báo Mẫu (mau), crawled 2025-08-10 to 2025-08-30, alive" in said
    assert "mau 2025-07: 1 rejected: list; 1 failed: HTTP 404" in said
    assert "mau: no successful crawl from 2025-08-10 to 2025-08-30 (1 failed" in said


def test_empty_archive_says_so(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys).startswith("nothing yet")
    assert printed(capsys, "--json") == "[]\n"
    assert printed(capsys, "mau").startswith("nothing yet")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["khong-co"], "khong-co: no such portal in the archive"),
        (["--from", "2025-13"], "'2025-13' is no month"),
        (["--from", "tháng 8"], "'tháng 8' is no month"),
        (["--from", "2025-09", "--to", "2025-08"], "the first month is after the last"),
        (["--json", "--csv"], "not both"),
    ],
)
def test_wrong_input_is_one_line(
    archive: Archive, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert said in printed(capsys, *arguments, code=2)
