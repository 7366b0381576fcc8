"""The place a figure is told of."""

from __future__ import annotations

import pytest

from tests.crawler.describe.articles import described


def places(body: str, title: str = "Lục Ngạn sơ kết") -> list[tuple[float, str | None]]:
    return [(figure.value, figure.locality) for figure in described(body, title=title).figures]


def test_figure_has_the_place_of_its_sentence_else_of_its_paragraph_else_of_the_article() -> None:
    body = "Xã Tân Sơn họp. Đã có 12 mô hình. Xã Phong Vân có 9 mô hình.\n\nDân hiến 300 m2 đất."
    assert places("Huyện Lục Ngạn sơ kết.\n\n" + body) == [(12, "Tân Sơn"), (9, "Phong Vân"), (300, "Lục Ngạn")]


@pytest.mark.parametrize(
    "start",
    ["Xã Tân Sơn, tỉnh Bắc Giang, ", "Xã Tân Sơn (huyện Lục Ngạn) ", "Xã Tân Sơn thuộc huyện Lục Ngạn ",
     "Xã Tân Sơn, huyện Lục Ngạn, tỉnh Bắc Giang, "],
)  # fmt: skip
def test_the_unit_around_a_place_is_not_the_place(start: str) -> None:
    assert places(f"{start}có 23 thôn.") == [(23, "Tân Sơn")]


def test_a_unit_of_another_sentence_part_is_the_place_even_if_it_is_greater() -> None:
    assert places("Xã Tân Sơn làm điểm để huyện Lục Ngạn có 23 mô hình.") == [(23, "Lục Ngạn")]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Các huyện: Sơn Động, Lục Ngạn và Yên Thế đã xây dựng 1.759 mô hình.", None),
        ("Có 486 hộ ở các xã Tân Sơn, Phong Vân bàn giao đất.", None),
        ("Mỗi huyện Sơn Động, Lục Ngạn và Yên Thế có 12 mô hình.", "Yên Thế"),
        ("Huyện Yên Thế, xã Tân Sơn có 12 mô hình.", "Tân Sơn"),
        ("Các xã Tân Sơn, Phong Vân lần lượt có 12 và 15 mô hình.", "Phong Vân"),
    ],
)
def test_several_places_of_one_level_are_none_alone(body: str, place: str | None) -> None:
    assert {found for _, found in places(body)} == {place}


def test_another_clause_is_not_about_the_list() -> None:
    assert places("Trao cờ cho xã Tân Sơn và xã Phong Vân; tổng giải thưởng 36 triệu đồng.") == [(36, "Lục Ngạn")]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Năm nay huyện sẽ mở 4 lớp.", "Lục Ngạn"),
        ("Toàn tỉnh hiện có 21 mô hình.", "Bắc Giang"),
        ("Xã có 9 thôn.", "Tân Sơn"),
        ("Chủ tịch Hội Nông dân huyện đã trao 20 suất quà.", "Tân Sơn"),
        ("Các xã có 9 mô hình.", "Tân Sơn"),
    ],
)
def test_a_level_without_a_name_is_the_unit_spoken_of(sentence: str, place: str) -> None:
    assert places(f"Xã Tân Sơn, huyện Lục Ngạn làm tốt. {sentence}")[0][1] == place
