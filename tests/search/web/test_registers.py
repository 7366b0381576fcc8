"""Pages and end points of officials, localities and portals."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from lxml import html

from archive.records import PortalIdentity
from search.query.places import MODES
from search.web.app import create_app
from search.web.pages.api_docs import EXAMPLES
from tests.archive import build
from tests.archive.places import saved


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with build.new_archive(tmp_path_factory.mktemp("registers")) as archive:
        archive.store_portals([
            PortalIdentity(key="truoc", name="Báo Trước", kind="provincial_newspaper", province="Bắc Kạn",
                           hosts=("truoc.test",), successor="mau"),
        ])  # fmt: skip
        saved.filled(archive)
        with TestClient(create_app(archive.home)) as opened:
            yield opened


def text_of(client: TestClient, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, page.text
    return " ".join(" ".join(html.document_fromstring(page.text).itertext()).split())


def test_official_has_posts_over_time_each_with_its_sentence(client: TestClient) -> None:
    page = text_of(client, "/officials/1")
    assert "Phó Bí thư Huyện ủy Định Hóa Định Hóa 01/03/2021 01/03/2021" in page
    assert "Bí thư Huyện ủy Định Hóa Định Hóa 10/07/2024 10/07/2024" in page
    marks = html.document_fromstring(client.get("/officials/1").text).xpath("//mark")
    assert marks[0].text_content() == "Bà Ma Thị Hạnh, Bí thư Huyện ủy Định Hóa"
    assert marks[0].getparent().text_content() == f"{marks[0].text_content()}, nói: huyện Định Hóa có 12 mô hình."


def test_officials_are_found_without_tones_and_by_province(client: TestClient) -> None:
    assert "Ma Thị Hạnh" in client.get("/officials", params={"q": "hanh", "province": "Thái Nguyên"}).text
    assert "Ma Thị Hạnh" not in client.get("/officials", params={"q": "hanh", "province": "Lào Cai"}).text


@pytest.mark.parametrize("name", ["thai nguyen", "tỉnh Thái Nguyên", "Bắc Kạn", "p19"])
def test_officials_of_a_province_by_any_name_it_had(client: TestClient, name: str) -> None:
    name = f"id={name}" if name == "p19" else name
    people = client.get("/api/officials", params={"province": name}).json()["officials"]
    assert {person["province"] for person in people} == {"Thái Nguyên"}
    unknown = client.get("/api/officials", params={"province": "Thái Nguyn"})
    assert unknown.status_code == 400
    assert "Thái Nguyên" in unknown.json()["error"]
    assert client.get("/officials", params={"province": "Nowhere"}).status_code == 400


@pytest.mark.parametrize("example", EXAMPLES.values())
def test_examples_of_the_api_are_answered(client: TestClient, example: str) -> None:
    assert client.get(example).status_code == 200


def test_unit_shows_what_it_became_its_articles_officials_and_figures(client: TestClient) -> None:
    page = text_of(client, "/localities/d167")
    for expected in ("huyện Định Hóa", "tỉnh Thái Nguyên", "01/07/2025", "xã Bình Yên", "Ma Thị Hạnh", "12 mô hình",
                     "72/2025/QH15"):  # fmt: skip
        assert expected in page, expected
    tree = html.document_fromstring(client.get("/localities/d167").text)
    links = tree.xpath("//ul[@class='reach']//a/@href")
    assert [re.search(r"places=(\w+)", link)[1] if "places=" in link else "inside" for link in links] == list(MODES)
    assert all(html.document_fromstring(client.get(link).text).xpath("//ol[@class='hits']/li") for link in links)
    after = text_of(client, "/localities/n19")
    assert "Hợp từ" in after
    assert "tỉnh Bắc Kạn" in after


def test_names_are_looked_up_in_all_periods_or_on_a_day(client: TestClient) -> None:
    units = client.get("/api/localities", params={"q": "Định Hoá"}).json()["localities"]
    assert {(unit["type"], unit["is_of_today"]) for unit in units} >= {("huyện", False), ("xã", True)}
    before = client.get("/api/localities", params={"q": "Định Hóa", "on": "2024-01-01"}).json()["localities"]
    assert not any(unit["is_of_today"] for unit in before)
    none = client.get("/api/localities", params={"q": "Định Hoz"}).json()
    assert (none["localities"], "Định Hóa" in none["nearest"]) == ([], True)
    assert "Định Hóa" in text_of(client, "/localities?q=%C4%90%E1%BB%8Bnh+Hoz")


def test_portal_names_who_it_continues(client: TestClient) -> None:
    assert "Tiếp nối Báo Trước" in text_of(client, "/portals/mau")
    assert "Tiếp nối bởi Báo Mẫu" in text_of(client, "/portals/truoc")
    assert client.get("/api/portals/mau").json()["predecessors"] == ["truoc"]
    assert client.get("/api/portals/truoc").json() == {
        "key": "truoc", "name": "Báo Trước", "kind": "provincial_newspaper", "province": "Bắc Kạn", "district": None,
        "hosts": ["truoc.test"], "successor": "mau", "predecessors": [], "articles": 0, "condition": None,
        "condition_detail": None,
    }  # fmt: skip


def test_suggestions_know_places_and_officials(client: TestClient) -> None:
    def suggested(kind: str, typed: str) -> list[str]:
        found = client.get("/api/suggest", params={"kind": kind, "q": typed}).json()["suggestions"]
        return [one["label"] for one in found]

    assert "tỉnh Thái Nguyên" in suggested("place", "thai ng")
    assert "huyện Định Hóa (Thái Nguyên)" in suggested("place", "huyện định h")
    assert suggested("official", "hanh") == ["Ma Thị Hạnh"]
    assert suggested("portal", "mẫu") == ["Báo Mẫu"]
    assert suggested("official", "") == []


def test_suggested_place_finds_its_articles_by_its_label(client: TestClient) -> None:
    found = client.get("/api/suggest", params={"kind": "place", "q": "dinh hoa"}).json()["suggestions"]
    [district] = [one for one in found if one["value"] == "id=d167"]
    for asked in (district["value"], district["label"]):
        assert client.get("/api/search", params={"locality": asked}).json()["total"] == 2
