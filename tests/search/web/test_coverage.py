"""The coverage page and its JSON: the same counts as the command, in both languages, and nothing stored can run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from archive.health import Condition
from archive.records import PortalIdentity
from search.web.app import create_app
from search.web.messages import MESSAGES
from tests.archive import build
from tests.archive.coverage.addresses import AUGUST, STATES, crawl, put
from tests.search.web import pages

HOSTILE = "<script>alert(1)</script> đường dẫn hỏng"
ENGLISH = {"lang": "en"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with build.new_archive(tmp_path_factory.mktemp("covered")) as archive:
        archive.store_portals([PortalIdentity(key="im", name="Báo Im", kind="provincial_newspaper", province="Huế",
                                              hosts=("im.test",))])  # fmt: skip
        for number, state in enumerate(STATES):
            put(archive, number, state, day=date(2025, 7, 31))
        crawl(archive, AUGUST + timedelta(days=2), "failed", HOSTILE)
        crawl(archive, AUGUST + timedelta(days=20))
        with TestClient(create_app(archive.home)) as opened:
            yield opened


def cells(page: str) -> list[str]:
    return re.findall(r"<td>([\d,]+)</td>", page)


def test_overview_has_a_row_a_portal_and_leads_to_its_months(client: TestClient) -> None:
    page = client.get("/coverage", params={**ENGLISH, "to": "2025-08"}).text
    assert "Báo Mẫu" in page
    assert page.count("<tr>") == 2
    assert cells(page) == [str(len(STATES)), "2", "2", "1", "3", "2", "1", "4", "7", "0", "0"]
    link = re.search(r'href="(/coverage\?portal=mau[^"]*)"', page)
    assert link
    months = client.get(link[1].replace("&amp;", "&")).text
    assert re.findall(r'<th scope="row">(.*?)</th>', months) == ["2025-07", "2025-08"]


def test_months_name_reasons_and_gaps_in_both_languages(client: TestClient) -> None:
    asked = {"portal": "mau", "from": "2025-07", "to": "2025-08"}
    english = client.get("/coverage", params=asked | ENGLISH).text
    assert "2025-07 · failed: 1 – HTTP 404" in english
    assert "no successful crawl from 2025-08-10 to 2025-08-30 (1 failed: " in english
    assert "State: alive" in english
    vietnamese = client.get("/coverage", params=asked).text
    assert "Tình trạng: hoạt động" in vietnamese
    assert "2025-07 · lỗi: 1 – HTTP 404" in vietnamese
    assert "không lần thu thập nào thành công từ 2025-08-10 đến 2025-08-30 (1 lần hỏng: " in vietnamese


def test_stored_reasons_are_text(client: TestClient) -> None:
    page = client.get("/coverage", params={"portal": "mau"}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; đường dẫn hỏng" in page
    assert pages.running(page) == []


def test_json_is_what_the_command_prints(client: TestClient) -> None:
    [one] = client.get("/api/coverage", params={"portal": "mau", "to": "2025-07"}).json()
    [july] = one["months"]
    assert (july["month"], july["seen"], july["missing"]) == ("2025-07", len(STATES), 4)
    assert {one["portal"] for one in client.get("/api/coverage").json()} == {"mau"}


def test_portal_or_months_without_anything_say_so(client: TestClient) -> None:
    for asked in ({"portal": "im"}, {"portal": "mau", "to": "1999-01"}):
        page = client.get("/coverage", params=asked | ENGLISH)
        assert page.status_code == 200
        assert "Nothing in these months yet." in page.text


@pytest.mark.parametrize("asked", [{"portal": "khong-co"}, {"from": "tháng 8"}, {"from": "2025-09", "to": "2025-08"}])
def test_wrong_questions_are_400_with_what_to_write(client: TestClient, asked: dict[str, str]) -> None:
    page = client.get("/coverage", params=asked)
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert client.get("/api/coverage", params=asked).status_code == 400


def test_every_condition_of_a_portal_has_words() -> None:
    assert all(f"condition_{condition}" in MESSAGES for condition in Condition)


def test_every_page_links_to_coverage(client: TestClient) -> None:
    assert 'href="/coverage"' in client.get("/").text
    assert 'href="/coverage?lang=en"' in client.get("/", params=ENGLISH).text
