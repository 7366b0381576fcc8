"""Names while they are typed."""

from __future__ import annotations

import unicodedata

import pytest

from archive.authorities import Gazetteer
from archive.errors import QueryError
from search.service import Question, SearchService
from search.suggest import suggested_fields, suggested_places
from tests.search.refusals import faults

GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Định H", "huyện Định Hóa (Thái Nguyên)"),
        ("dinh h", "huyện Định Hóa (Thái Nguyên)"),
        ("huyện định hoá", "huyện Định Hóa (Thái Nguyên)"),
        ("huyen dinh", "huyện Định Hóa (Thái Nguyên)"),
        (unicodedata.normalize("NFD", "Bắc G"), "tỉnh Bắc Giang"),
        ("tỉnh bắc n", "tỉnh Bắc Ninh"),
        ("xã an l", "xã An Lạc (Sơn Động, Bắc Giang)"),
    ],
)
def test_place_is_suggested(typed: str, label: str) -> None:
    assert label in [one.label for one in suggested_places(unicodedata.normalize("NFC", typed), 20, GAZETTEER)]


def test_provinces_come_before_communes_and_typed_tones_before_others() -> None:
    found = suggested_places("hà n", 5, GAZETTEER)
    assert [one.label for one in found[:2]] == ["thành phố Hà Nội", "thành phố Hà Nội"] or "Hà" in found[0].label
    assert suggested_places("Tân S", 3, GAZETTEER)[0].label.split()[1] == "Tân"


def test_suggested_place_is_a_filter(service: SearchService) -> None:
    [place] = [one for one in service.suggest("an lac son", "place") + service.suggest("xã An L", "place", 50)
               if "Sơn Động" in one.label]  # fmt: skip
    assert [hit.article.id for hit in service.search(Question(localities=(place.value,))).hits] == [2]


def test_official_is_suggested_by_name_with_a_post(service: SearchService) -> None:
    [person] = service.suggest("hoang minh", "official")
    assert (person.value, person.note) == (
        "Hoàng Minh Khuê",
        "Trưởng Ban Dân vận Huyện ủy, Ủy viên Ban Thường vụ, Thái Nguyên",
    )


def test_portal_is_suggested_by_name_or_key(service: SearchService) -> None:
    assert [one.value for one in service.suggest("mẫ", "portal")] == ["mau"]
    assert [one.value for one in service.suggest("mau", "portal")] == ["mau"]


@pytest.mark.parametrize(("typed", "value"), [("ti", "tiêu đề:"), ("chuc", "chức vụ:"), ("loc", "nơi:"), ("xyz", None)])
def test_field_is_suggested(typed: str, value: str | None) -> None:
    found = [one.value for one in suggested_fields(typed, 5)]
    assert (value in found) if value else not found


@pytest.mark.parametrize(("text", "limit"), [("", 5), ("  ", 5), ("x" * 5000, 5), ("bắc", 0), ("\udcff\x00", 5)])
def test_nothing_to_suggest(service: SearchService, text: str, limit: int) -> None:
    for field in ("place", "official", "portal", "field"):
        assert service.suggest(text, field, limit) == ()


def test_limit_is_kept(service: SearchService) -> None:
    assert len(service.suggest("t", "place", 7)) == 7


def test_unknown_field_names_the_known(service: SearchService) -> None:
    with pytest.raises(QueryError, match="place, official, portal, field") as raised:
        service.suggest("a", "zz")
    assert faults(raised.value) == []
