"""What all pages and end points share: answers, refusals, language, headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from archive.repository import Archive
from search.query.examples import MISTAKES, Mistake
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
    assert answer.json()["error_vi"] == pages.alert(page.text)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.query)
def test_a_mistake_is_told_in_the_language_of_the_page(client: TestClient, mistake: Mistake) -> None:
    vietnamese, english = (
        pages.alert(client.get("/", params={"q": mistake.query, "lang": lang}).text) for lang in ("vi", "en")
    )
    assert vietnamese.startswith(f"câu hỏi, cột {mistake.column}: ")
    assert english.startswith(f"query, column {mistake.column}: ")
    assert mistake.said in english
    answer = client.get("/api/search", params={"q": mistake.query}).json()
    assert answer == {"error": english, "error_vi": vietnamese}


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ('/?q=dân "vận', "câu hỏi, cột 5: dấu ngoặc kép này chưa đóng; thêm \" vào cuối cụm từ",
         "query, column 5: this quotation mark is never closed; put a \" where the phrase ends"),
        ("/?page=0", "tham số page phải từ 1 trở lên", "page: input should be greater than or equal to 1"),
        ("/?page=x", "tham số page phải là số nguyên", "page: input should be a valid integer"),
        ("/?page=10001", "tham số page nhiều nhất là 10000", "page: input should be less than or equal to 10000"),
        ("/?duplicates=x", "tham số duplicates phải là một trong 'all' hoặc 'folded'",
         "duplicates: input should be 'all' or 'folded'"),
        ("/export?excel=x", "tham số excel phải là true hoặc false", "excel: input should be a valid boolean"),
        (f"/?from={'1' * 61}", "tham số from dài nhất 60 ký tự", "from: string should have at most 60 characters"),
        (f"/?{'portal=a&' * 51}", "tham số portal có nhiều nhất 50 giá trị", "portal: list should have at most 50 items"),
        (f"/?page={'9' * 5000}", "tham số page có giá trị không đọc được", "page: unable to parse input string"),
        ("/articles/1/versions?from=7", "bài 1 không có bản 7; chỉ có 1", "article 1 has no version 7; it has 1"),
        ("/localities?q=a&on=2024", "'2024' không phải là ngày; viết 2025-06-30", "on '2024' is no day; write 2025-06-30"),
        ("/coverage?portal=zz", "'zz': trong kho không có báo này", "zz: no such portal in the archive"),
        ("/coverage?from=8/2025", "'8/2025' không phải là tháng; viết năm-tháng, như 2025-08", "'8/2025' is no month"),
        ("/coverage?from=2025-02&to=2025-01", "tháng đầu ở sau tháng cuối", "the first month is after the last"),
        ("/contexts?q=-dân", "không có từ nào để tìm trong bài", "it has no word that could stand in a text"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_what_is_refused_is_told_in_the_language_of_the_page(client: TestClient, path: str, vi: str, en: str) -> None:
    vietnamese, english = (client.get(path, headers={"accept-language": language}) for language in ("vi", "en"))
    assert (vietnamese.status_code, english.status_code) == (400, 400)
    assert vi in pages.alert(vietnamese.text)
    assert en in pages.alert(english.text)


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
