"""What attachments say is searched, weighs less than the article, and is shown as theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from archive.attachments.records import AttachedFile, AttachmentText
from archive.repository import Archive
from search.service import Question, SearchPage, SearchService
from search.web.app import create_app
from search.web.views import hit_json
from tests.archive import build
from tests.search.conftest import filled

PLAN = "https://mau.test/ke-hoach.pdf"
TEXT = "Kế hoạch trồng chè hữu cơ ở Đồng Ghềnh.\n\nTrang hai nói về má lúa."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Four articles, of which the first attaches a plan."""
    with filled(tmp_path) as opened:
        entry = build.entry("https://mau.test/1.html", build.NOON + timedelta(hours=1))
        article = opened.articles([1])[0]
        file = AttachedFile(url=PLAN, role="document", label="Kế hoạch số 12")
        opened.save(entry, article.text, article.description, [file])
        read = AttachmentText(media_type="application/pdf", text=TEXT, pages=2, method="pdfium")
        opened.attachments.save(build.entry(PLAN), 999, read)
        yield opened


def search(archive: Archive, text: str) -> SearchPage:
    return SearchService(archive).search(Question(text=text))


@pytest.mark.parametrize("words", ['"chè hữu cơ"', "che huu co", '"Định Hóa" AND "Đồng Ghềnh"', "lúa KT-XH OR Ghềnh"])
def test_words_of_a_file_find_its_article(archive: Archive, words: str) -> None:
    assert 1 in [hit.article.id for hit in search(archive, words).hits]


def test_hit_says_which_file_and_shows_the_stretch_of_it(archive: Archive) -> None:
    [hit] = search(archive, '"chè hữu cơ"').hits
    assert hit.attachment is not None
    assert hit.attachment.url == PLAN
    assert [part.text for part in hit.snippet if part.is_hit] == ["chè hữu cơ"]
    assert hit_json(hit)["attachment"] == {"url": PLAN, "label": "Kế hoạch số 12"}


def test_hit_of_the_article_itself_is_shown_from_its_text(archive: Archive) -> None:
    [hit] = search(archive, "tổng kết").hits
    assert hit.attachment is None
    assert hit_json(hit)["attachment"] is None


def test_article_about_it_comes_before_one_whose_file_names_it(archive: Archive) -> None:
    assert [hit.article.id for hit in search(archive, '"má lúa"').hits] == [4, 1]


def test_title_alone_is_the_articles_title(archive: Archive) -> None:
    assert [hit.article.id for hit in search(archive, 'title:"chè"').hits] == [4]


def test_file_that_is_gone_from_the_page_is_not_searched_any_more(archive: Archive) -> None:
    assert search(archive, '"chè hữu cơ"').total == 1
    article = archive.articles([1])[0]
    entry = build.entry("https://mau.test/1.html", build.NOON + timedelta(days=1))
    archive.save(entry, article.text, article.description, [])
    assert search(archive, '"chè hữu cơ"').total == 0


def test_pages_name_the_file(archive: Archive) -> None:
    search(archive, "chè")
    with TestClient(create_app(archive.home)) as client:
        hits = client.get("/", params={"q": '"chè hữu cơ"', "lang": "vi"}).text
        article = client.get("/articles/1", params={"lang": "en"}).text
    assert "trong tệp đính kèm Kế hoạch số 12:" in hits
    assert f'<a class="outside" href="{PLAN}" rel="noreferrer nofollow">Kế hoạch số 12</a>' in article
    assert "application/pdf, 2 pages; Captured 10 Jul 2024" in article
