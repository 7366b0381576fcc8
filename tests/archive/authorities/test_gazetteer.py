"""Units with their time: names, types, parents and successors on a day."""

from __future__ import annotations

from datetime import date

import pytest

from archive.authorities import Gazetteer, Unit
from archive.errors import UsageError

GAZETTEER = Gazetteer.load()
BEFORE, AFTER = date(2025, 3, 1), date(2025, 7, 1)


def one(name: str, day: date, level: str = "district", province: str | None = None) -> Unit:
    found = GAZETTEER.named(name, day, level)  # type: ignore[arg-type]
    [unit] = [unit for unit in found if province is None or GAZETTEER.province_of(unit, day).name == province]
    return unit


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 63), (AFTER, 34)])
def test_provinces_of_a_day(day: date, count: int) -> None:
    assert len(GAZETTEER.provinces(day)) == count


def test_new_list_is_whole() -> None:
    communes = [unit for unit in GAZETTEER.units.values() if unit.is_of_today and unit.level == "commune"]
    assert len(communes) == 3321
    assert {unit.type for unit in communes} == {"xã", "phường", "đặc khu"}


def test_no_district_outlives_the_reform() -> None:
    assert not [u for u in GAZETTEER.units.values() if u.level == "district" and u.is_valid_on(AFTER)]


@pytest.mark.parametrize(
    ("name", "province", "today"),
    [
        ("Định Hóa", "Thái Nguyên", {"Bình Thành", "Bình Yên", "Kim Phượng", "Lam Vỹ", "Phú Đình", "Phượng Tiến",
                                     "Trung Hội", "Định Hóa"}),
        ("Lạng Giang", "Bắc Giang", {"Kép", "Lạng Giang", "Mỹ Thái", "Tiên Lục", "Tân Dĩnh"}),
        ("Lý Sơn", "Quảng Ngãi", {"Lý Sơn"}),
    ],
)  # fmt: skip
def test_district_becomes_the_communes_of_today(name: str, province: str, today: set[str]) -> None:
    assert {unit.name for unit in GAZETTEER.today(one(name, BEFORE, province=province))} == today


def test_commune_is_followed_through_two_mergers() -> None:
    [merged] = GAZETTEER.merged("Tình Húc", "xã")
    assert [unit.name for unit, _ in GAZETTEER.successors(merged)] == ["Bình Liêu"]
    assert [unit.id[0] for unit in GAZETTEER.today(merged)] == ["n"]


@pytest.mark.parametrize(
    ("name", "today"),
    [("Bắc Giang", ["Bắc Ninh"]), ("Yên Bái", ["Lào Cai"]), ("Hà Tây", ["Hà Nội"]), ("Ninh Bình", ["Ninh Bình"])],
)
def test_province_becomes(name: str, today: list[str]) -> None:
    old = next(u for u in GAZETTEER.by_name[name.lower()] if u.level == "province" and not u.is_of_today)
    assert [unit.name for unit in GAZETTEER.today(old)] == today


def test_code_given_again_is_another_unit() -> None:
    assert (GAZETTEER.unit("p15").name, GAZETTEER.unit("n15").name) == ("Yên Bái", "Lào Cai")


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Hoa Lư", date(2024, 12, 31), "huyện"),
        ("Hoa Lư", date(2025, 1, 1), "thành phố"),
        ("Phổ Yên", date(2022, 4, 9), "thị xã"),
        ("Phổ Yên", date(2022, 4, 10), "thành phố"),
        ("Phú Quốc", date(2021, 2, 28), "huyện"),  # Nghị quyết 1109/NQ-UBTVQH14 holds from 1 March 2021
        ("Phú Quốc", date(2021, 3, 1), "thành phố"),
    ],
)
def test_type_of_a_day(name: str, day: date, expected: str) -> None:
    assert one(name, day).type_on(day) == expected


@pytest.mark.parametrize(
    ("id_", "day", "expected"),
    [
        ("c13411", date(2024, 12, 31), "xã"),  # phường by the list of 2025: with its district, or on the usual day
        ("c13411", date(2025, 1, 1), "phường"),
        ("c07777", date(2024, 1, 31), "thị trấn"),  # of Việt Yên, which rose on 1 February 2024
        ("c07777", date(2024, 2, 1), "phường"),
    ],
)
def test_undated_type_changes_with_the_district(id_: str, day: date, expected: str) -> None:
    assert GAZETTEER.type_on(GAZETTEER.unit(id_), day) == expected


def test_city_that_ended_is_not_found_later() -> None:
    assert one("Ninh Bình", date(2024, 12, 31)).type == "thành phố"
    assert GAZETTEER.named("Ninh Bình", BEFORE, "district") == []


def test_commune_that_changed_its_district_has_that_of_the_day() -> None:
    commune = one("Phượng Sơn", BEFORE, "commune", "Bắc Giang")
    names = [GAZETTEER.district_of(commune, day) for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert [district.name for district in names if district] == ["Lục Ngạn", "Chũ"]


def test_renamed_province_has_its_name_of_the_day() -> None:
    commune = one("A Ngo", date(2024, 1, 1), "commune", "Thừa Thiên Huế")
    assert GAZETTEER.province_of(commune, date(2025, 2, 1)).name == "Huế"


@pytest.mark.parametrize("spelling", ["Định Hoá", "ĐỊNH HÓA", "định hóa"])
def test_spelling_does_not_matter(spelling: str) -> None:
    assert one(spelling, BEFORE).code == "167"


def test_children_of_a_renamed_province() -> None:
    older = GAZETTEER.unit("p46.1")
    assert "d483" in {unit.id for unit in GAZETTEER.children(older, date(2024, 1, 1))}
    assert GAZETTEER.children(older, date(2025, 2, 1)) == []


def test_children_of_a_day() -> None:
    district = one("Định Hóa", BEFORE)
    assert len(GAZETTEER.children(district, BEFORE)) == 22
    assert GAZETTEER.children(district, AFTER) == []


def test_unknown_id_says_what_ids_look_like() -> None:
    with pytest.raises(UsageError, match="d167"):
        GAZETTEER.unit("167")


def test_every_reference_leads_to_a_unit() -> None:
    for unit in GAZETTEER.units.values():
        for id_ in (*unit.parents, *(successor.rstrip("~") for successor in unit.successors)):
            assert id_ is None or id_ in GAZETTEER.units


def test_names_are_clean() -> None:
    for unit in GAZETTEER.units.values():
        assert unit.name == " ".join(unit.name.split())
        assert unit.type in {"tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu"}
