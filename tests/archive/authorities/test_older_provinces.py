"""Provinces since 1989: what split, what was joined, by which document, and names that came back."""

from __future__ import annotations

from datetime import date

import pytest

from archive.authorities import Gazetteer
from archive.authorities.older_provinces import BEGUN_PROVINCES, ENDED_PROVINCES
from tests.crawler.describe.articles import described

GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "until", "heirs", "document"),
    [
        ("Bình Trị Thiên", "1989-06-30", {"Quảng Bình", "Quảng Trị", "Thừa Thiên Huế"}, "30/6/1989"),
        ("Nghĩa Bình", "1989-06-30", {"Bình Định", "Quảng Ngãi"}, "30/6/1989"),
        ("Phú Khánh", "1989-06-30", {"Phú Yên", "Khánh Hòa"}, "30/6/1989"),
        ("Hoàng Liên Sơn", "1991-08-12", {"Lào Cai", "Yên Bái"}, "12/8/1991"),
        ("Hà Tuyên", "1991-08-12", {"Hà Giang", "Tuyên Quang"}, "12/8/1991"),
        ("Hà Sơn Bình", "1991-08-12", {"Hà Tây", "Hòa Bình"}, "12/8/1991"),
        ("Gia Lai - Kon Tum", "1991-08-12", {"Gia Lai", "Kon Tum"}, "12/8/1991"),
        ("Nghệ Tĩnh", "1991-08-12", {"Nghệ An", "Hà Tĩnh"}, "12/8/1991"),
        ("Vũng Tàu - Côn Đảo", "1991-08-12", {"Bà Rịa - Vũng Tàu"}, "12/8/1991"),
        ("Thuận Hải", "1991-12-26", {"Ninh Thuận", "Bình Thuận"}, "26/12/1991"),
        ("Cửu Long", "1991-12-26", {"Vĩnh Long", "Trà Vinh"}, "26/12/1991"),
        ("Hà Nam Ninh", "1991-12-26", {"Nam Hà", "Ninh Bình"}, "26/12/1991"),
        ("Hà Bắc", "1997-01-01", {"Bắc Giang", "Bắc Ninh"}, "6/11/1996"),
        ("Hà Tây", "2008-08-01", {"Hà Nội"}, "15/2008/QH12"),
    ],
)
def test_province_that_ended(name: str, until: str, heirs: set[str], document: str) -> None:
    [unit] = [unit for unit in GAZETTEER.named(name, None, "province") if not unit.is_of_today]
    assert unit.valid_to == date.fromisoformat(until)
    assert {heir.name for heir, _ in GAZETTEER.successors(unit)} == heirs
    assert document in unit.sources[-1].document
    assert unit.sources[-1].day == unit.valid_to


@pytest.mark.parametrize(
    ("name", "spans"),
    [
        ("Cần Thơ", [("1991-12-26", "2004-01-01"), ("2004-01-01", "2025-07-01"), ("2025-07-01", "None")]),
        ("Hậu Giang", [("None", "1991-12-26"), ("2004-01-01", "2025-07-01")]),
    ],
)
def test_name_that_came_back_is_several_units(name: str, spans: list[tuple[str, str]]) -> None:
    units = GAZETTEER.named(name, None, "province")
    assert sorted((str(unit.valid_from), str(unit.valid_to)) for unit in units) == sorted(spans)


def test_heirs_begin_when_a_province_ends() -> None:
    for ended in ENDED_PROVINCES:
        for heir in ended.heirs:
            if heir not in ("p01", "p48", "p49"):  # Hà Nội went on; Quảng Nam and Đà Nẵng begin with the split
                began = GAZETTEER.units[heir].valid_from
                assert began is not None
                assert began.isoformat() == ended.valid_to
    assert len({id_ for begun in BEGUN_PROVINCES for id_ in begun.ids}) == sum(len(b.ids) for b in BEGUN_PROVINCES)


@pytest.mark.parametrize(
    ("body", "province", "expected"),
    [
        ("Tỉnh Hậu Giang và tỉnh Cần Thơ họp.", "Hậu Giang", {"p93", "p92"}),
        ("Tỉnh Hậu Giang (cũ) và Hà Bắc cũ.", "Cần Thơ", {"x-haugiang", "x-habac"}),
        ("Tỉnh Hoàng Liên Sơn năm ấy.", "Lào Cai", {"x-hoanglienson"}),
        ("Dãy Hoàng Liên Sơn, sông Cửu Long, vùng Bình Trị Thiên.", "Lào Cai", set()),
        ("Về Minh Hải, nhớ Nam Hà.", "Cà Mau", set()),
        ("Xã Nghĩa Bình họp.", "Bình Phước", {"c25424"}),
    ],
)  # fmt: skip
def test_older_province_needs_its_type_word_or_cu(body: str, province: str, expected: set[str]) -> None:
    found = described(body, province, None, date(2018, 5, 5)).localities
    assert {place.unit_id for place in found if place.cited_as} == expected


def test_portal_of_a_name_that_came_back_is_at_home_in_its_own_province_alone() -> None:
    body = "Huyện Châu Thành đón đoàn."  # Hậu Giang and Sóc Trăng have one each
    [district] = described(body, "Hậu Giang", None, date(2018, 5, 5)).localities
    assert district.province == "Hậu Giang"
