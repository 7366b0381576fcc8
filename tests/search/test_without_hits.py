"""A question that finds nothing says which part of it does, and what finds something."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from archive.command import run
from archive.errors import QueryError
from archive.repository import Archive
from search.service import Question, SearchService
from search.web.app import create_app
from search.without_hits import WithoutHits


def explained(service: SearchService, question: Question) -> WithoutHits:
    found = service.search(question)
    assert found.total == 0
    assert found.without_hits is not None
    return found.without_hits


def alone(service: SearchService, **asked: object) -> dict[str, int]:
    return {one.text: one.total for one in explained(service, Question(**asked)).alone}  # type: ignore[arg-type]


def instead(service: SearchService, **asked: object) -> dict[str, int]:
    return {one.text: one.total for one in explained(service, Question(**asked)).instead}  # type: ignore[arg-type]


def test_hits_need_no_explanation(service: SearchService) -> None:
    assert service.search(Question(text="dân")).without_hits is None


def test_the_part_that_no_article_has_is_named(service: SearchService) -> None:
    assert list(alone(service, text="dân khẻo").items()) == [("khẻo", 0), ("dân", 2)]
    assert instead(service, text="dân khẻo") == {"dân khẻo": 1, "dân khẻo~1": 1, "dân": 2}


def test_any_tones_and_what_a_place_became_are_tried_first(service: SearchService) -> None:
    [best, *_] = explained(service, Question(text='"dần vận khéo"')).instead
    assert (best.question.tones, best.switch and best.switch.option, best.total) == ("folded", "--tones folded", 1)
    place = explained(service, Question(text="chè", localities=("huyện Định Hóa",)))
    assert [one.switch for one in place.instead if one.question.places == "lineage"] == []  # finds nothing either
    today = explained(service, Question(text="nơi:id=n05692 chè"))  # xã Hóa Trung became a part of it
    [wider] = [one for one in today.instead if one.question.places == "lineage"]
    assert (wider.total, wider.switch and wider.switch.value) == (1, "lineage")


def test_what_must_not_occur_may_be_all_that_is_in_the_way(service: SearchService) -> None:
    assert alone(service, text="khéo -tổng -dân") == {"khéo": 1}
    assert instead(service, text="khéo -tổng -dân") == {"khéo": 1}
    assert instead(service, text="khéo -dân") == {"khéo": 1}


def test_two_missing_parts_are_left_out_together_and_named_first(service: SearchService) -> None:
    words = "dân vận khéo phong trào thi đua huyện định hóa tổng kết zzz qqq"
    assert list(alone(service, text=words).items())[:2] == [("zzz", 0), ("qqq", 0)]
    assert instead(service, text=words) == {"dân vận khéo phong trào thi đua huyện định hóa tổng kết": 1}


def test_filters_are_parts_too(service: SearchService) -> None:
    asked = {"text": "dân", "localities": ("huyện Định Hóa",), "officials": ("Khuê",), "portals": ("mau",)}
    asked |= {"first_day": "1990", "last_day": "1991"}
    assert alone(service, **asked) == {
        "dân": 2, "huyện Định Hóa": 1, "Khuê": 2, "mau": 4, "1990 – 1991": 0,
    }  # fmt: skip
    assert instead(service, **asked) == {"dân + huyện Định Hóa + Khuê + mau": 1}
    assert next(iter(alone(service, **asked))) == "1990 – 1991"


def test_parts_that_only_together_find_nothing_are_left_out_in_turn(service: SearchService) -> None:
    assert alone(service, text="chè khéo") == {"chè": 1, "khéo": 1}
    assert instead(service, text="chè khéo") == {"khéo": 1, "chè": 1}
    assert instead(service, text="chè", localities=("xã An Lạc",)) == {"xã An Lạc": 1, "chè": 1}


def test_a_phrase_that_nobody_wrote_is_looked_for_nearby(service: SearchService) -> None:
    assert instead(service, text='"đất hiến đường"') == {'"đất hiến đường"~8': 1, "đất hiến đường": 1}


@pytest.mark.parametrize("name", ["Hoàng Minh Khuê", "Hoàng Minh Khúê", "Hoàng Minh Khuên", "Hoang Mink Khue"])
def test_a_misspelt_official_is_named_right(service: SearchService, name: str) -> None:
    found = service.search(Question(text=f'cán bộ:"{name}" dân'))
    if found.total:
        assert name == "Hoàng Minh Khuê"
    else:
        assert instead(service, text=f'cán bộ:"{name}" dân')['official:"Hoàng Minh Khuê" dân'] == 1
        assert instead(service, text="dân", officials=(name,))["dân + Hoàng Minh Khuê"] == 1


def test_a_tag_or_document_that_nobody_gave_is_looked_for_in_the_text(service: SearchService) -> None:
    assert instead(service, text='thẻ:"hiến đất"') == {'"hiến đất"': 1} or instead(service, text='thẻ:"hiến đất"') == {
        "hiến đất": 1
    }


PARTS = ("dân", "dan", "khẻo", "vận", "chè", '"hiến đất"', '"đất hiến"', "vậ*", "zz*", "khẻa~2", "-dân", "(chè HOẶC khéo)",
         "cán bộ:Khuê", 'cán bộ:"Lò Thị Mây"', 'nơi:"An Lạc"', "ngày:2015", 'thẻ:"hiến đất"', "25-NQ/TW", "tiêu đề:má")  # fmt: skip
queries = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(" ".join)


@given(text=queries)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_what_is_offered_finds_what_it_says(shared: Archive, text: str) -> None:
    service = SearchService(shared)
    try:
        found = service.search(Question(text=text))
    except QueryError:
        return
    assert (found.total == 0) == (found.without_hits is not None)
    for other in (*found.without_hits.alone, *found.without_hits.instead) if found.without_hits else ():
        if other.total:
            assert service.search(other.question).total == other.total
    if found.without_hits:
        assert all(other.total for other in found.without_hits.instead)


@pytest.fixture
def client(shared: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(shared.home)) as opened:
        yield opened


def test_the_page_links_to_what_finds_something(client: TestClient) -> None:
    tree = html.document_fromstring(client.get("/", params={"q": "dân khẻo", "lang": "en"}).text)
    links = {link.text: link.get("href") for link in tree.xpath("//div[@class='nothing']//a")}
    assert set(links) == {"dân khẻo", "dân khẻo~1", "dân"}
    assert "khẻo" in {part.text for part in tree.xpath("//div[@class='nothing']//b")}
    followed = html.document_fromstring(client.get(links["dân khẻo~1"]).text)
    assert [heading.text_content() for heading in followed.xpath("//ol//h3")] == [
        "Định Hóa: Khéo vận động, dân đồng lòng"
    ]


def test_the_api_gives_addresses_that_it_takes(client: TestClient) -> None:
    folded, best, _ = client.get("/api/search", params={"q": "dân khẻo"}).json()["without_hits"]["instead"]
    assert folded["switch"] == {
        "parameter": "tones",
        "value": "folded",
        "label": "any tones",
        "label_vi": "tìm không dấu",
    }
    assert (best["text"], best["total"], best["switch"]) == ("dân khẻo~1", 1, None)
    assert client.get(f"/api/search{best['address']}").json()["total"] == 1
    assert client.get("/api/search", params={"q": "dân"}).json()["without_hits"] is None


def test_the_command_prints_them(
    shared: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANVAN_HOME", str(shared.home.folder))
    assert run(["search", "dân khẻo"]) == 0
    said = capsys.readouterr().out
    assert "alone, khẻo finds 0" in said
    assert "try dân khẻo, any tones (--tones folded): 1" in said
    assert "try dân khẻo~1: 1" in said
    assert run(["search", "dân khẻo", "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["without_hits"]["alone"][0] == {
        "text": "khẻo", "total": 0, "address": "?q=kh%E1%BA%BBo", "switch": None,
    }  # fmt: skip
