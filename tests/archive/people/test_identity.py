"""A name is not a person: who is taken for whom, and who is left apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.people.identity import Candidate, chosen
from archive.people.posts import Post, bodies, written_out
from archive.people.setting import Place, Setting, province_on
from archive.records import Level, OfficialTitle

DAY = date(2023, 5, 5)


def place(name: str, level: Level, district: str | None = None, province: str | None = "Thái Nguyên") -> Place:
    return Place(name=name, level=level, province=province, district=district)


def title(
    printed: str, organisation: str | None, level: Level | None, locality: str | None = None, *, former: bool = False
) -> OfficialTitle:
    post = printed.split(f" {organisation}")[0] if organisation else printed
    return OfficialTitle(
        printed=printed, post=post, organisation=organisation, level=level, locality=locality, former=former
    )


PLACES = (
    place("Định Hóa", "district"),
    place("Võ Nhai", "district"),
    place("Bình Yên", "commune", "Định Hóa"),
    place("Lạng Sơn", "province", None, "Lạng Sơn"),
)
PROVINCIAL = Setting(day=DAY, primary=place("Thái Nguyên", "province"), places=PLACES, portal_province="Thái Nguyên")


def of_portal(province: str, district: str | None = None, day: date = DAY) -> Setting:
    return Setting(day=day, primary=None, portal_province=province, portal_district=district)


SECRETARY = title("Bí thư Huyện ủy Định Hóa", "Huyện ủy Định Hóa", "district", "Định Hóa")
DEPUTY = title("Phó Bí thư Huyện ủy Định Hóa", "Huyện ủy Định Hóa", "district", "Định Hóa")
CHAIRMAN = title("Chủ tịch UBND huyện Định Hóa", "UBND huyện Định Hóa", "district", "Định Hóa")
ELSEWHERE = title("Bí thư Huyện ủy Võ Nhai", "Huyện ủy Võ Nhai", "district", "Võ Nhai")
COMMUNE = title("Bí thư Đảng ủy xã Bình Yên", "Đảng ủy xã Bình Yên", "commune", "Bình Yên")
PROVINCE = title("Trưởng Ban Dân vận Tỉnh ủy", "Ban Dân vận Tỉnh ủy", "province")
PROVINCE_2 = title("Phó Chủ tịch HĐND tỉnh", "HĐND tỉnh", "province")
NEXT_DOOR = title("Phó Bí thư Tỉnh ủy Lạng Sơn", "Tỉnh ủy Lạng Sơn", "province", "Lạng Sơn")
UNPLACED = title("Bí thư Huyện ủy", "Huyện ủy", "district")
RANK = OfficialTitle(printed="Đại tá", post="Đại tá", organisation=None, level=None)
CHAIRMAN_OF_COMMUNE = title("Chủ tịch UBND xã", "UBND xã", "commune")


def person(id_: int, *titles: OfficialTitle, setting: Setting = PROVINCIAL) -> Candidate:
    provinces = frozenset(filter(None, [setting.province]))
    return Candidate(id=id_, posts=frozenset(map(setting.post, titles)), provinces=provinces)


def is_same(
    titles: tuple[OfficialTitle, ...], held: Candidate | list[Candidate], setting: Setting = PROVINCIAL
) -> Candidate | None:
    candidates = held if isinstance(held, list) else [held]
    return chosen([setting.post(one) for one in titles], setting.province, candidates)


@pytest.mark.parametrize(
    ("titles", "held", "expected"),
    [
        ((SECRETARY,), (SECRETARY,), True),
        ((SECRETARY,), (DEPUTY,), True),
        ((CHAIRMAN,), (SECRETARY,), True),
        ((PROVINCE,), (PROVINCE_2,), True),
        ((UNPLACED,), (SECRETARY,), True),
        ((), (SECRETARY,), True),
        ((RANK,), (SECRETARY,), True),
        ((SECRETARY,), (RANK,), True),
        ((SECRETARY,), (ELSEWHERE,), False),
        ((SECRETARY, PROVINCE), (ELSEWHERE, PROVINCE), False),
        ((SECRETARY, replace(ELSEWHERE, former=True)), (ELSEWHERE, SECRETARY), True),
        ((SECRETARY,), (COMMUNE,), False),
        ((PROVINCE,), (SECRETARY,), False),
        ((NEXT_DOOR,), (PROVINCE,), False),
    ],
)  # fmt: skip
def test_one_known_person_of_the_name(
    titles: tuple[OfficialTitle, ...], held: tuple[OfficialTitle, ...], expected: bool
) -> None:
    assert (is_same(titles, person(1, *held)) is not None) is expected


SON_DONG, YEN_THE = of_portal("Bắc Giang", "Sơn Động"), of_portal("Bắc Giang", "Yên Thế")


@pytest.mark.parametrize(
    ("printed", "held"),
    [
        (("PCT UBND huyện", "UBND huyện"), ("Phó Chủ tịch Ủy ban nhân dân huyện", "Ủy ban nhân dân huyện")),
        (("Phó Bí thư Huyện ủy", "Huyện ủy"), ("Bí thư Huyện ủy", "Huyện ủy")),
        (("HUV", None), ("Trưởng Ban Dân vận Huyện ủy", "Ban Dân vận Huyện ủy")),
        (("Trưởng Ban Dân vận", "Ban Dân vận"), ("Trưởng BDV Huyện ủy", "BDV Huyện ủy")),
        (("Bí thư HU", "HU"), ("Bí thư Huyện ủy", "Huyện ủy")),
    ],
)
def test_posts_of_one_portal_s_district_overlap(printed: tuple[str, str | None], held: tuple[str, str | None]) -> None:
    mention, known = title(*printed, "district"), title(*held, "district")
    assert is_same((mention,), person(1, known, setting=SON_DONG), SON_DONG) is not None
    assert is_same((mention,), person(1, known, setting=YEN_THE), SON_DONG) is None
    explicit = replace(known, locality="Sơn Động")
    assert is_same((mention,), person(1, explicit, setting=SON_DONG), SON_DONG) is not None


def test_bare_commune_post_is_that_of_the_article_s_commune() -> None:
    def of(name: str, district: str) -> Setting:
        primary = place(name, "commune", district, "Bắc Giang")
        return replace(of_portal("Bắc Giang"), primary=primary, places=(primary,))

    known = person(1, CHAIRMAN_OF_COMMUNE, setting=of("An Lạc", "Sơn Động"))
    assert is_same((CHAIRMAN_OF_COMMUNE,), known, of("An Lạc", "Sơn Động")) is known
    assert is_same((CHAIRMAN_OF_COMMUNE,), known, of("Tam Tiến", "Yên Thế")) is None
    assert is_same((CHAIRMAN_OF_COMMUNE,), known, of("Vĩnh An", "Sơn Động")) is None
    assert is_same((CHAIRMAN_OF_COMMUNE,), known, SON_DONG) is known  # the portal tells the district alone


VICE_CHAIRMAN = title("Phó Chủ tịch UBND tỉnh", "UBND tỉnh", "province")
DIRECTOR = title("Giám đốc Sở Y tế", "Sở Y tế", "province")
AFTER = date(2025, 9, 9)


@pytest.mark.parametrize(
    ("mention", "setting", "held", "of", "expected"),
    [
        (DIRECTOR, of_portal("Bắc Ninh"), VICE_CHAIRMAN, of_portal("Bắc Giang"), False),
        (VICE_CHAIRMAN, of_portal("Bắc Ninh"), VICE_CHAIRMAN, of_portal("Bắc Giang"), False),
        (DIRECTOR, of_portal("Bắc Ninh"), VICE_CHAIRMAN, of_portal("Bắc Ninh"), True),
        (VICE_CHAIRMAN, of_portal("Bắc Giang", day=AFTER), VICE_CHAIRMAN, of_portal("Bắc Giang"), True),
        (DIRECTOR, of_portal("Bắc Giang", day=AFTER), VICE_CHAIRMAN, of_portal("Bắc Giang"), False),
        (DIRECTOR, of_portal("Bắc Ninh", day=AFTER), VICE_CHAIRMAN, of_portal("Bắc Ninh"), True),
        (DIRECTOR, of_portal("Huế", day=date(2025, 2, 1)), VICE_CHAIRMAN, of_portal("Thừa Thiên Huế"), True),
    ],
    ids=["two provinces", "two provinces, one post", "one province", "the same post after the merger",
         "another post after the merger", "a name that stayed", "a name that changed"],
)  # fmt: skip
def test_province_is_that_of_the_day(
    mention: OfficialTitle, setting: Setting, held: OfficialTitle, of: Setting, expected: bool
) -> None:
    assert (is_same((mention,), person(1, held, setting=of), setting) is not None) is expected


def test_mention_without_a_title_stays_in_its_province() -> None:
    assert is_same((), person(1, DIRECTOR, setting=of_portal("Bắc Giang")), of_portal("Bắc Ninh")) is None
    assert (
        is_same((), person(1, DIRECTOR, setting=of_portal("Bắc Giang")), of_portal("Bắc Giang", day=AFTER)) is not None
    )


def test_of_two_the_one_who_serves_there_is_chosen() -> None:
    both = [person(1, SECRETARY), person(2, ELSEWHERE)]
    assert is_same((CHAIRMAN,), both) is both[0]
    assert is_same((ELSEWHERE,), both) is both[1]


@pytest.mark.parametrize("titles", [(), (RANK,), (UNPLACED,)], ids=["no title", "a rank", "no place"])
def test_of_two_none_is_guessed(titles: tuple[OfficialTitle, ...]) -> None:
    assert is_same(titles, [person(1, SECRETARY), person(2, ELSEWHERE)]) is None


def test_nobody_known_is_nobody() -> None:
    assert is_same((SECRETARY,), []) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("CT UBND xã", "chủ tịch ủy ban nhân dân xã"),
        ("Trưởng phòng TN&MT", "trưởng phòng tn&mt"),
        ("UVBTV, Trưởng BTG T.U", "ủy viên ban thường vụ, trưởng ban tuyên giáo tỉnh ủy"),
        ("Chỉ thị CT", "chỉ thị ct"),
    ],
)
def test_abbreviations_are_written_out(printed: str, expected: str) -> None:
    assert written_out(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Bí thư Huyện ủy", {"party"}),
        ("Phó Chủ tịch UBND huyện", {"ủy ban nhân dân"}),
        ("Giám đốc Sở Y tế", {"so y te"}),
        ("Đại tá", set()),
    ],
)
def test_kinds_of_bodies(printed: str, expected: set[str]) -> None:
    assert bodies(printed) == expected


@pytest.mark.parametrize(
    ("name", "day", "today"),
    [("Bắc Giang", DAY, "Bắc Ninh"), ("Bắc Giang", AFTER, "Bắc Ninh"), ("Hà Tây", date(2006, 1, 1), "Hà Nội")],
)
def test_province_knows_what_it_is_today(name: str, day: date, today: str) -> None:
    found = province_on(name, day)
    assert found is not None
    assert found.today == today


def test_unknown_province_is_none() -> None:
    assert province_on("Nowhere", DAY) is None


def test_rank_serves_nowhere() -> None:
    assert not PROVINCIAL.post(RANK).serves_somewhere
    assert isinstance(PROVINCIAL.post(SECRETARY), Post)
