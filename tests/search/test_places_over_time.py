"""A province's name before and after 1 July 2025: what was printed, and what it is today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.place_labels import as_printed_and_today
from archive.repository import Archive
from search import cli
from search.service import Question, SearchService
from search.web.views import page_json
from tests.archive import build
from tests.crawler.describe.articles import article, described

ARTICLES = (
    (date(2024, 5, 6), "Huyện Sơn Động, tỉnh Bắc Giang sơ kết phong trào “Dân vận khéo” ở xã An Lạc."),
    (date(2025, 10, 6), "Xã An Lạc, tỉnh Bắc Ninh vận động dân; cán bộ tỉnh Bắc Giang cũ vẫn về bản mỗi tuần."),
    (date(2025, 11, 6), "Tỉnh Bắc Ninh sơ kết công tác dân vận sau sáp nhập."),
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Three articles of one portal, described as a crawl does; numbered 1 to 3."""
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path))
    with build.new_archive(tmp_path) as opened:
        for number, (day, body) in enumerate(ARTICLES, start=1):
            text = article(body, title=f"Bài {number}", day=day)
            opened.save(build.entry(f"https://mau.test/{number}.html"), text, described(body, "Bắc Giang", day=day))
        yield opened


def lines(archive: Archive, question: Question) -> dict[int, list[str]]:
    found = SearchService(archive).search(question)
    return {hit.article.id: [as_printed_and_today(p) for p in hit.article.description.localities] for hit in found.hits}


def test_name_finds_both_times_and_shows_units_as_printed_and_today(archive: Archive) -> None:
    found = lines(archive, Question(text='"Bắc Giang"'))
    assert sorted(found) == [1, 2]
    assert "tỉnh Bắc Giang → nay tỉnh Bắc Ninh" in found[1]
    assert "xã An Lạc → nay xã An Lạc (Bắc Ninh)" in found[1]
    assert any(line.startswith("huyện Sơn Động → nay ") and "xã An Lạc (Bắc Ninh)" in line for line in found[1])
    assert {"xã An Lạc", "tỉnh Bắc Ninh", "tỉnh Bắc Giang → nay tỉnh Bắc Ninh"} <= set(found[2])


@pytest.mark.parametrize(
    ("locality", "days", "articles"),
    [
        ("tỉnh Bắc Giang", {}, {1, 2}),
        ("tỉnh Bắc Giang", {"last_day": "2025-06-30"}, {1}),
        ("tỉnh Bắc Giang", {"first_day": "2025-07-01"}, {2}),
        ("tỉnh Bắc Ninh", {}, {1, 2, 3}),
        ("tỉnh Bắc Ninh", {"last_day": "2025-06-30"}, {1}),
    ],
)
def test_place_filter_takes_the_unit_of_then_and_its_heir(
    archive: Archive, locality: str, days: dict[str, str], articles: set[int]
) -> None:
    assert set(lines(archive, Question(localities=(locality,), **days))) == articles


def test_command_and_api_say_what_a_place_is_today(archive: Archive) -> None:
    said = CliRunner().invoke(cli.search, ['"Bắc Giang"', "--to", "2025-06-30"]).output
    assert "tỉnh Bắc Giang → nay tỉnh Bắc Ninh" in said
    found = page_json(SearchService(archive).search(Question(text='"Bắc Giang"', last_day="2025-06-30")))
    [province] = [place for place in found["hits"][0]["places"] if place["name"] == "Bắc Giang"]
    assert (province["cited_as"], province["today"][0]["name"]) == ("tỉnh Bắc Giang", "Bắc Ninh")


def test_unit_that_did_not_change_has_no_today_of_its_own() -> None:
    said = described("Tỉnh Cao Bằng họp.", "Cao Bằng", day=date(2024, 1, 1))
    assert [as_printed_and_today(place) for place in said.localities] == ["tỉnh Cao Bằng"]
