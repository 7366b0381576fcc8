"""What all pages and end points share: answers, refusals, language, headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from archive.repository import Archive
from search.web.app import create_app
from tests.archive import build
from tests.search.web import pages


@pytest.fixture(scope="module")
def client(shared: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(shared.home)) as opened:
        yield opened


def test_language_follows_browser_and_address(client: TestClient) -> None:
    assert ">Search<" in client.get("/", headers={"accept-language": "en-US"}).text
    assert ">Tìm<" in client.get("/?lang=vi", headers={"accept-language": "en-US"}).text
    assert client.get("/").headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/articles/99", "/articles/0", "/articles/x", "/articles/99999999999999999999",
                                  "/officials/99", "/localities/zz", "/portals/zz", "/zz"])  # fmt: skip
def test_what_is_not_there_is_404_as_page_and_as_json(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"accept-language": "en"})
    assert (page.status_code, "No such page" in page.text) == (404, True)
    answer = client.get(f"/api{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "zz:a"}, "zz"),
        ({"q": "ngày:hômqua"}, "date"),
        ({"q": "dân", "sort": "size"}, "sort: input should be"),
        ({"from": "32/1/2024"}, "calendar"),
        ({"from": "2024", "to": "2023"}, "swap"),
        ({"locality": "x" * 201}, "locality"),
    ],
    ids=["field", "date", "sort", "day", "order", "length"],
)
def test_wrong_questions_are_400_with_what_to_write(client: TestClient, query: dict[str, str], said: str) -> None:
    page, answer = client.get("/", params=query), client.get("/api/search", params=query)
    assert (page.status_code, answer.status_code) == (400, 400)
    assert 'role="alert"' in page.text
    assert said in answer.json()["error"]


def test_the_wrong_query_stays_in_the_box(client: TestClient) -> None:
    assert 'value="zz:a &lt;b&gt;"' in client.get("/", params={"q": "zz:a <b>"}).text


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/zz", "/api/search", "/static/danvan.css", "/static/danvan.js"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe" not in headers["content-security-policy"]


def test_archive_that_went_away_is_503(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive, TestClient(create_app(archive.home)) as client:
        archive.close()
        client.app.state.archive.close()  # type: ignore[attr-defined]
        (archive.home.folder / "archive.db").write_bytes(b"no database" * 1000)
        page, answer = client.get("/portals"), client.get("/api/portals")
    assert (page.status_code, answer.status_code) == (503, 503)
    assert "damaged" in answer.json()["error"]
    assert pages.faults(page.text) == []


def test_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive, TestClient(create_app(archive.home)) as client:
        assert "danvan crawl" in client.get("/").text
        for path in ("/officials", "/localities", "/portals", "/portals/mau", "/coverage", "/localities/d167"):
            page = client.get(path)
            assert page.status_code == 200, path
            assert pages.faults(page.text) == []
