"""Where posts end, whose they are, and what they are made of. Every person is invented."""

from __future__ import annotations

import pytest

from tests.crawler.describe.articles import described
from tests.crawler.describe.people.test_officials import officials

WHOSE = {
    "post, name, post, name": (
        "Dự có Bí thư Huyện ủy Nguyễn Văn Bảy, Chủ tịch UBND huyện Lê Văn Tám cùng bà con.",
        {"Nguyễn Văn Bảy": ["Bí thư Huyện ủy"], "Lê Văn Tám": ["Chủ tịch UBND huyện"]},
    ),
    "three of them": (
        "Chủ tịch UBND huyện Ngụy Văn Tuyên, Phó Chủ tịch UBND huyện Lê Quang Ngạn, Trưởng Công an huyện Vi Văn Hùng dự.",
        {
            "Ngụy Văn Tuyên": ["Chủ tịch UBND huyện"],
            "Lê Quang Ngạn": ["Phó Chủ tịch UBND huyện"],
            "Vi Văn Hùng": ["Trưởng Công an huyện"],
        },
    ),
    "name, post, no name behind": (
        "Nguyễn Văn Bảy, Bí thư Huyện ủy, Chủ tịch HĐND huyện, nói.",
        {"Nguyễn Văn Bảy": ["Bí thư Huyện ủy", "Chủ tịch HĐND huyện"]},
    ),
    "two syllables after the province": (
        "Phó Chủ tịch Thường trực Hội Nông dân tỉnh Lê Bá; Chủ tịch Liên đoàn Lao động tỉnh Vi Văn Cảnh.",
        {"Lê Bá": ["Phó Chủ tịch Thường trực Hội Nông dân tỉnh"], "Vi Văn Cảnh": ["Chủ tịch Liên đoàn Lao động tỉnh"]},
    ),
    "posts joined by và": (
        "Thượng tá Nông Quốc Khánh, Trưởng Công an huyện và Phó Chủ tịch UBND huyện Tạ Văn Hòa cùng dự.",
        {"Nông Quốc Khánh": ["Thượng tá", "Trưởng Công an huyện"], "Tạ Văn Hòa": ["Phó Chủ tịch UBND huyện"]},
    ),
    "a surname of no list": (
        "Chủ tịch UBND thị trấn Hạp Thị Chi Lăng mời từng hộ lên.",
        {"Hạp Thị Chi Lăng": ["Chủ tịch UBND thị trấn"]},
    ),
    "a department in capitals": (
        "Phó Giám đốc Sở Công Thương Trần Xuân Nghiêm nghe nông dân.",
        {"Trần Xuân Nghiêm": ["Phó Giám đốc Sở Công Thương"]},
    ),
    "a surname that is a body's word": (
        "Bí thư Huyện ủy Đoàn Ngọc Tuấn dự. Đoàn Ngọc Tú, Chủ tịch UBND xã, nói.",
        {"Đoàn Ngọc Tuấn": ["Bí thư Huyện ủy"], "Đoàn Ngọc Tú": ["Chủ tịch UBND xã"]},
    ),
    "a body": ("Bí thư Đoàn Thanh niên xã dự.", {}),
    "a street named after a person": ("Bí thư chi bộ ở đường Nguyễn Thị Định mời dân.", {}),
    "a commune, not a name": ("Chủ tịch UBND xã An Lạc cho biết.", {}),
    "name after its district": (
        "Bí thư Huyện ủy Lục Ngạn Nguyễn Việt Oanh đối thoại.",
        {"Nguyễn Việt Oanh": ["Bí thư Huyện ủy Lục Ngạn"]},
    ),
    "district that looks like a name": (
        "Bí thư Huyện ủy Trần Văn Thời Lê Phong nói.",
        {"Lê Phong": ["Bí thư Huyện ủy Trần Văn Thời"]},
    ),
    "name after a department's province": (
        "Giám đốc Sở Văn hóa, Thể thao và Du lịch Bắc Giang Trịnh Mỹ Phượng thông tin.",
        {"Trịnh Mỹ Phượng": ["Giám đốc Sở Văn hóa, Thể thao và Du lịch Bắc Giang"]},
    ),
    "name after ward and district": (
        "Bí thư Đảng ủy phường 12, quận Bình Thạnh Nguyễn Thị Thu Hồng nói.",
        {"Nguyễn Thị Thu Hồng": ["Bí thư Đảng ủy phường 12, quận Bình Thạnh"]},
    ),
    "province in parentheses": (
        "Chủ tịch UBND xã Tân Sơn (Bắc Giang) Lê Quang Vinh nói.",
        {"Lê Quang Vinh": ["Chủ tịch UBND xã Tân Sơn"]},
    ),
    "a list's common post": (
        "Các đồng chí Phó Chủ tịch UBND huyện: Nguyễn Văn Bảy, Lê Văn Tám và Hà Thị Chín dự.",
        {name: ["Phó Chủ tịch UBND huyện"] for name in ("Nguyễn Văn Bảy", "Lê Văn Tám", "Hà Thị Chín")},
    ),
    "a list of own posts": (
        "Dự có các đồng chí: Nguyễn Văn Bảy, Bí thư Huyện ủy; Lê Văn Tám.",
        {"Nguyễn Văn Bảy": ["Bí thư Huyện ủy"]},
    ),
    "who acts for another": ("Thừa ủy quyền Chủ tịch nước, đồng chí Ngô Thị Hằng trao.", {"Ngô Thị Hằng": []}),
    "who acts in a post": ("Ông Hoàng Văn Ba, quyền Chủ tịch UBND xã, dự.", {"Hoàng Văn Ba": ["quyền Chủ tịch UBND xã"]}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), WHOSE.values(), ids=WHOSE.keys())
def test_post_is_given_to_its_holder(body: str, expected: dict[str, list[str]]) -> None:
    assert officials(body) == expected


VERBS = (
    "tài trợ", "khảo sát", "hiến đất", "điều hành", "gợi mở", "đối thoại", "dâng hương", "cắt băng", "phụ trách",
    "nhiệm kỳ 2020-2025", "khóa XX", "tới dự", "quyết liệt chỉ đạo", "đều khuyên",
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_post_ends_where_words_begin_that_no_post_has(verb: str) -> None:
    body = f"Ông Vi Văn Lả, Trưởng Phòng Tài nguyên và Môi trường huyện {verb} việc này."
    assert officials(body) == {"Vi Văn Lả": ["Trưởng Phòng Tài nguyên và Môi trường huyện"]}


def test_second_body_belongs_to_the_post_but_a_sentence_does_not() -> None:
    with_body = "Ông Vi Văn Lả, Phó Trưởng ban Tôn giáo, Sở Nội vụ, đánh giá cao."
    assert officials(with_body) == {"Vi Văn Lả": ["Phó Trưởng ban Tôn giáo, Sở Nội vụ"]}
    without = "Ông Vi Văn Lả, Bí thư Huyện ủy, các sở đánh giá cao."
    assert officials(without) == {"Vi Văn Lả": ["Bí thư Huyện ủy"]}


PARTS = {
    "Trưởng Công an huyện": ("Trưởng Công an", "Công an huyện", "district"),
    "Trưởng Phòng Dân tộc huyện": ("Trưởng Phòng", "Phòng Dân tộc huyện", "district"),
    "Phó Chánh Văn phòng Tỉnh ủy": ("Phó Chánh Văn phòng", "Văn phòng Tỉnh ủy", "province"),
    "Ủy viên BCH Trung ương Đảng": ("Ủy viên BCH", "Trung ương Đảng", "central"),
    "Chi cục trưởng Chi cục Thủy sản tỉnh": ("Chi cục trưởng", "Chi cục Thủy sản tỉnh", "province"),
    "Chủ tịch nước": ("Chủ tịch nước", None, "central"),
}


@pytest.mark.parametrize("printed", PARTS)
def test_post_is_taken_apart(printed: str) -> None:
    [official] = described(f"Ông Vi Văn Lả, {printed}, dự.").officials
    [title] = official.titles
    assert (title.post, title.organisation, title.level) == PARTS[printed]


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("Trung tướng Đỗ Xuân Tụng thăm xã.", ["Trung tướng"]),
        ("Đại úy Đoàn Hữu Khương, Đồn phó Đồn Biên phòng, nói.", ["Đại úy", "Đồn phó Đồn Biên phòng"]),
        ("Trung úy chuyên nghiệp Vàng A Sử đến nhà dân.", ["Trung úy chuyên nghiệp"]),
    ],
)
def test_rank_is_a_title(body: str, titles: list[str]) -> None:
    [found] = officials(body).values()
    assert found == titles


def test_verb_in_a_heading_of_capitals_ends_the_post() -> None:
    body = "ĐỒNG CHÍ LÊ THỊ HƯƠNG, CHỦ TỊCH UBND HUYỆN PHÁT BIỂU TẠI LỄ RA QUÂN"
    assert officials(body) == {"LÊ THỊ HƯƠNG": ["CHỦ TỊCH UBND HUYỆN"]}
