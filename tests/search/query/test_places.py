"""Names of places → units of all times, and how far a filter on them reaches."""

from __future__ import annotations

from datetime import date

import pytest

from archive.authorities import Gazetteer
from archive.errors import QueryError
from search.documents import document_keys, index_document, province_before
from search.engines import tree
from search.query.filters import Known, filter_of
from search.query.places import Mode, lineage, units_named
from tests.archive import build
from tests.search.refusals import faults

GAZETTEER = Gazetteer.load()
KNOWN = Known(gazetteer=GAZETTEER, portals={"mau": build.PORTAL})


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("huyện Định Hóa", {"d167"}),
        ("huyện Định Hoá", {"d167"}),
        ("HUYEN DINH HOA", {"d167"}),
        ("id=d167", {"d167"}),
        ("ID=D167", {"d167"}),
        ("Định Hóa, Thái Nguyên", {"d167", "n05569"}),
        ("Định Hóa (Thái Nguyên)", {"d167", "n05569"}),
        ("tỉnh Bắc Giang", {"p24"}),
        ("Bắc Ninh", {"p27", "n24", "d256"}),
        ("xã An Lạc, Sơn Động, Bắc Giang", {"c07645"}),
        ("xã An Lạc Sơn Động", {"c07645"}),
        ("xa an lac son dong bac giang", {"c07645"}),
        ("xã An Lạc, Bắc Ninh", {"n07654"}),
        ("xã Tân Sơn huyện Lục Ngạn", {"c07531"}),
        ("huyện Sơn Động, Bắc Ninh", {"d220"}),
        ("huyện Ba Vì, Hà Tây", {"d271"}),
        ("tỉnh Hà Tây", {"x-hatay"}),
        ("TP. Hồ Chí Minh", {"p79", "n79"}),
        ("Lạng Giang, Bắc Giang", {"d217"}),
        ("Định Hóa, Bắc Ninh", set()),
        ("Không Đâu", set()),
    ],
)
def test_name_means_units_of_all_times(typed: str, ids: set[str]) -> None:
    assert {unit.id for unit in units_named(typed, GAZETTEER)} >= ids
    assert bool(ids) == bool(units_named(typed, GAZETTEER))


def test_district_and_commune_are_told_apart_by_their_field() -> None:
    assert {unit.id for unit in units_named("Lạng Giang", GAZETTEER, "district")} == {"d217"}
    assert all(unit.level == "commune" for unit in units_named("Lạng Giang", GAZETTEER, "commune"))


@pytest.mark.parametrize(
    ("id_", "related"),
    [
        # The eight communes of the district, and nothing of its neighbours'.
        ("d167", {"d167", "n05542", "n05551", "n05563", "n05569", "n05581", "n05587", "n05602", "n05605"}),
        ("c07645", {"c07645", "n07654"}),
        ("p24", {"p24", "n24", "x-habac"}),
        ("n24", {"n24", "p24", "p27", "x-habac"}),
        ("x-hatay", {"x-hatay", "p01", "n01", "x-hasonbinh"}),
        ("d369", {"d369", "d374", "n14329", "n14359", "n14533", "n14566"}),
    ],
)
def test_lineage_goes_back_and_on_but_not_aside(id_: str, related: set[str]) -> None:
    assert set(lineage(id_, GAZETTEER)) == related


def test_lineage_of_a_commune_of_today_is_its_communes_not_its_district() -> None:
    assert {GAZETTEER.units[id_].level for id_ in lineage("n05569", GAZETTEER)} == {"commune"}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("as_was", tree.Keys("unit", ("d220",))),
        ("inside", tree.Keys("within", ("d220",))),
    ],
)
def test_mode_decides_what_the_engine_is_asked(mode: Mode, expected: tree.Keys) -> None:
    asked = filter_of("district", "Sơn Động", KNOWN, mode).tree
    assert asked == tree.AnyOf((expected, tree.Keys("place", ("sơn_động",))))


def test_every_unit_of_a_name_is_shown_with_how_to_narrow_it() -> None:
    said = filter_of("place", "xã An Lạc", KNOWN, "inside").understood
    assert said is not None
    assert "xã An Lạc (Sơn Động, Bắc Giang) [–2025]" in said.en
    assert "xã An Lạc (Bắc Ninh) [2025–]" in said.en
    assert "to narrow it: add the district or province" in said.en
    assert said.switch is not None
    assert (said.switch.parameter, said.switch.value) == ("places", "lineage")


def test_name_that_no_list_has_may_be_a_village_and_is_in_doubt() -> None:
    found = filter_of("place", "thôn Chí Mìu", KNOWN, "inside")
    assert found.tree == tree.Keys("place", ("thôn_chí_mìu",))
    assert found.doubt is not None
    assert "no village of the archive" in str(found.doubt.error)


def test_nearest_names_are_offered() -> None:
    doubt = filter_of("place", "huyện Lạng Gian", KNOWN, "inside").doubt
    assert doubt is not None
    assert "Lạng Giang" in str(doubt.error)


@pytest.mark.parametrize(
    ("typed", "keys"), [("mau", ("mau",)), ("Báo Mẫu", ("mau",)), ("bao mau", ("mau",)), ("MAU", ("mau",))]
)
def test_portal_by_key_or_name(typed: str, keys: tuple[str, ...]) -> None:
    assert filter_of("portal", typed, KNOWN, "inside").tree == tree.Keys("portal", keys)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("25-NQ/TW", "~25-nq/tw"),
        ("Nghị quyết số 25-NQ/TW", "~25-nq/tw"),
        ("05-ĐA/TU", "05-đa/tu"),
        ("05-DA/TU", "~05-da/tu"),
        ("05-ĐA", "05-đa"),
    ],
)
def test_document_is_asked_for_by_a_key_that_it_is_indexed_by(typed: str, key: str) -> None:
    assert filter_of("document", typed, KNOWN, "inside").tree == tree.Keys("document", (key,))
    number = typed.rpartition(" ")[2].replace("DA", "ĐA")
    assert key in document_keys(number)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Dân  vận", tree.Keys("tag", ("dân vận",))),
        ("dan van", tree.Keys("folded_tag", ("dan van",))),
        ("Đảng, đoàn", tree.Keys("tag", ("đảng đoàn",))),
    ],
)
def test_tag_is_asked_for_with_its_tones_only_where_they_are_typed(typed: str, keys: tree.Keys) -> None:
    assert filter_of("tag", typed, KNOWN, "inside").tree == keys


def test_a_text_is_no_name() -> None:
    with pytest.raises(QueryError, match="at most 200") as raised:
        filter_of("place", "dân vận " * 100, KNOWN, "inside")
    assert faults(raised.value) == []


@pytest.mark.parametrize(
    ("id_", "day", "province"),
    [
        ("c07645", date(2024, 1, 1), "p24"),
        ("d167", None, "p19"),
        ("x-hatay", date(2005, 1, 1), "p01"),  # taken over whole
        ("x-habac", date(1990, 1, 1), None),  # parted in two
        ("p46.1", date(2020, 1, 1), "p46"),  # went on under another name
        ("n05569", date(2025, 9, 1), "p19"),  # all its land is from there
        ("n24", date(2025, 9, 1), None),  # Bắc Giang and Bắc Ninh
        ("n01", None, "p01"),
        ("p24", date(2025, 10, 1), "p24"),
    ],
)
def test_former_province_only_where_it_is_one(id_: str, day: date | None, province: str | None) -> None:
    found = province_before(GAZETTEER.units[id_], day, GAZETTEER)
    assert (found and found.id) == province


def test_document_names_units_what_they_lay_in_and_villages(tmp_path: object) -> None:
    with build.new_archive(tmp_path) as archive:
        places = (
            build.locality("An Lạc", "c07645", "commune", "xã"),
            build.locality("Nà Trắng", None, "village", "thôn"),  # type: ignore[arg-type]  # a village has no id
        )
        archive.save(build.entry(), build.text(day=date(2024, 7, 10)), build.description(places))
        [article] = archive.articles([1])
    found = index_document(article, GAZETTEER)
    assert found.units == ("c07645",)
    assert set(found.within) == {"c07645", "d220", "p24", "today=n24", "before=p24"}
    assert (found.provinces, found.former_provinces, found.districts, found.communes) == (
        ("n24",), ("p24",), ("d220",), ("c07645",),
    )  # fmt: skip
    assert {"nà_trắng", "thôn_nà_trắng", "~na_trang", "thôn_nà_trắng_thái_nguyên"} <= set(found.places)
    assert "an_lạc" not in found.places
    assert found.facet("tag") == ("dân vận",)


@pytest.mark.parametrize("text", ["today=zz", "today=p24", "today=d167", "before=n24", "before=x-hatay", "before="])
def test_land_of_a_province_wants_one_of_its_time(text: str) -> None:
    with pytest.raises(QueryError, match=r"not in the gazetteer|is not one of") as raised:
        filter_of("place", text, KNOWN, "inside")
    assert faults(raised.value) == []
