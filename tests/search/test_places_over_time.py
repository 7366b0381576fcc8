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
from search.query.places import Mode
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


BEFORE, AFTER = {"last_day": "2025-06-30"}, {"first_day": "2025-07-01"}


@pytest.mark.parametrize(
    ("locality", "places", "days", "articles"),
    [
        # As it was and what lay in it: an article of before the merger lies in Bắc Giang alone.
        ("tỉnh Bắc Giang", "inside", {}, {1, 2}),
        ("tỉnh Bắc Giang", "inside", BEFORE, {1}),
        ("tỉnh Bắc Giang", "inside", AFTER, {2}),
        ("tỉnh Bắc Ninh", "inside", {}, {2, 3}),
        ("tỉnh Bắc Ninh", "inside", BEFORE, set()),
        ("huyện Sơn Động", "inside", {}, {1}),
        ("xã An Lạc, Sơn Động", "inside", {}, {1}),
        ("xã An Lạc, Bắc Ninh", "inside", {}, {2}),
        ("xã An Lạc", "inside", {}, {1, 2}),
        # The unit alone, not what lies in it.
        ("tỉnh Bắc Ninh", "as_was", {}, {2, 3}),
        ("huyện Sơn Động", "as_was", {}, {1}),
        ("today=n24", "inside", {}, {1, 2, 3}),
        ("before=p24", "inside", {}, {1, 2}),
        # With what it came from and became.
        ("tỉnh Bắc Ninh", "lineage", {}, {1, 2, 3}),
        ("tỉnh Bắc Giang", "lineage", AFTER, {2, 3}),
        ("xã An Lạc, Sơn Động", "lineage", {}, {1, 2}),
        ("xã An Lạc, Bắc Ninh", "lineage", {}, {1, 2}),
        ("huyện Sơn Động", "lineage", {}, {1, 2}),
    ],
)
def test_place_reaches_as_far_as_its_mode_says(
    archive: Archive, locality: str, places: Mode, days: dict[str, str], articles: set[int]
) -> None:
    assert set(lines(archive, Question(localities=(locality,), places=places, **days))) == articles


def test_command_and_api_say_what_a_place_is_today(archive: Archive) -> None:
    said = CliRunner().invoke(cli.search, ['"Bắc Giang"', "--to", "2025-06-30"]).output
    assert "tỉnh Bắc Giang → nay tỉnh Bắc Ninh" in said
    found = page_json(SearchService(archive).search(Question(text='"Bắc Giang"', last_day="2025-06-30")))
    [province] = [place for place in found["hits"][0]["places"] if place["name"] == "Bắc Giang"]
    assert (province["cited_as"], province["today"][0]["name"]) == ("tỉnh Bắc Giang", "Bắc Ninh")


def test_unit_that_did_not_change_has_no_today_of_its_own() -> None:
    said = described("Tỉnh Cao Bằng họp.", "Cao Bằng", day=date(2024, 1, 1))
    assert [as_printed_and_today(place) for place in said.localities] == ["tỉnh Cao Bằng"]
