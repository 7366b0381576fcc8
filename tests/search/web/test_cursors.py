"""Pages by cursor: complete, without repeats, and still when articles are added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from archive.repository import Archive
from search.web.api import cursors
from search.web.app import create_app
from tests.archive import build
from tests.archive.places import saved


def add(archive: Archive, numbers: range) -> None:
    for number in numbers:
        day = date(2024, 1, 1) + timedelta(days=number * 7 % 50)
        saved.save(archive, number, day, saved.BODY + f" Bài {number}.", "Bí thư Huyện ủy Định Hóa", 12)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        add(opened, range(1, 24))
        yield opened


def walk(client: TestClient, path: str, key: str, **query: Any) -> Iterator[list[dict[str, Any]]]:
    cursor = ""
    while cursor is not None:
        answer = client.get(path, params=query | {"cursor": cursor}).json()
        yield answer[key]
        cursor = answer["next"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "locality"])
def test_hits_come_once_each_though_articles_are_added_meanwhile(archive: Archive, sort: str) -> None:
    with TestClient(create_app(archive.home)) as client:
        pages = walk(client, "/api/search", "hits", q="mô hình", sort=sort, size=5)
        seen = [hit["id"] for hit in next(pages)]
        add(archive, range(24, 40))
        ranks = [hit["rank"] for page in pages for hit in page if not seen.append(hit["id"])]  # type: ignore[func-returns-value]
    assert (len(seen), set(seen)) == (23, set(range(1, 24)))
    assert ranks == list(range(6, 24))


def test_first_page_counts_and_facets_later_ones_count_what_there_was(archive: Archive) -> None:
    with TestClient(create_app(archive.home)) as client:
        first = client.get("/api/search", params={"q": "mô hình", "size": 20}).json()
        second = client.get("/api/search", params={"q": "mô hình", "size": 20, "cursor": first["next"]}).json()
    assert (first["total"], second["total"], second["next"]) == (23, 23, None)
    assert first["facets"]["portal"] == [{"value": "mau", "label": "Báo Mẫu", "count": 23}]
    assert second["facets"] == {}


def test_figures_and_officials_walk_to_their_end(archive: Archive) -> None:
    with TestClient(create_app(archive.home)) as client:
        figures = [one for page in walk(client, "/api/localities/d167/figures", "figures", size=4) for one in page]
        officials = [one for page in walk(client, "/api/officials", "officials", size=1) for one in page]
        posts = [one for page in walk(client, "/api/localities/d167/officials", "officials", size=1) for one in page]
    assert len({one["id"] for one in figures}) == 23
    assert [one["day"] for one in figures] == sorted((one["day"] for one in figures), reverse=True)
    assert [one["name"] for one in officials] == [one["name"] for one in posts] == ["Ma Thị Hạnh"]


CURSORS = (
    "x", "!!!", "e30", "eyJhZnRlciI6LTF9", "eyJhZnRlciI6MSwieCI6MX0", "A" * 399, "ế", "\x00",
    cursors.written(cursors.ById(after=2**64 - 1)),
)  # fmt: skip


def test_cursor_that_is_none_is_400(archive: Archive) -> None:
    with TestClient(create_app(archive.home)) as client:
        answers = [
            client.get(path, params={"cursor": cursor})
            for path in ("/api/search", "/api/officials")
            for cursor in CURSORS
        ]
    assert [answer.status_code for answer in answers] == [400] * 2 * len(CURSORS)
    assert all("none of ours" in answer.json()["error"] for answer in answers)
    assert all("không phải của kho này" in answer.json()["error_vi"] for answer in answers)


def test_result_without_the_last_article_goes_on_by_count() -> None:
    position = cursors.InHits(after=3, newest=9, seen=2)
    assert cursors.start([5, 8, 3, 1], position) == 3
    assert cursors.start([5, 8, 1], position) == 2
