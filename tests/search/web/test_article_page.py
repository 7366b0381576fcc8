"""An article's page: its text and evidence, its proof, how it is cited, its versions, what reference managers read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from fastapi.testclient import TestClient
from lxml import html

from archive.repository import Archive
from search.web.app import create_app
from tests.archive import build
from tests.search.web import pages

PWID = "urn:pwid:danvan:2024-07-10T05:00:00Z:part:https://mau.test/1.html"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with build.new_archive(tmp_path_factory.mktemp("article")) as archive:
        fill(archive)
        with TestClient(create_app(archive.home)) as opened:
            yield opened


def fill(archive: Archive) -> None:
    """An article that was changed, and one that was not."""
    later = build.NOON + timedelta(days=3)
    body = "Sapo của bài.\n\nHuyện Định Hóa có 12 mô hình dân vận khéo."
    archive.save(build.entry(), build.text(body=body), build.description())
    archive.save(build.entry(at=later), build.text(body=body.replace("12 mô hình", "15 mô hình")), build.description())
    other = "https://mau.test/2.html"
    archive.save(build.entry(other), build.text(url=other), build.description())


def meta(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in html.document_fromstring(page).xpath("//meta[starts-with(@name, 'citation_')]"):
        found.setdefault(tag.get("name"), []).append(tag.get("content"))
    return found


def test_text_mentions_evidence_and_provenance_are_shown(client: TestClient) -> None:
    page = client.get("/articles/1", params={"q": "khéo"}).text
    for expected in ("<mark>khéo</mark>", "Hoàng Minh Khuê", "huyện Định Hóa", "danvan-1.warc.gz", "sha1:AAAA",
                     "11:43, 10/07/2024", PWID, 'href="/officials/1"', 'href="/localities/n1"', "nay"):  # fmt: skip
        assert expected in page, expected


def test_evidence_leads_to_its_paragraph(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/articles/1").text)
    [first] = tree.xpath("//p[@id='p1']")
    assert first.text_content() == "Sapo của bài."
    assert "15 mô hình" in tree.xpath("//p[@id='p2']")[0].text_content()
    assert {link.get("href") for link in tree.xpath("//a[@class='place']")} <= {"#title", "#p1", "#p2", "#c1"}


def test_reference_managers_read_the_tags_listed_in_the_readme(client: TestClient) -> None:
    found = meta(client.get("/articles/2").text)
    assert found == {
        "citation_title": ["Định Hóa: Khéo vận động, dân đồng lòng"],
        "citation_journal_title": ["Báo Mẫu"],
        "citation_author": ["Ngọc Trâm"],
        "citation_publication_date": ["2024/07/10"],
        "citation_online_date": ["2024/07/10"],
        "citation_language": ["vi"],
        "citation_keywords": ["dân vận"],
        "citation_public_url": ["https://mau.test/2.html"],
        "citation_id": [PWID.replace("1.html", "2.html")],
    }
    readme = (Path(__file__).parents[3] / "search" / "README.md").read_text(encoding="utf-8")
    assert [name for name in found if f"`{name}`" not in readme] == []


def test_news_article_has_its_fields(client: TestClient) -> None:
    block = pages.data_block(client.get("/articles/2").text)
    assert block == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Định Hóa: Khéo vận động, dân đồng lòng",
        "description": "Huyện Định Hóa có 12 mô hình dân vận khéo.",
        "inLanguage": "vi",
        "datePublished": "2024-07-10T11:43:00+07:00",
        "author": [{"@type": "Person", "name": "Ngọc Trâm"}],
        "publisher": {"@type": "Organization", "name": "Báo Mẫu"},
        "url": "https://mau.test/2.html",
        "identifier": PWID.replace("1.html", "2.html"),
        "keywords": ["dân vận"],
        "contentLocation": {"@type": "Place", "name": "huyện Định Hóa"},
        "mentions": [{"@type": "Person", "name": "Hoàng Minh Khuê"}],
        "archivedAt": PWID.replace("1.html", "2.html"),
    }
    readme = (Path(__file__).parents[3] / "search" / "README.md").read_text(encoding="utf-8")
    assert [name for name in block if not name.startswith("@") and f"`{name}`" not in readme] == []


def test_coins_span_holds_an_openurl(client: TestClient) -> None:
    [span] = html.document_fromstring(client.get("/articles/2").text).xpath("//span[@class='Z3988']")
    found = parse_qs(span.get("title"))
    assert found["rft.atitle"] == ["Định Hóa: Khéo vận động, dân đồng lòng"]
    assert found["rft_id"] == ["https://mau.test/2.html", PWID.replace("1.html", "2.html")]
    assert (found["rft.date"], found["rft.au"]) == (["2024-07-10"], ["Ngọc Trâm"])


def test_what_the_page_does_not_say_is_left_out(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        text = replace(build.text(day=None), title=None, authors=(), tags=(), language=None, sapo=None)
        archive.save(build.entry(), text, build.description((), ()))
        with TestClient(create_app(archive.home)) as client:
            page = client.get("/articles/1").text
    assert set(meta(page)) == {"citation_journal_title", "citation_online_date", "citation_public_url", "citation_id"}
    assert set(pages.data_block(page)) == {
        "@context", "@type", "publisher", "url", "identifier", "archivedAt",
    }  # fmt: skip
    assert "None" not in html.document_fromstring(page).text_content()


def test_citation_names_author_portal_day_address_capture_and_identifier(client: TestClient) -> None:
    [cite] = html.document_fromstring(client.get("/articles/2").text).xpath("//p[@id='citation']")
    assert cite.text_content() == (
        "Ngọc Trâm (10/07/2024). Định Hóa: Khéo vận động, dân đồng lòng. Báo Mẫu. https://mau.test/2.html "
        f"[danvan, 2024-07-10T05:00:00Z: {PWID.replace('1.html', '2.html')}]"
    )


def test_versions_are_compared_word_by_word(client: TestClient) -> None:
    assert 'href="/articles/1/versions"' in client.get("/articles/1").text
    tree = html.document_fromstring(client.get("/articles/1/versions").text)
    assert [element.text_content().split(": ")[1] for element in tree.xpath("//del")] == ["12"]
    assert [element.text_content().split(": ")[1] for element in tree.xpath("//ins")] == ["15"]
    back = client.get("/articles/1/versions", params={"from": 2, "to": 1}).text
    assert "15</del>" in back
    same = client.get("/articles/2/versions", params={"lang": "en"}).text
    assert "one version only" in same


def test_unknown_version_is_400_that_names_those_there_are(client: TestClient) -> None:
    answer = client.get("/api/articles/1/differences", params={"from": 7})
    assert (answer.status_code, answer.json()["error"]) == (400, "article 1 has no version 7; it has 1, 2")
    found = client.get("/api/articles/1/differences").json()
    assert (found["older"], found["newer"]) == (1, 2)
    assert [(one["before"], one["after"]) for one in found["differences"]] == [("12", "15")]
