"""Communes of no list are places without an id where nothing else can be meant."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import LocalityMention
from tests.crawler.describe.articles import described

LONG_AGO = date(2012, 5, 5)


def unlisted(
    body: str, province: str | None = "Cao Bằng", district: str | None = None, day: date | None = LONG_AGO
) -> list[LocalityMention]:
    found = described(body, province, district, day).localities
    return [place for place in found if place.unit_id is None and place.level == "commune"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Thị trấn Nà Mơ Sáng, huyện Trà Lĩnh ra quân.", [("thị trấn", "Nà Mơ Sáng", "Trà Lĩnh")]),
        ("Xã Lũng Quẻ (Trà Lĩnh) làm đường.", [("xã", "Lũng Quẻ", "Trà Lĩnh")]),
        ("Hai xã Lũng Quẻ, Pò Mạy Xa và Nậm Tồ.", [("xã", n, None) for n in ("Lũng Quẻ", "Pò Mạy Xa", "Nậm Tồ")]),
        ("Xã Quốc Quẻ làm đường.", [("xã", "Quốc Quẻ", None)]),
        ("Về xã Quẻm.", [("xã", "Quẻm", None)]),
        ("Đồng chí Bí thư Đảng ủy xã Lũng Quẻ cho biết.", [("xã", "Lũng Quẻ", None)]),
    ],
)
def test_commune_of_no_list(body: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = unlisted(body)
    assert [(place.type, place.name, place.district) for place in found] == expected
    assert {place.province for place in found} == {"Cao Bằng"}
    assert all(place.evidence and place.today == () for place in found)


@pytest.mark.parametrize(
    "body",
    [
        "Xã Nông thôn mới nâng cao.",
        "Danh hiệu xã Anh hùng lực lượng vũ trang.",
        "Công an phường Đội cảnh sát.",
        "Chủ tịch UBND xã Nguyễn Văn Bảy kể.",
        "Chủ tịch UBND xã Trần Bảy kể.",
        "Các đồng chí ở xã. Nhân dân vui.",
        "Xã Hội Nông dân dự.",
        "Cán bộ xã Mặt trận Tổ quốc.",
        "UBND XÃ ĐOÀN KẾT TỐT ĐẸP.",
        "Hai xã Trà Linh, Đồn Biên phòng ra quân.",
        "Xã Trùng Khánh họp.",  # a unit elsewhere, of another level
        "Xã Lũng Quẻ Nậm Tồ Pò Mạy họp.",  # too long for one name
        "Thôn Lũng Quẻ họp.",
        "Bà con xã Mới.",
        "Xã Tổ chức Đại hội.",
    ],
)
def test_what_is_no_commune(body: str) -> None:
    assert unlisted(body) == []


@pytest.mark.parametrize(
    ("province", "day"),
    [("Cao Bằng", date(2025, 9, 1)), ("Cao Bằng", None), (None, LONG_AGO)],
    ids=["after the reform", "no date", "no province"],
)
def test_nothing_is_guessed_without_day_or_province(province: str | None, day: date | None) -> None:
    assert unlisted("Xã Lũng Quẻ làm đường.", province, None, day) == []


def test_portal_or_the_only_district_named_tells_the_district() -> None:
    assert unlisted("Xã Lũng Quẻ làm đường.", district="Trà Lĩnh")[0].district == "Trà Lĩnh"
    assert unlisted("Huyện Hạ Lang họp. Xã Lũng Quẻ làm đường.")[0].district == "Hạ Lang"
    assert unlisted("Huyện Hạ Lang, huyện Hòa An họp. Xã Lũng Quẻ vui.")[0].district is None


def test_commune_known_by_key_under_another_type_has_the_page_s() -> None:
    """Its key is that of a `xã`; the page says town, and the district that went into the listed one is the portal's."""
    [town] = described("Thị trấn Hùng Quốc ra quân.", "Cao Bằng", "Trà Lĩnh", date(2018, 5, 5)).localities
    assert (town.name, town.type, town.district) == ("Hùng Quốc", "thị trấn", "Trà Lĩnh")
    assert [unit.name for unit in town.today] == ["Trà Lĩnh"]


def test_village_lies_in_it() -> None:
    found = described("Về thôn Nà Ca, xã Lũng Quẻ hôm nay.", "Cao Bằng", "Trà Lĩnh", LONG_AGO)
    [village] = [place for place in found.localities if place.level == "village"]
    assert (village.name, village.district) == ("Nà Ca", "Trà Lĩnh")


def test_primary_place_is_the_smallest_known_one_around_it() -> None:
    found = described("Xã Lũng Quẻ làm đường. Xã Lũng Quẻ vui.", "Cao Bằng", "Trà Lĩnh", LONG_AGO)
    assert found.primary_locality is not None
    assert (found.primary_locality.name, found.primary_locality.cited_as) == ("Trà Lĩnh", "Xã Lũng Quẻ")
