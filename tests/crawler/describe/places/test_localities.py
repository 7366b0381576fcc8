"""Which unit a name means: on its day, in its portal's province, in the district the text speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from tests.crawler.describe.articles import described

AFTER = date(2025, 9, 9)


def named(
    body: str, province: str = "Bắc Giang", district: str | None = None, day: date = date(2023, 5, 5)
) -> set[str]:
    """Units by name, communes with their district, as `name/district`."""
    found = described(body, province, district, day).localities
    return {
        place.name + (f"/{place.district}" if place.district else "")
        for place in found
        if place.level != "village" and place.cited_as
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Mô hình ở xã An Lạc (Sơn Động), Hương Sơn (Lạng Giang) và Tân Sơn (Lục Ngạn).",
            {"An Lạc/Sơn Động", "Hương Sơn/Lạng Giang", "Tân Sơn/Lục Ngạn", "Sơn Động", "Lạng Giang", "Lục Ngạn"},
        ),
        (
            "Các huyện: Lạng Giang; Yên Thế; Lục Nam và thành phố Bắc Giang.",
            {"Lạng Giang", "Yên Thế", "Lục Nam", "Bắc Giang"},
        ),
        (
            "Ở huyện Lục Ngạn, các xã, thị trấn như: Phượng Sơn, Quý Sơn, Chũ.",
            {"Lục Ngạn", "Phượng Sơn/Lục Ngạn", "Quý Sơn/Lục Ngạn", "Chũ/Lục Ngạn"},
        ),
        ("Đoàn công tác tỉnh Lạng Sơn và TP. Hải Phòng đến thăm.", {"Lạng Sơn", "Hải Phòng"}),
        ("Tại Hiệp Hòa, nhân dân Lục Nam góp công.", {"Hiệp Hòa", "Lục Nam"}),
        ("Đoàn vừa trở về từ Hà Nội.", {"Hà Nội"}),
    ],
    ids=["parents in parentheses", "list of districts", "mixed types", "elsewhere", "bare districts", "bare province"],
)
def test_units_are_named(body: str, expected: set[str]) -> None:
    assert named(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Anh Thanh Sơn và chị Hồng Hạ ở lại.",
        "Gia đình ông Phạm Tân Sơn hiến đất.",
        "Trường Tiểu học Tân Sơn khai giảng.",
        "Giữ vững hòa bình, dân chủ.",
        "Đường Lê Lợi, phố Quang Trung sạch đẹp.",
        "Nghĩ về chiến thắng Điện Biên Phủ.",
        "Đoàn xã Xuân Phú Hòa Đông về dự.",
        "Các huyện, thị xã, thành phố thi đua.",
    ],
)
def test_what_names_no_unit(body: str) -> None:
    assert named(body) == set()


def test_commune_of_another_province_needs_more_than_its_type_word() -> None:
    assert named("Xã Lũng Cú đón khách.") == set()
    assert named("Xã Lũng Cú, huyện Đồng Văn, tỉnh Hà Giang đón khách.") == {"Lũng Cú/Đồng Văn", "Đồng Văn", "Hà Giang"}


@pytest.mark.parametrize(
    ("body", "home", "expected"),
    [
        ("Huyện Chợ Mới và huyện Định Hóa ký kết.", "Thái Nguyên", {"Chợ Mới": "Bắc Kạn", "Định Hóa": "Thái Nguyên"}),
        ("Huyện Chợ Mới đón đoàn.", "Đồng Tháp", {"Chợ Mới": "An Giang"}),
        ("Huyện Chợ Mới đón đoàn.", "Nghệ An", {}),
        ("Huyện Châu Thành đón đoàn.", "Vĩnh Long", {}),  # of several neighbours
    ],
    ids=["neighbour", "other neighbour", "no neighbour", "two neighbours"],
)
def test_district_of_two_provinces_is_the_neighbour_s(body: str, home: str, expected: dict[str, str]) -> None:
    found = described(body, home).localities
    assert {place.name: place.province for place in found if place.cited_as} == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Công nhân quê Quảng Nam ở lại.", {"Quảng Nam"}),
        ("Quê quán: Quảng Trị.", {"Quảng Trị"}),
        ("Nhiều người Quảng Nam làm thợ.", {"Quảng Nam"}),
        ("Sang Lạng Sơn buôn bán.", {"Lạng Sơn"}),
        ("Anh quê Hòa Bình, chị quê Hải Châu.", {"Hải Châu"}),
        ("Giữ hòa bình cho quê hương.", set()),
        ("Người Thái ở quê.", set()),
        ("Nghĩ về quê Lê Nam Định.", set()),
    ],
)
def test_bare_province_behind_a_word_of_origin(body: str, expected: set[str]) -> None:
    assert named(body, "Đà Nẵng") == expected


def test_origin_that_home_has_too_is_not_guessed() -> None:
    assert named("Anh quê Bắc Ninh lập nghiệp.", "Bắc Giang") == {"Bắc Ninh"}
    assert named("Anh quê Hà Nam lập nghiệp.", "Thanh Hóa") == {"Hà Nam"}
    assert named("Anh quê Thái Nguyên lập nghiệp.", "Thái Bình") == set()  # a commune of Thái Thụy


@pytest.mark.parametrize("spelling", ["Đưng K'Nớ", "Đưng K’Nớ", "Đưng KNớ", "ĐƯNG K'NỚ"])
def test_apostrophes_of_highland_names_come_and_go(spelling: str) -> None:
    assert named(f"Xã {spelling} làm đường.", "Lâm Đồng") == {"Đưng KNớ/Lạc Dương"}


@pytest.mark.parametrize("spelling", ["NT Mộc Châu", "Nông trường Mộc Châu", "Nông Trường Mộc Châu"])
def test_town_of_a_state_farm_is_written_out_or_not(spelling: str) -> None:
    assert named(f"Thị trấn {spelling} ra quân.", "Sơn La", day=date(2022, 5, 5)) == {"NT Mộc Châu/Mộc Châu"}


def test_commune_said_to_lie_in_a_district_needs_no_type_word() -> None:
    assert named("Cơ sở như Đồng Phúc của huyện Ba Bể.", "Bắc Kạn") == {"Đồng Phúc/Ba Bể", "Ba Bể"}
    assert named("Cơ sở như Đồng Phúc và huyện Ba Bể.", "Bắc Kạn") == {"Ba Bể"}


def test_province_behind_a_district_in_parentheses_is_no_district() -> None:
    assert named("Xã Đô Thành (huyện Yên Thành, Nghệ An) họp.", "Nghệ An") == {
        "Đô Thành/Yên Thành",
        "Yên Thành",
        "Nghệ An",
    }


def test_listed_name_outweighs_a_person_inside_it() -> None:
    assert named("Cán bộ xã Trung Lèng Hồ (huyện Bát Xát) về.", "Lào Cai") == {"Trung Lèng Hồ/Bát Xát", "Bát Xát"}
    assert named("Các xã Xuân Lãnh và Xuân Sơn Bắc ra quân.", "Phú Yên") == {
        "Xuân Lãnh/Đồng Xuân",
        "Xuân Sơn Bắc/Đồng Xuân",
    }
    assert named("Đồng chí Trung Lèng Hồ kể.", "Lào Cai") == set()
    assert named("Chủ tịch UBND xã Hòa Sơn Hồ Văn Y nói.", "Hòa Bình") == {"Hòa Sơn/Lương Sơn"}


def test_caseless_name_counts_behind_its_type_word() -> None:
    assert named("UBND HUYỆN GIA VIỄN họp; đoàn về huyện gia viễn.", "Ninh Bình") == {"Gia Viễn"}


def test_numbered_wards_lie_in_their_districts() -> None:
    found = named("Tại TP.HCM, phường 14, quận 8 và P.15, Q.10 ra quân.", "Hồ Chí Minh")
    assert found == {"Hồ Chí Minh", "14/8", "8", "15/10", "10"}


@pytest.mark.parametrize("spelling", ["Đắk Lắk", "Đăk Lăk", "Đắc Lắc"])
def test_spellings_in_use_are_one_province(spelling: str) -> None:
    assert named(f"Tỉnh {spelling} họp.", "Đắk Lắk") == {"Đắk Lắk"}


def test_old_tone_placement_is_the_same_name() -> None:
    assert named("Huyện Định Hoá họp.", "Thái Nguyên") == {"Định Hóa"}


def test_ward_called_pho_hue_does_not_hide_the_city() -> None:
    assert named("Thành phố Huế ra quân.", "Thừa Thiên Huế") == {"Huế"}
    assert named("Phường Phố Huế ra quân.", "Hà Nội") == {"Phố Huế/Hai Bà Trưng"}


def test_former_province_in_parentheses() -> None:
    assert named("Huyện Ba Vì (Hà Tây cũ) họp.", "Hà Nội", day=date(2009, 5, 5)) == {"Ba Vì", "Hà Tây"}


def test_district_portal_settles_a_name_of_two_districts() -> None:
    assert "Hồng Phong/Nam Sách" in named("Xã Hồng Phong làm đường.", "Hải Dương", "Nam Sách")
    assert "Hồng Phong/Ninh Giang" in named("Xã Hồng Phong làm đường.", "Hải Dương", "Ninh Giang")


def test_former_units_after_the_reform() -> None:
    body = "Xã Vân Sơn gồm hai xã Vân Sơn và Hữu Sản (huyện Sơn Động cũ), tỉnh Bắc Ninh."
    found = {place.name: place for place in described(body, day=AFTER).localities}
    assert (found["Vân Sơn"].district, found["Vân Sơn"].former) == (None, False)
    assert (found["Hữu Sản"].district, found["Hữu Sản"].province) == ("Sơn Động", "Bắc Giang")
    assert found["Hữu Sản"].former
    assert found["Sơn Động"].former
    assert not found["Bắc Ninh"].former


def test_no_districts_after_the_reform() -> None:
    found = described("Phường Bắc Giang và các xã Lục Nam, Cẩm Lý đối thoại.", day=AFTER).localities
    assert {(place.name, place.level, place.province) for place in found} == {
        ("Bắc Giang", "commune", "Bắc Ninh"),
        ("Lục Nam", "commune", "Bắc Ninh"),
        ("Cẩm Lý", "commune", "Bắc Ninh"),
    }


def test_commune_merged_before_the_first_list_is_known_by_its_key() -> None:
    [commune] = described("Xã Tình Húc làm đường.", "Quảng Ninh", day=date(2012, 1, 1)).localities
    assert (commune.name, commune.level, commune.district) == ("Tình Húc", "commune", "Bình Liêu")
    assert [unit.name for unit in commune.today] == ["Bình Liêu"]


@pytest.mark.parametrize(
    ("body", "day", "expected"),
    [
        ("Xã Tân Tiến (TP Bắc Giang) góp công.", date(2024, 5, 5), "xã"),
        ("Phường Tân Tiến (TP Bắc Giang) góp công.", date(2024, 5, 5), "phường"),
        ("Phường Tân Tiến (TP Bắc Giang) góp công.", date(2022, 5, 5), "xã"),  # the list of that month has it so
    ],
)
def test_page_is_the_better_witness_of_a_type_no_source_dates(body: str, day: date, expected: str) -> None:
    types = {place.name: place.type for place in described(body, day=day).localities}
    assert types["Tân Tiến"] == expected


def test_page_does_not_outweigh_a_dated_type() -> None:
    assert described("Huyện Phổ Yên họp.", "Thái Nguyên", day=date(2024, 1, 1)).localities[0].type == "thành phố"


def test_type_is_that_of_the_day() -> None:
    types = {
        day.year: described("UBND Phổ Yên họp.", "Thái Nguyên", day=day).localities[0].type
        for day in (date(2021, 1, 1), date(2024, 1, 1))
    }
    assert types == {2021: "thị xã", 2024: "thành phố"}


def test_evidence_points_at_every_mention() -> None:
    body = "Huyện Lục Nam họp. Ở Lục Nam, dân góp công."
    [district] = described(body).localities
    assert [body[span.start : span.end] for span in district.evidence] == ["Huyện Lục Nam", "Lục Nam"]


def test_without_a_date_older_units_are_meant() -> None:
    [district] = described("Huyện Lục Nam họp.", day=None).localities
    assert district.valid_to == date(2025, 7, 1)
