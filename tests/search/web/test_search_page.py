"""The search page: hits, facets that narrow, the histogram and its table, pages of hits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from archive.repository import Archive
from search.web.app import create_app
from tests.archive import build


@pytest.fixture(scope="module")
def client(shared: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(shared.home)) as opened:
        yield opened


def test_hits_facets_and_highlights_are_shown(client: TestClient) -> None:
    page = client.get("/", params={"q": "dan van"}).text
    assert "<mark>Dân</mark> <mark>vận</mark> khéo" in page
    assert "huyện Định Hóa (Thái Nguyên)" in page
    assert '<a href="/portals/mau">Báo Mẫu</a>' in page


def test_facet_links_narrow_and_filters_come_off(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/", params={"q": "dân"}).text)
    [link] = tree.xpath("//aside//a[starts-with(., 'huyện Định Hóa')]/@href")
    narrowed = html.document_fromstring(client.get(link).text)
    assert [heading.text_content() for heading in narrowed.xpath("//ol//h3")] == [
        "Định Hóa: Khéo vận động, dân đồng lòng"
    ]
    [off] = narrowed.xpath("//ul[@class='chosen']//a[@class='off']/@href")
    assert len(html.document_fromstring(client.get(off).text).xpath("//ol//h3")) > 1


def test_histogram_agrees_with_its_table_and_years_lead_on(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/").text)
    bars = {bar.findtext("title") for bar in tree.xpath("//*[name()='rect']")}
    rows = {(row.findtext("th/a"), row.findtext("td")) for row in tree.xpath("//figure//tbody/tr")}
    assert rows == {("2015", "1"), ("2023", "1"), ("2024", "1")}
    assert {f"{year}: {count}" for year, count in rows} <= bars
    assert "2016: 0" in bars
    [link] = tree.xpath("//figure//a[.='2023']/@href")
    assert "Xã An Lạc hiến đất" in client.get(link).text


def test_histogram_has_another_grain_where_it_is_asked_for(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/", params={"q": "dân"}).text)
    [link] = tree.xpath("//ul[@class='grains']//a[.='quý']/@href")
    quarters = html.document_fromstring(client.get(link).text)
    assert quarters.xpath("//figure//tbody//a/text()") == ["quý I/2023", "quý III/2024"]
    [narrowed] = quarters.xpath("//figure//tbody//a[.='quý I/2023']/@href")
    assert "Xã An Lạc hiến đất" in client.get(narrowed).text
    days = html.document_fromstring(client.get("/", params={"grain": "day"}).text)  # ten years of days are no bars
    assert len(days.xpath("//*[name()='rect']")) < 400


def test_pages_of_hits_do_not_overlap_and_keep_the_question(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        for number in range(25):
            url = f"https://mau.test/{number}.html"
            archive.save(build.entry(url), build.text(url=url, title=f"Bài {number}", day=date(2024, 1, 1)),
                         build.description())  # fmt: skip
        with TestClient(create_app(archive.home)) as client:
            first = client.get("/", params={"q": "mô hình", "locality": "Định Hóa", "lang": "en"}).text
            link = re.search(r'<a rel="next" href="([^"]*)"', first)
            assert link
            second = client.get(link[1].replace("&amp;", "&")).text
    seen = [re.findall(r'<h3><a href="/articles/(\d+)', page) for page in (first, second)]
    assert [len(ids) for ids in seen] == [20, 5]
    assert len({*seen[0], *seen[1]}) == 25
    assert 'rel="prev"' in second
    assert '<ol class="hits" start="21">' in second
    assert 'value="Định Hóa"' in second


def test_form_keeps_every_filter_of_the_address(client: TestClient) -> None:
    asked = "/?q=d%C3%A2n&locality=Th%C3%A1i+Nguy%C3%AAn&locality=%C4%90%E1%BB%8Bnh+H%C3%B3a&official=Khu%C3%AA&portal=mau&from=2020&to=2025"
    form = html.document_fromstring(client.get(asked).text).xpath("//form[@class='ask']")[0]
    kept = [(name, value) for name, value in form.form_values() if value]
    assert sorted(kept) == sorted(
        [("q", "dân"), ("locality", "Thái Nguyên"), ("locality", "Định Hóa"), ("official", "Khuê"), ("portal", "mau"),
         ("from", "2020"), ("to", "2025"), ("sort", "relevance"), ("places", "inside"), ("abbr", "on")]
    )  # fmt: skip


def test_a_page_past_the_end_says_so_and_leads_back(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/", params={"q": "dân", "page": 99, "lang": "en"}).text)
    assert "There are only 1 pages." in tree.xpath("string(//p[@class='nothing'])")
    [last] = tree.xpath("//p[@class='nothing']/a/@href")
    assert len(html.document_fromstring(client.get(last).text).xpath("//ol//h3")) == 2


def test_years_stand_in_the_order_of_time(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/", params={"lang": "en"}).text)
    [section] = tree.xpath("//aside/section[h3='Year']")
    assert [link.text for link in section.xpath(".//a")] == ["2024", "2023", "2015"]


def test_officials_go_over_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.web.pages.official._LISTED", 1)
    names, link = [], "/officials"
    while link:
        tree = html.document_fromstring(client.get(link).text)
        names += [name.text_content() for name in tree.xpath("//tbody//th")]
        link = next(iter(tree.xpath("//nav[@class='pages']/a[@rel='next']/@href")), "")
    everybody = client.get("/api/officials", params={"size": 200}).json()["officials"]
    assert sorted(names) == sorted(person["name"] for person in everybody)
    assert len(names) > 1
