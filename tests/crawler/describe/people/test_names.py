"""Where people's names stand, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.describe.people.names import find_names, find_short
from tests.crawler.describe.articles import AUTHORITIES, passage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đồng chí Lò Văn Mạch đến dự.", ["Lò Văn Mạch"]),
        ("Bà H’Loan Êban kể chuyện.", ["H’Loan Êban"]),
        ("Ông Y Bhin Niê Kđăm góp công.", ["Y Bhin Niê Kđăm"]),
        ("Chị Thị Xoan và anh Điểu K'Lưu.", ["Thị Xoan", "Điểu K'Lưu"]),
        ("Chủ tịch UBND xã Tân Sơn Hoàng Văn Ké nói.", ["Hoàng Văn Ké"]),
        ("Giám đốc Sở Nông nghiệp và Phát triển nông thôn Dương Thanh Nhã nói.", ["Dương Thanh Nhã"]),
        ("Trung tá QNCN Lương Văn Phúc giúp dân.", ["Lương Văn Phúc"]),
        ("Ông Bế Văn Trưởng hiến đất.", ["Bế Văn Trưởng"]),
        ("Lò Văn Mạch Trưởng Ban Dân vận nói.", ["Lò Văn Mạch"]),
        ("Ông Ka Hoàng và bà Đồng Thị Hải Vanh.", ["Ka Hoàng", "Đồng Thị Hải Vanh"]),
        ("Trạc Thị Én, Phó Chủ tịch Hội Nông dân xã.", ["Trạc Thị Én"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [name.text for name in find_names(passage(text), AUTHORITIES)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Học tập tư tưởng Hồ Chí Minh.",
        "Tổng Bí thư Lê Hồng Phong sinh năm 1902.",
        "Đường Nguyễn Văn Cừ, trường Lý Tự Trọng.",
        "Đoàn Thanh niên, Hội Nông dân ra quân.",
        "Huyện Lục Nam, thành phố Bắc Giang.",
        "Hội nghị Ban Chấp hành Đảng bộ.",
        "Xã Nguyễn Huân làm đường.",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert list(find_names(passage(text), AUTHORITIES)) == []


def test_list_of_comrades_shares_its_word() -> None:
    names = find_names(passage("Các đồng chí: Lò Văn Mạch, Vi Thị Xoan và Hà Văn Ỏn dự."), AUTHORITIES)
    assert [(name.text, name.is_cadre) for name in names] == [
        ("Lò Văn Mạch", True),
        ("Vi Thị Xoan", True),
        ("Hà Văn Ỏn", True),
    ]


def test_short_mention_needs_a_person_word() -> None:
    found = find_short(passage("Đồng chí Trạch nói. Trạch là tên. Đồng chí Phan Trạch đến."), AUTHORITIES)
    assert [name.text for name in found] == ["Trạch"]
