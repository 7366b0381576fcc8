"""Numbers that count something; dates, ages and serial numbers do not."""

from __future__ import annotations

import pytest

from tests.crawler.describe.articles import described


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Cả huyện có 1.759 mô hình.", (1759, None, "mô hình")),
        ("Có 16/22 xã đạt chuẩn.", (16, 22, "xã")),
        ("Dân góp 2,5 tỷ đồng.", (2.5, None, "tỷ đồng")),
        ("Hiến 2.350m2 đất.", (2350, None, "m2")),
        ("Hồ chứa 1,2 triệu m3 nước.", (1_200_000, None, "m3")),
        ("Có 64 trong tổng số 71 hộ ký.", (64, 71, "hộ")),
        ("Đường xong sớm 25 ngày.", (25, None, "ngày")),
        ("Xã xây hai công trình.", (2, None, "công trình")),
        ("Từ 22 hộ đăng ký.", (22, None, "hộ")),
        ("Giá 42.000 đồng/kg.", (42000, None, "đồng/kg")),
    ],
)
def test_figures(body: str, expected: tuple[float, float | None, str]) -> None:
    [figure] = described(body).figures
    assert (figure.value, figure.of, figure.unit) == expected
    assert body[figure.evidence.start : figure.evidence.end] == figure.cited_as


@pytest.mark.parametrize(
    "body",
    ["Ngày 10 tháng 7 năm 2024.", "Bà năm nay 78 tuổi.", "Mỗi người giúp 3 đến 5 hộ.", "Quốc lộ 18 mở rộng.",
     "Điều 12 quy định.", "Thứ hai mô hình được khen.", "Lúc 8 giờ 30 phút sáng."],
)  # fmt: skip
def test_what_is_no_figure(body: str) -> None:
    assert described(body).figures == ()


def test_figure_has_the_place_of_its_sentence_else_of_its_paragraph_else_of_the_article() -> None:
    body = "Xã Tân Sơn họp. Đã có 12 mô hình. Xã Phong Vân có 9 mô hình.\n\nDân hiến 300 m2 đất."
    found = described("Huyện Lục Ngạn sơ kết.\n\n" + body, title="Lục Ngạn sơ kết").figures
    assert [(figure.value, figure.locality) for figure in found] == [
        (12, "Tân Sơn"),
        (9, "Phong Vân"),
        (300, "Lục Ngạn"),
    ]


def test_words_after_a_unit_say_what_it_counts() -> None:
    [figure] = described("Có 30 hộ hiến đất.").figures
    assert figure.what == "hiến đất"
