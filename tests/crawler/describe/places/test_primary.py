"""The place an article is most about, and why."""

from __future__ import annotations

from datetime import date

import pytest

from tests.crawler.describe.articles import described


@pytest.mark.parametrize(
    ("title", "body", "expected", "reason"),
    [
        ("Lục Nam đối thoại", "Các xã Bảo Đài, Tam Dị đối thoại.", ("Lục Nam", "district"), "named in the title"),
        ("Chuyện ở Tam Dị", "Xã Tam Dị, huyện Lục Nam làm đường.", ("Tam Dị", "commune"), "named in the title"),
        (
            "Làm đường",
            "Xã Tam Dị, huyện Lục Nam làm đường. Ở Tam Dị, dân hiến đất.",
            ("Tam Dị", "commune"),
            "named most",
        ),
        (
            "Sơ kết",
            "Huyện Lục Nam sơ kết. Tại xã Tam Dị, Lục Nam biểu dương; xã Bảo Đài góp công.",
            ("Lục Nam", "district"),
            "named most",
        ),
        (
            "Toàn tỉnh",
            "Tỉnh Bắc Giang họp. Huyện Lục Nam, huyện Yên Thế, huyện Tân Yên báo cáo.",
            ("Bắc Giang", "province"),
            "named most",
        ),
    ],
    ids=["title", "commune of the title", "commune named again", "communes in passing", "many districts"],
)
def test_primary_place(title: str, body: str, expected: tuple[str, str], reason: str) -> None:
    found = described(body, title=title)
    assert found.primary_locality is not None
    assert (found.primary_locality.name, found.primary_locality.level) == expected
    assert found.primary_reason == reason


def test_organisation_weighs_less_than_a_place() -> None:
    found = described("Tỉnh ủy Bắc Giang, Tỉnh đoàn Bắc Giang về huyện Lục Nam. Huyện Lục Nam báo cáo.")
    assert found.primary_locality is not None
    assert found.primary_locality.name == "Lục Nam"


def test_nothing_named_and_no_portal_is_nowhere() -> None:
    found = described("Hội nghị sơ kết.", province=None)
    assert (found.primary_locality, found.primary_reason, found.localities) == (None, None, ())


def test_landmark_named_after_a_place_is_not_the_place() -> None:
    body = "Trên lòng hồ Hòa Bình, dân huyện Đà Bắc nuôi cá. Huyện Đà Bắc hỗ trợ. Hồ Hòa Bình rộng."
    found = described(body, province="Hòa Bình", title="Cá lồng trên lòng hồ Hòa Bình")
    assert found.primary_locality is not None
    assert (found.primary_locality.name, found.primary_locality.level) == ("Đà Bắc", "district")


def test_communes_side_by_side_in_a_province_have_one_that_the_article_is_about() -> None:
    body = (
        "Nông dân xã Đức Huệ vào vụ chanh. Xã Đức Huệ có 1.200 ha; xã Mỹ Quý, xã Đông Thành trồng ít hơn. "
        "Tỉnh Tây Ninh hỗ trợ giống."
    )
    found = described(body, province="Tây Ninh", title="Nông dân biên giới vào vụ", day=date(2026, 5, 5))
    assert found.primary_locality is not None
    assert (found.primary_locality.name, found.primary_locality.level) == ("Đức Huệ", "commune")
