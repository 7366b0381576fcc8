"""Villages are free text under the commune the sentence names."""

from __future__ import annotations

import pytest

from archive.records import LocalityMention
from tests.crawler.describe.articles import described


def villages(body: str) -> list[LocalityMention]:
    return [place for place in described(body).localities if place.level == "village"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ở thôn Đồng Mới, bà con góp công.", [("thôn", "Đồng Mới")]),
        ("Bản Ỏng và ấp 3 làm đường.", [("bản", "Ỏng"), ("ấp", "3")]),
        ("Tổ dân phố Quyết Thắng 2 sạch đẹp.", [("tổ dân phố", "Quyết Thắng 2")]),
        ("Ở 3 thôn Nà Trắng, Nà Ó, Đồng Bài có điện.", [("thôn", "Nà Trắng"), ("thôn", "Nà Ó"), ("thôn", "Đồng Bài")]),
        ("Các bản Ỏng và Lầu, xã Tân Sơn.", [("bản", "Ỏng"), ("bản", "Lầu")]),
        ("Các thôn Nà Ó, Lục Nam cùng làm.", [("thôn", "Nà Ó")]),
        ("Thôn Nà Trắng, Mặt trận cùng làm.", [("thôn", "Nà Trắng")]),
        ("Bí thư Chi bộ thôn Nà Ó Triệu Văn Páo kể.", [("thôn", "Nà Ó")]),
        ("Trưởng thôn Nà Ó Lò Sếnh kể.", [("thôn", "Nà Ó")]),
        ("Trưởng bản Lò Văn Páo kể.", []),
        ("Già làng A Lăng Bhuốch kể.", []),
        ("Làng Lò Mới vui.", [("làng", "Lò Mới")]),
        ("Đoàn về Sóc Trăng, rồi đến sóc Bố.", [("sóc", "Bố")]),
        ("Chủ tịch UBND xã Vĩnh An Vàng A Thoong về bản Mới.", [("bản", "Mới")]),
        ("Anh ở bản Liền Vàng A Thoong kể.", [("bản", "Liền")]),
        ("Xây dựng Nông Thôn Mới.", []),
        ("Các thôn trong xã thi đua.", []),
        ("Cả làng vui như hội.", []),
    ],
)
def test_villages(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(village.type, village.name) for village in villages(body)] == expected


def test_village_lies_in_the_commune_named_after_it() -> None:
    [village] = villages("Trưởng thôn Đồng Mới, xã Tân Sơn (Lục Ngạn) kể.")
    assert (village.unit_id, village.district, village.province) == (None, "Lục Ngạn", "Bắc Giang")


def test_commune_called_like_a_village_is_none() -> None:
    found = described("Xã Bản Liền, huyện Bắc Hà làm đường.", "Lào Cai").localities
    assert {(place.level, place.name) for place in found} == {("commune", "Bản Liền"), ("district", "Bắc Hà")}


def test_each_village_of_a_list_has_its_own_evidence() -> None:
    body = "Ở hai thôn Nà Trắng và Nà Ó."
    assert [[body[span.start : span.end] for span in village.evidence] for village in villages(body)] == [
        ["thôn Nà Trắng"],
        ["Nà Ó"],
    ]


def test_village_named_twice_is_one_with_two_places() -> None:
    [village] = villages("Thôn Đồng Mới hiến đất. Về thôn Đồng Mới hôm nay, đường rộng.")
    assert len(village.evidence) == 2
