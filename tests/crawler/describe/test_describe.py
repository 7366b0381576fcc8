"""What the rules read out of a text: for each a hit, a miss and a near miss. Every person is invented."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from archive.authorities import Authorities
from archive.records import LOCAL_ZONE, ArticleText, Description, PageKind, PortalIdentity, PrintedDate
from crawler.describe import describe

HOME = PortalIdentity(key="x", name="Báo X", kind="provincial_newspaper", province="Bắc Giang")
DAY = date(2023, 5, 1)


def described(
    body: str,
    title: str = "",
    day: date | None = DAY,
    home: PortalIdentity | None = HOME,
    authors: tuple[str, ...] = (),
) -> Description:
    published = day and PrintedDate(
        value=datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE), precision="day", source="x", printed="x"
    )
    text = ArticleText(
        kind=PageKind.ARTICLE, url="x", title=title, body=body, published=published or None, authors=authors
    )
    return describe(text, home, Authorities.load())


def places(found: Description) -> set[str]:
    return {f"{place.type} {place.name}" for place in found.localities if place.cited_as}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Bà con xã An Lạc (Sơn Động) hiến đất.", {"xã An Lạc", "huyện Sơn Động"}),
        ("Mô hình ở các huyện: Lạng Giang; Yên Thế; Lục Nam.", {"huyện Lạng Giang", "huyện Yên Thế", "huyện Lục Nam"}),
        ("Hai xã Tân Sơn, Phong Vân làm trước.", {"xã Tân Sơn", "xã Phong Vân"}),
        ("Huyện miền núi Sơn Động đổi thay.", {"huyện Sơn Động"}),
        ("UBND HUYỆN LỤC NGẠN họp dân.", {"huyện Lục Ngạn"}),
        ("Lạng Giang có cách làm hay.", {"huyện Lạng Giang"}),
        ("Đoàn đến từ tỉnh Lạng Sơn.", {"tỉnh Lạng Sơn"}),
        ("Ông Nguyễn Tân Sơn kể chuyện.", set()),
        ("Công ty Tân Sơn trồng cây.", set()),
        ("Đoàn khách Điện Biên đến thăm.", set()),
        ("Cả làng tân tiến lên nhiều.", set()),
        ("Thôn Đồng Khao, bản Na Hem góp công.", {"thôn Đồng Khao", "bản Na Hem"}),
    ],
)
def test_localities(body: str, expected: set[str]) -> None:
    assert places(described(body)) == expected


def test_commune_of_two_districts_is_told_by_its_context() -> None:
    found = described("Huyện Lục Ngạn chọn xã Tân Sơn làm điểm.")
    [commune] = [place for place in found.localities if place.level == "commune"]
    assert (commune.district, commune.province) == ("Lục Ngạn", "Bắc Giang")


def test_unit_knows_what_became_of_it() -> None:
    [district] = described("Huyện Lạng Giang họp.").localities
    assert district.valid_to == date(2025, 7, 1)
    assert {unit.name for unit in district.today} >= {"Kép", "Lạng Giang", "Tiên Lục"}


def test_former_unit_after_the_reform() -> None:
    found = described("Xã Vân Sơn (huyện Sơn Động cũ) đổi thay.", day=date(2025, 9, 26))
    by_level = {place.level: place for place in found.localities}
    assert (by_level["commune"].province, by_level["commune"].district) == ("Bắc Ninh", None)
    assert by_level["district"].former is True


def test_portal_is_the_place_of_a_text_that_names_none() -> None:
    home = PortalIdentity(key="g", name="g", kind="district_gov", province="Ninh Bình", district="Gia Viễn")
    found = described("Hội nghị sơ kết công tác dân vận sáu tháng.", home=home)
    assert found.primary_locality is not None
    assert (found.primary_locality.name, found.primary_locality.cited_as) == ("Gia Viễn", "")
    assert "portal" in (found.primary_reason or "")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Đồng chí Lò Văn Mạch, Bí thư Huyện ủy, phát biểu.", {"Lò Văn Mạch": ["Bí thư Huyện ủy"]}),
        ("Trưởng Ban Dân vận Huyện ủy Vi Thị Xoan cho biết.", {"Vi Thị Xoan": ["Trưởng Ban Dân vận Huyện ủy"]}),
        ("Chủ tịch UBND xã Tân Sơn Hoàng Văn Ké nói.", {"Hoàng Văn Ké": ["Chủ tịch UBND xã Tân Sơn"]}),
        ("Bí thư Đảng ủy xã Hoàng Thị Lam Anh đến.", {"Hoàng Thị Lam Anh": ["Bí thư Đảng ủy xã"]}),
        (
            "Có các đồng chí: Điểu K'Lân, Phó Bí thư Tỉnh ủy; Nguyễn Thị Hảo, Chủ tịch Hội LHPN huyện.",
            {"Điểu K'Lân": ["Phó Bí thư Tỉnh ủy"], "Nguyễn Thị Hảo": ["Chủ tịch Hội LHPN huyện"]},
        ),
        (
            "Bà Đỗ Thị Mơ, UVBTV, Trưởng Ban Dân vận kiêm Chủ tịch Ủy ban MTTQ huyện, dự.",
            {"Đỗ Thị Mơ": ["UVBTV", "Trưởng Ban Dân vận", "Chủ tịch Ủy ban MTTQ huyện"]},
        ),
        ("Thiếu tá Lã Văn Dụng đến thăm.", {"Lã Văn Dụng": ["Thiếu tá"]}),
        ("Ông Trần Văn Ổi, người dân thôn Giữa, kể.", {}),
        ("Ông Lý Văn Sình, Bí thư Chi bộ thôn, kể.", {}),
        ("Bà Phan Thị Cúc, Giám đốc Công ty May, tặng quà.", {}),
        ("Học tập tư tưởng Hồ Chí Minh về dân vận.", {}),
        ("Đường Nguyễn Văn Cừ được mở rộng.", {}),
        ("Vận động viên Hoàng Thị Mai Chi về nhất.", {}),
    ],
)
def test_officials(body: str, expected: dict[str, list[str]]) -> None:
    found = {o.name: [title.printed for title in o.titles] for o in described(body).officials}
    assert found == expected


def test_later_short_mention_is_linked_to_its_full_name() -> None:
    body = "Đồng chí Phan Hữu Trạch, Bí thư Huyện ủy, dự. Đồng chí Trạch nhấn mạnh vai trò của dân."
    [official] = described(body).officials
    assert official.cited_as == ("Đồng chí Phan Hữu Trạch", "Đồng chí Trạch")
    assert [body[span.start : span.end] for span in official.evidence] == list(official.cited_as)


def test_former_holder_and_level_are_known() -> None:
    [official] = described("Ông Vũ Văn Lạc, nguyên Phó Chủ tịch UBND huyện Yên Thế, dự.").officials
    [title] = official.titles
    assert (title.former, title.level, title.locality) == (True, "district", "Yên Thế")


def test_writer_of_the_article_is_no_official() -> None:
    assert described("Đồng chí Mai Thư ghi lại.", authors=("Mai Thư",)).officials == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Toàn huyện có 1.759 mô hình.", (1759, None, "mô hình")),
        ("Có 16/22 xã đạt chuẩn.", (16, 22, "xã")),
        ("Dân góp 2,5 tỷ đồng.", (2.5, None, "tỷ đồng")),
        ("Hiến hơn 2.350m2 đất.", (2350, None, "m2")),
        ("Còn 38,6% hộ nghèo.", (38.6, None, "%")),
    ],
)
def test_figures(body: str, expected: tuple[float, float | None, str]) -> None:
    [figure] = described(body).figures
    assert (figure.value, figure.of, figure.unit) == expected
    assert body[figure.evidence.start : figure.evidence.end] == figure.cited_as


@pytest.mark.parametrize(
    "body", ["Ngày 10 tháng 7 năm 2024.", "Bà năm nay 78 tuổi.", "Mỗi người 3 đến 5 hộ.", "Nghị quyết số 25."]
)
def test_what_is_no_figure(body: str) -> None:
    assert described(body).figures == ()


def test_figure_belongs_to_the_place_of_its_sentence() -> None:
    found = described("Xã Tân Sơn có 12 mô hình. Xã Phong Vân có 9 mô hình.").figures
    assert [(figure.value, figure.locality) for figure in found] == [(12, "Tân Sơn"), (9, "Phong Vân")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Nghị quyết số 25-NQ/TW ngày 3/6/2013 của Ban Chấp hành Trung ương về",
            ("Nghị quyết", "25-NQ/TW", date(2013, 6, 3)),
        ),
        ("thực hiện Đề án số 05-ĐA/TU ngày 9/4/2021", ("Đề án", "05-ĐA/TU", date(2021, 4, 9))),
        ("Chỉ thị 49-CT/TW của Ban Bí thư", ("Chỉ thị", "49-CT/TW", None)),
    ],
)
def test_documents(body: str, expected: tuple[str, str, date | None]) -> None:
    [document] = described(body).documents
    assert (document.kind, document.number, document.date) == expected


def test_plan_of_five_years_is_no_document() -> None:
    assert described("Kế hoạch 5 năm đạt kết quả.").documents == ()


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Dân vận khéo ở vùng cao", "Xã có 12 mô hình dân vận khéo.", True),
        ("Xã nhỏ làm đường lớn", "Cán bộ vận động nhân dân hiến đất, góp 300 ngày công; dân bàn, dân tin.", True),
        ("Giải chạy mở rộng", "Gần 200 vận động viên thi đấu; trời mưa nhỏ.", False),
        ("Giá chè tăng", "Giá chè búp tăng 10.000 đồng mỗi cân.", False),
    ],
)
def test_relevance(title: str, body: str, expected: bool) -> None:
    found = described(body, title).relevance
    assert found.verdict is expected
    assert bool(found.evidence) is expected


@pytest.mark.parametrize("body", ["a" * 100_000, "Nguyễn " * 20_000, "xã " * 30_000, "1.234.567 " * 10_000, "(" * 50_000,
                                  "Bí thư, " * 10_000, "Đồng chí Nguyễn Văn A, " * 3_000], ids=range(7))  # fmt: skip
def test_long_near_misses_end(body: str) -> None:
    described(body)


def test_figure_belongs_to_the_place_and_not_to_its_parent_in_parentheses() -> None:
    [figure] = described("Huyện Lạng Giang (tỉnh Bắc Giang) đăng ký 186 mô hình.").figures
    assert figure.locality == "Lạng Giang"
