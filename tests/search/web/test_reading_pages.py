"""Contexts, trends and figures as pages and as JSON, and everything that is taken away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date

import feedparser
import pytest
import rispy
from fastapi.testclient import TestClient
from lxml import html

from search.taking_away import FORMS
from search.web.app import create_app
from tests.archive import build
from tests.archive.places import saved


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with build.new_archive(tmp_path_factory.mktemp("reading")) as archive:
        saved.filled(archive)
        saved.save(archive, 3, None, saved.BODY, "Bí thư Huyện ủy Định Hóa", 12)
        with TestClient(create_app(archive.home)) as opened:
            yield opened


def tree_of(client: TestClient, path: str, **query: str) -> html.HtmlElement:
    page = client.get(path, params=query or None)
    assert page.status_code == 200, page.text
    return html.document_fromstring(page.text)


def test_contexts_stand_in_the_order_asked_for(client: TestClient) -> None:
    def rows(order: str) -> list[tuple[str, str]]:
        table = tree_of(client, "/contexts", q='"mô hình"', order=order).xpath("//table[@class='kwic']/tbody/tr")
        return [(row.xpath("td[1]")[0].text_content().strip(), row.xpath("td[2]")[0].text_content()) for row in table]

    assert {hit for _, hit in rows("position")} == {"mô hình"}
    assert [left.split()[-1] for left, _ in rows("left")] == ["12", "12", "9"]
    assert len(rows("date")) == 3


def test_every_value_of_a_trend_leads_to_its_articles(client: TestClient) -> None:
    tree = tree_of(client, "/trends", q='"Bí thư"', per="count", **{"with": '"Phó Bí thư"'})
    rows = {row.findtext("th"): [cell.text_content() for cell in row.findall("td")]
            for row in tree.xpath("//tbody/tr")}  # fmt: skip
    assert rows == {"2021": ["1", "1"], "2022": ["0", "0"], "2023": ["0", "0"], "2024": ["1", "0"]}
    assert "1 bài không ghi ngày" in tree.text_content()
    [link] = tree.xpath("//tr[th='2024']/td[1]/a/@href")
    assert len(tree_of(client, link).xpath("//ol[@class='hits']/li")) == 1
    assert len(tree.xpath("//*[name()='circle']")) == 8


def test_figures_lead_to_their_sentence(client: TestClient) -> None:
    tree = tree_of(client, "/figures", what="mô hình")
    [section] = tree.xpath("//section[.//h2]")
    assert section.xpath("string(.//h2)").split() == ["mô", "hình", "Định", "Hóa"]
    assert [cell.text_content() for cell in section.xpath(".//td[@class='number']")] == ["9", "12", "12"]
    assert section.xpath(".//*[name()='polyline']")
    assert tree_of(client, "/figures", what="khongco").xpath("//section") == []


def test_a_long_series_goes_over_pages_that_keep_the_question(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.web.pages.figures._POINTS", 2)
    monkeypatch.setattr("search.web.pages.figures._SECTIONS", 1)
    whole = tree_of(client, "/figures", what="mô hình")
    assert whole.xpath("string(//section//h2/span)") == "Định Hóa (1–2 / 3)"
    assert whole.xpath("//section//*[name()='polyline']")
    [link] = whole.xpath("//nav[@class='pages']/a[@rel='next']/@href")
    second = tree_of(client, link)
    assert [cell.text_content() for cell in second.xpath("//section//td[@class='number']")] == ["12"]
    assert second.xpath("string(//section//h2/span)") == "Định Hóa (3–3 / 3)"
    assert not second.xpath("//section//*[name()='polyline']")
    [back] = second.xpath("//nav[@class='pages']/a[@rel='prev']/@href")
    assert back == "/figures?what=m%C3%B4+h%C3%ACnh"
    narrowed = tree_of(client, "/figures", what="mô hình", portal="mau")
    assert "portal=mau" in narrowed.xpath("//nav[@class='pages']/a[@rel='next']/@href")[0]


def test_json_has_what_the_pages_have(client: TestClient) -> None:
    first = client.get("/api/contexts", params={"q": '"mô hình"', "size": 2}).json()
    second = client.get("/api/contexts", params={"q": '"mô hình"', "size": 2, "cursor": first["next"]}).json()
    assert (first["articles"], len(first["contexts"]), len(second["contexts"]), second["next"]) == (3, 2, 1, None)
    rows = client.get("/api/trends", params={"q": "Bí thư", "per": "count", "grain": "year"}).json()["rows"]
    assert [row["articles"] for row in rows] == [1, 0, 0, 1]
    figures = client.get("/api/figures", params={"what": "mô hình"}).json()["figures"]
    assert [figure["value"] for figure in figures] == [9, 12, 12]


def table_behind(client: TestClient, page: str, **query: str) -> list[dict[str, str]]:
    """The CSV file that a page offers of its table."""
    [link] = tree_of(client, page, **query).xpath("//p[@class='take']/a[contains(., 'CSV')]/@href")
    answer = client.get(link)
    assert answer.headers["content-type"].startswith("text/csv")
    assert re.fullmatch(r'attachment; filename="danvan-[\w-]+\.csv"', answer.headers["content-disposition"])
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_tables_of_views_leave_as_files(client: TestClient) -> None:
    trend = table_behind(client, "/trends", q='"Bí thư"', per="count", **{"with": '"Phó Bí thư"'})
    assert [(row["query"], row["period"], row["articles"]) for row in trend][:5] == [
        ('"Bí thư"', "2021", "1"), ('"Bí thư"', "2022", "0"), ('"Bí thư"', "2023", "0"), ('"Bí thư"', "2024", "1"),
        ('"Phó Bí thư"', "2021", "1"),
    ]  # fmt: skip
    figures = table_behind(client, "/figures", what="mô hình", **{"from": "2021", "to": "2021"})
    assert {(row["locality"], row["value"]) for row in figures} <= {("Định Hóa", "9"), ("Định Hóa", "12")}
    assert len(figures) < len(table_behind(client, "/figures", what="mô hình"))
    [person] = {row["name"] for row in table_behind(client, "/officials/1")}
    assert person in tree_of(client, "/officials/1").xpath("string(//h1)")
    assert {row["portal"] for row in table_behind(client, "/coverage", portal="mau")} <= {"mau"}
    assert client.get("/export/officials/999").status_code == 404
    assert client.get("/export/coverage", params={"portal": "khong"}).status_code == 400
    assert client.get("/export/trends").text.count("\r\n") == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", ["locality=Atlantis&q=a", "q=%22a", "official=%3F"])
def test_what_cannot_be_answered_is_refused_before_a_byte_is_sent(client: TestClient, form: str, query: str) -> None:
    answer = client.get(f"/export?format={form}&{query}", headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


def test_contexts_of_no_word_are_refused_and_not_offered(client: TestClient) -> None:
    assert client.get("/export?format=kwic").status_code == 400
    assert client.get("/export?format=kwic&q=-d%C3%A2n").status_code == 400
    assert "format=kwic" not in client.get("/").text
    assert "format=kwic" in client.get("/?q=m%C3%B4").text


def test_what_is_counted_must_have_a_word(client: TestClient) -> None:
    assert client.get("/figures", params={"what": '"'}).status_code == 400
    assert client.get("/api/figures", params={"what": "?"}).status_code == 400


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_offered_and_leaves_as_a_file(client: TestClient, form: str) -> None:
    links = tree_of(client, "/", q='"mô hình"').xpath("//details[@class='menu']//a/@href")
    [link] = [link for link in links if link.endswith(f"format={form}")]
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(FORMS[form].media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="danvan.{FORMS[form].ending}"'
    assert len(answer.content) > 200


def test_exports_hold_every_hit(client: TestClient) -> None:
    table = client.get("/export", params={"q": '"mô hình"', "format": "csv", "excel": "true"}).content
    assert table.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))) == 3
    assert len(rispy.loads(client.get("/export", params={"q": '"mô hình"', "format": "ris"}).text)) == 3
    lines = client.get("/export", params={"format": "jsonl"}).text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {1, 2, 3}


def test_one_article_leaves_for_a_reference_manager(client: TestClient) -> None:
    [entry] = rispy.loads(client.get("/articles/2/citation", params={"format": "ris"}).text)
    assert entry["title"] == "Định Hóa: Khéo vận động, dân đồng lòng"
    assert client.get("/articles/99/citation").status_code == 404


def test_methods_note_names_query_counts_and_address(client: TestClient) -> None:
    note = client.get("/methods", params={"q": '"mô hình"'}).text
    assert 'Query as typed: "mô hình"' in note
    assert "Found: 3 of 3 articles" in note
    assert "http://testserver/?q=%22m%C3%B4+h%C3%ACnh%22" in note


def test_feed_of_a_question_is_read_by_feed_readers(client: TestClient) -> None:
    link = tree_of(client, "/", q="12").xpath("//a[@type='application/atom+xml']/@href")[0]
    feed = feedparser.parse(client.get(link).text)
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == ["http://testserver/articles/3", "http://testserver/articles/2"]


def test_wrong_exports_are_refused_before_anything_is_sent(client: TestClient) -> None:
    for query in ({"q": "zz:a"}, {"format": "docx"}):
        answer = client.get("/export", params=query)
        assert answer.status_code == 400
        assert re.search(r'role="alert"', answer.text)


def test_undated_articles_alone_make_no_chart(client: TestClient) -> None:
    days = {point.get("first_day") for point in client.get("/api/trends", params={"q": "khongco"}).json()["rows"]}
    assert days == {date(year, 1, 1).isoformat() for year in range(2021, 2025)}
