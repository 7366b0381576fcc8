"""Pages and API: what they show, what they refuse, and that nothing stored can run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from archive.repository import Archive
from search.web import messages
from search.web.app import create_app
from tests.archive import build


@pytest.fixture(scope="module")
def client(shared: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(shared.home)) as opened:
        yield opened


def test_search_page_shows_hits_facets_and_highlights(client: TestClient) -> None:
    page = client.get("/", params={"q": "dan van"})
    assert page.status_code == 200
    assert "<mark>Dân</mark> <mark>vận</mark> khéo" in page.text
    assert "huyện Định Hóa (Thái Nguyên)" in page.text
    assert 'lang="vi"' in page.text


def test_language_follows_browser_and_address(client: TestClient) -> None:
    assert ">Search<" in client.get("/", headers={"accept-language": "en-US"}).text
    assert ">Tìm<" in client.get("/?lang=vi", headers={"accept-language": "en-US"}).text


@pytest.mark.parametrize("key", messages.MESSAGES)
def test_every_message_is_in_both_languages(key: str) -> None:
    assert all(messages.translate(key, language).strip() for language in messages.LANGUAGES)


def test_facet_link_narrows(client: TestClient) -> None:
    from search.service import Question
    from search.web.views import narrowed

    link = narrowed(Question(text="dân"), "commune", "c07645")
    page = client.get(link)
    assert "Xã An Lạc hiến đất" in page.text
    assert "Định Hóa: Khéo" not in page.text


def test_article_page_shows_text_mentions_and_provenance(client: TestClient) -> None:
    page = client.get("/articles/1", params={"q": "khéo"}).text
    for expected in (
        "<mark>khéo</mark>",
        "Hoàng Minh Khuê",
        "huyện Định Hóa",
        "danvan-1.warc.gz",
        "sha1:AAAA",
        "11:43, 10/07/2024",
    ):
        assert expected in page, expected


def test_unknown_article_is_404_and_bad_query_is_400_with_advice(client: TestClient) -> None:
    assert client.get("/articles/99").status_code == 404
    bad = client.get("/", params={"q": "zz:a"})
    assert bad.status_code == 400
    assert "zz" in bad.text
    assert client.get("/api/search", params={"q": "ngày:hômqua"}).json()["error"].startswith("query, column 6: date")
    assert client.get("/articles/99999999999999999999").status_code == 404


def test_api_gives_what_the_page_shows(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "dân vận", "locality": "An Lạc"}).json()
    assert (found["total"], found["hits"][0]["id"]) == (1, 2)
    article = client.get("/api/articles/2").json()
    assert article["versions"][0]["captures"][0]["warc_file"] == "danvan-1.warc.gz"
    assert len(client.get("/api/changes").json()["changes"]) == 4


def test_nothing_stored_can_run(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        url = "javascript:alert(1)"
        evil = "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;script&gt; dân"
        text = build.text(title=evil, body=evil, url=url)
        archive.save(build.entry(url), text, build.description((build.locality(evil),), (build.official(evil),)))
        with TestClient(create_app(archive.home)) as client:
            pages = [client.get(path) for path in ("/?q=d%C3%A2n", "/articles/1?q=d%C3%A2n")]
    for page in pages:
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert 'href="javascript' not in page.text
        assert "default-src 'self'" in page.headers["content-security-policy"]


def test_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive, TestClient(create_app(archive.home)) as client:
        assert "danvan crawl" in client.get("/").text
