"""Type words beside names: no name begins inside one, and what a merger was made from is told apart."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.describe.places.type_words import merger_sources, without_type_gaps
from tests.crawler.describe.articles import described
from tests.crawler.describe.places.test_localities import AFTER, named


@pytest.mark.parametrize(
    ("body", "province", "expected"),
    [
        ("Thị trấn Yên Thế ra quân.", "Yên Bái", {"Yên Thế/Lục Yên"}),
        ("Tại thị trấn Yên Bình, bà con góp công.", "Yên Bái", {"Yên Bình/Yên Bình"}),
        ("Thị trấn Yên Minh họp.", "Hà Giang", {"Yên Minh/Yên Minh"}),
        ("THỊ TRẤN YÊN LẠC RA QUÂN.", "Vĩnh Phúc", {"Yên Lạc/Yên Lạc"}),
        ("Các xã, thị trấn Yên Viên, Trâu Quỳ.", "Hà Nội", {"Yên Viên/Gia Lâm", "Trâu Quỳ/Gia Lâm"}),
        ("Huyện Trấn Yên họp.", "Yên Bái", {"Trấn Yên"}),
        ("Đô thị Trấn Yên khang trang.", "Yên Bái", {"Trấn Yên"}),
        ("Các xã vùng cao Dương Hưu, Long Sơn góp công.", "Bắc Giang", {"Dương Hưu/Sơn Động", "Long Sơn/Sơn Động"}),
        ("Các xã biên giới và vùng cao.", "Bắc Giang", set()),
    ],
)
def test_no_name_begins_inside_a_type_word(body: str, province: str, expected: set[str]) -> None:
    assert named(body, province) == expected


def test_closed_gaps_keep_every_offset() -> None:
    text = "Thị trấn Yên Thế, siêu thị Trấn Yên, thành phố Huế"
    closed = without_type_gaps(text.lower(), text)
    assert len(closed) == len(text)
    assert closed == "thị_trấn_yên thế, siêu thị trấn yên, thành_phố_huế"


OLD_AN_CHAU = {"An Châu/Sơn Động", "An Bá/Sơn Động", "Vĩnh An/Sơn Động"}


@pytest.mark.parametrize(
    ("body", "province", "expected"),
    [
        (
            "Xã Sơn Động được thành lập trên cơ sở sáp nhập thị trấn An Châu, xã An Bá và xã Vĩnh An.",
            "Bắc Giang",
            OLD_AN_CHAU,
        ),
        ("Sáp nhập thị trấn An Châu thành xã Sơn Động.", "Bắc Giang", {"An Châu/Sơn Động"}),
        ("Thị trấn An Châu, huyện Sơn Động cũ đã làm tốt.", "Bắc Giang", {"An Châu/Sơn Động", "Sơn Động"}),
        ("Sáp nhập An Châu, An Bá và Vĩnh An thành xã Sơn Động.", "Bắc Giang", OLD_AN_CHAU),
        (
            "Phường Phan Đình Phùng (sáp nhập từ các phường Trưng Vương, Túc Duyên, Đồng Quang, Quang Trung) họp.",
            "Thái Nguyên",
            {f"{name}/Thái Nguyên" for name in ("Trưng Vương", "Túc Duyên", "Đồng Quang", "Quang Trung")},
        ),
        (
            "Xã Định Hóa sáp nhập từ thị trấn Chợ Chu và các xã Phúc Chu, Bảo Linh, Đồng Thịnh.",
            "Thái Nguyên",
            {f"{name}/Định Hóa" for name in ("Chợ Chu", "Phúc Chu", "Bảo Linh", "Đồng Thịnh")},
        ),
        ("Các xã cũ: An Bá, Vĩnh An có đường mới.", "Bắc Giang", {"An Bá/Sơn Động", "Vĩnh An/Sơn Động"}),
        ("Xã Sơn Động (trước đây là xã An Bá) họp.", "Bắc Giang", {"An Bá/Sơn Động"}),
        ("Xã Vân Sơn (huyện Sơn Động cũ) đổi thay.", "Bắc Giang", {"Sơn Động"}),
        ("Xã Sơn Động sau sáp nhập có thêm việc; chị An Bá và bà con vui.", "Bắc Giang", set()),
    ],
)
def test_former_units_after_the_reform(body: str, province: str, expected: set[str]) -> None:
    found = [place for place in described(body, province, None, AFTER).localities if place.former]
    assert {place.name + (f"/{place.district}" if place.district else "") for place in found} == expected
    assert {place.province for place in found} <= {province}


def test_namesake_of_today_elsewhere_does_not_hide_a_former_commune_of_home() -> None:
    [commune] = described("Xã Đồng Thịnh góp công.", "Thái Nguyên", None, AFTER).localities
    assert (commune.unit_id, commune.former) == ("c05572", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hợp nhất từ các xã A, B và C, xã D có 20 thôn", ["các xã A, B và C"]),
        ("hợp nhất toàn bộ diện tích tự nhiên, quy mô dân số của xã A vào xã B", ["xã A"]),
        ("Xã D (sáp nhập từ xã A) họp.", ["xã A"]),
        ("sau sáp nhập, dân vui", []),
        ("trên cơ sở dữ liệu chung", []),
    ],
)
def test_sources_of_a_merger(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in merger_sources(text.lower(), text)] == expected


def test_before_the_reform_a_town_is_a_town() -> None:
    [town] = described("Thị trấn An Châu ra quân.", "Bắc Giang", None, date(2024, 5, 5)).localities
    assert (town.type, town.former, town.district) == ("thị trấn", False, "Sơn Động")
