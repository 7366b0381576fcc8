"""A dated list laid over the gazetteer: a small one of real units, written here, as an archivist would import it."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path

import pytest

from archive.authorities import Authorities, Gazetteer, Unit
from archive.authorities.dated_list import read_list, read_map
from archive.authorities.list_import import Imported, laid_over
from archive.authorities.units import FILE, read_units, write_units
from archive.errors import UsageError
from archive.records import LOCAL_ZONE, ArticleText, PageKind, PortalIdentity, PrintedDate
from crawler.describe import describe

HEAD = "level\tcode\tname\tparent\tvalid_from\tvalid_to\n"
# Hà Tây until 2008, a town that rose twice, a district whose code was given again, a commune of no shipped list.
LIST = (
    HEAD
    + """\
P	01	Thành phố Hà Nội		2004-08-31	
P	28	Tỉnh Hà Tây		2004-08-31	2008-08-01
P	70	Tỉnh Bình Phước		2004-08-31	
D	268	Thị xã Hà Đông	28	2004-08-31	2007-01-11
D	268	Thành phố Hà Đông	28	2007-01-11	2008-08-01
D	268	Thành phố Hà Đông	01	2008-08-01	2009-05-09
D	268	Quận Hà Đông	01	2009-05-09	
D	691	Huyện Phước Long	70	2004-08-31	2009-08-12
D	691	Huyện Bù Gia Mập	70	2009-08-12	
D	688	Thị xã Phước Long	70	2009-08-12	
D	911	Huyện Phú Quốc	91	2004-08-31	2021-01-01
D	911	Thành phố Phú Quốc	91	2021-01-01	
W	09552	Xã Yên Nghĩa Hạ	268	2004-08-31	2009-03-01
W	25252	Xã Bù Nho	691	2004-08-31	
W	25219	Thị trấn Phước Bình	691	2004-08-31	2009-08-12
W	25219	Phường Phước Bình	688	2009-08-12	
"""
)  # noqa: W291
BEFORE, AFTER = date(2006, 5, 1), date(2009, 9, 1)


def imported(tmp_path: Path, text: str = LIST) -> tuple[Imported, Gazetteer]:
    file = tmp_path / "units.tsv"
    file.write_text(text, encoding="utf-8")
    found = laid_over(Gazetteer.load(), read_list(file), {})
    return found, Gazetteer(found.units)


def one(gazetteer: Gazetteer, name: str, day: date, level: str = "district", province: str | None = None) -> Unit:
    found = gazetteer.named(name, day, level)  # type: ignore[arg-type]
    [unit] = [u for u in found if province is None or gazetteer.province_of(u, day).name == province]
    return unit


def test_unit_has_the_type_and_province_of_each_day(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path)
    town = one(gazetteer, "Hà Đông", BEFORE)
    assert town.id == "d268"
    days = (date(2006, 1, 1), date(2007, 6, 1), date(2008, 9, 1), date(2010, 1, 1))
    assert [town.type_on(day) for day in days] == ["thị xã", "thành phố", "thành phố", "quận"]
    assert [gazetteer.province_of(town, day).name for day in days] == ["Hà Tây", "Hà Tây", "Hà Nội", "Hà Nội"]
    assert [child.id for child in gazetteer.children(gazetteer.units["x-hatay"], BEFORE)] == ["d268"]


def test_code_that_was_given_again_is_two_units(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path)
    older, newer = one(gazetteer, "Phước Long", BEFORE, province="Bình Phước"), one(gazetteer, "Bù Gia Mập", AFTER)
    assert (older.code, newer.code) == ("691", "691")
    assert older.id != newer.id
    assert not gazetteer.named("Bù Gia Mập", BEFORE, "district")


def test_district_lives_on_where_its_communes_went_on_the_day_it_ended(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path)
    older = one(gazetteer, "Phước Long", BEFORE, province="Bình Phước")
    assert [(unit.name, whole) for unit, whole in gazetteer.successors(older)] == [
        ("Phước Long", False),
        ("Bù Gia Mập", False),
    ]


# The official lists spell 04066, 18691 in one way and this one in another; 20821 had its name twice, with another between;
# 24889 has its apostrophe only later; 01447 is known by a key of another type.
SPELLED = (
    HEAD
    + """\
P	14	Tỉnh Sơn La		2004-08-31	
D	124	Huyện Yên Châu	14	2004-08-31	
W	04066	Xã Sập Vạt	124	2004-08-31	2025-02-01
W	04066	Xã Sặp Vạt	124	2025-02-01	
P	02	Tỉnh Hà Giang		2004-08-31	
D	026	Huyện Đồng Văn	02	2004-08-31	
W	00736	Xã Sà Phỉn	026	2004-08-31	
P	49	Tỉnh Quảng Nam		2004-08-31	
D	513	Huyện Thăng Bình	49	2004-08-31	
W	20821	Xã Bình Định	513	2004-08-31	2007-03-23
W	20821	Xã Bình Định Bắc	513	2007-03-23	2025-01-01
W	20821	Xã Bình Định	513	2025-01-01	
P	68	Tỉnh Lâm Đồng		2004-08-31	
D	674	Huyện Đam Rông	68	2004-08-31	
W	24889	Xã Đạ KNàng	674	2004-08-31	2004-12-02
W	24889	Xã Đạ K' Nàng	674	2004-12-02	
"""
)  # noqa: W291
DAYS = (date(2004, 8, 31), date(2005, 5, 5), date(2018, 4, 30), date(2023, 5, 5), date(2025, 1, 15), date(2025, 3, 1))


@pytest.mark.parametrize("code", ["04066", "00736", "20821", "24889"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_code_is_one_unit_on_a_day_however_it_is_spelled(tmp_path: Path, code: str, day: date) -> None:
    _, gazetteer = imported(tmp_path, SPELLED)
    units = [unit for unit in gazetteer.units.values() if unit.code == code and not unit.is_of_today]
    assert len([unit for unit in units if unit.is_valid_on(day)]) == 1


def test_both_spellings_find_the_unit(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path, SPELLED)
    found = [one(gazetteer, name, date(2024, 1, 1), "commune", "Sơn La").id for name in ("Sập Vạt", "Sặp Vạt")]
    assert found == ["c04066", "c04066"]
    assert gazetteer.units["c04066"].name == Gazetteer.load().units["c04066"].name


def test_name_that_comes_back_after_years_is_another_unit(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path, SPELLED)
    first = one(gazetteer, "Bình Định", date(2005, 5, 5), "commune", "Quảng Nam")
    later = one(gazetteer, "Bình Định", date(2025, 3, 1), "commune", "Quảng Nam")
    assert (first.valid_to, later.valid_from) == (date(2007, 3, 23), date(2025, 1, 1))
    assert later.id == "c20821"
    assert first.id not in Gazetteer.load().units


def test_commune_known_by_key_is_claimed_whatever_its_type(tmp_path: Path) -> None:
    lines = "P\t04\tTỉnh Cao Bằng\t\t2004-08-31\t\nD\t046\tHuyện Trà Lĩnh\t04\t2004-08-31\t2020-03-01\n"
    lines += "W\t01447\tThị trấn Hùng Quốc\t046\t2004-08-31\t2020-03-01\n"
    found, gazetteer = imported(tmp_path, HEAD + lines)
    town = one(gazetteer, "Hùng Quốc", date(2018, 5, 5), "commune")
    assert (town.id, town.type, town.valid_to) == ("m01447-hungquoc", "thị trấn", date(2020, 3, 1))
    assert [ref.name for ref in gazetteer.today(town)] == ["Trà Lĩnh"]
    assert found.added == 0


def test_wards_known_by_number_alone_end_with_the_first_list(tmp_path: Path) -> None:
    """They have no spelling to find, but they are of no list either, and so in no count."""
    _, gazetteer = imported(tmp_path, SPELLED)
    numbered = [unit for unit in gazetteer.units.values() if unit.id.startswith("m") and unit.name.isdigit()]
    assert numbered
    assert all(unit.is_known_by_key and unit.is_spelled for unit in numbered)
    assert not any(unit.is_valid_on(date(2023, 5, 5)) for unit in numbered)


def test_first_day_of_the_list_is_no_day_of_beginning(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path)
    hanoi_district = one(gazetteer, "Hà Đông", BEFORE)
    assert hanoi_district.valid_from is None
    assert hanoi_district.listed_from == date(2004, 8, 31)
    assert one(gazetteer, "Bù Gia Mập", AFTER).valid_from == date(2009, 8, 12)


def test_days_of_laws_are_kept_against_the_list(tmp_path: Path) -> None:
    found, gazetteer = imported(tmp_path)
    island = one(gazetteer, "Phú Quốc", date(2021, 2, 1))
    assert island.type_on(date(2021, 2, 1)) == "huyện"  # Nghị quyết 1109/NQ-UBTVQH14: from 1 March
    assert island.type_on(date(2021, 3, 1)) == "thành phố"
    assert gazetteer.units["x-hatay"].valid_to == date(2008, 8, 1)
    assert found.kept == 0


def test_ids_in_use_keep_their_meaning(tmp_path: Path) -> None:
    shipped = Gazetteer.load()
    found, gazetteer = imported(tmp_path)
    assert shipped.units.keys() <= gazetteer.units.keys()
    named = [unit.id for unit in shipped.units.values() if not unit.is_known_by_key]
    assert all(gazetteer.units[id_].name == shipped.units[id_].name for id_ in named)
    assert found.added == len(gazetteer.units) - len(shipped.units)


def test_text_of_before_the_lists_is_tagged_with_imported_units(tmp_path: Path) -> None:
    _, gazetteer = imported(tmp_path)
    shipped = Authorities.load()
    known = Authorities(gazetteer=gazetteer, offices=shipped.offices, topic=shipped.topic,
                        abbreviations=shipped.abbreviations)  # fmt: skip
    body = "Nhân dân xã Yên Nghĩa Hạ, thị xã Hà Đông, tỉnh Hà Tây hiến đất làm đường."
    published = PrintedDate(
        value=datetime(2006, 5, 1, tzinfo=LOCAL_ZONE), precision="day", source="", printed="1/5/2006"
    )
    text = ArticleText(kind=PageKind.ARTICLE, url="https://x.test/1", title="Hà Đông", body=body, published=published)
    home = PortalIdentity(key="x", name="x", kind="other", province="Hà Tây", district=None)
    places = {place.name: place for place in describe(text, home, known).localities}
    assert places["Yên Nghĩa Hạ"].district == "Hà Đông"
    assert places["Yên Nghĩa Hạ"].province == "Hà Tây"
    assert places["Hà Đông"].type == "thị xã"


def test_successors_are_read_for_communes_without_any(tmp_path: Path) -> None:
    file = tmp_path / "map.tsv.gz"
    lines = "old_commune\tnew_commune\tkind\n99999\t00097\tfull\n99998\t00097\tpartial\n99998\t00004\tpartial\n"
    file.write_bytes(gzip.compress(lines.encode()))
    heirs = read_map(file)
    assert heirs == {"99999": ("n00097",), "99998": ("n00004~", "n00097~")}
    units = tmp_path / "units.tsv"
    units.write_text(HEAD + "P\t01\tThành phố Hà Nội\t\t2004-08-31\t\nD\t001\tQuận Ba Đình\t01\t2004-08-31\t\n"
                     "W\t99999\tPhường Lụa Mới\t001\t2004-08-31\t\n", encoding="utf-8")  # fmt: skip
    found = laid_over(Gazetteer.load(), read_list(units), heirs)
    gazetteer = Gazetteer(found.units)
    assert [ref.id for ref in gazetteer.today(one(gazetteer, "Lụa Mới", BEFORE, "commune"))] == ["n00097"]


def test_written_gazetteer_is_read_again(tmp_path: Path) -> None:
    found, _ = imported(tmp_path)
    file = tmp_path / "gazetteer.tsv.gz"
    write_units(found.units, file)
    first = file.read_bytes()
    write_units(read_units(file), file)
    assert file.read_bytes() == first
    assert {unit.id: unit for unit in read_units(file)} == {unit.id: unit for unit in found.units}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("level\tcode\n", "has no column name"),
        (HEAD + "X\t01\tTỉnh Mới\t\t2004-01-01\t\n", ":2: needs a level"),
        (HEAD + "P\t01\tMới\t\t2004-01-01\t\n", ":2: needs a level"),
        (HEAD + "P\t01\tTỉnh Mới\t\t31/08/2004\t\n", ":2: Invalid isoformat"),
        (HEAD + "P\t01\tTỉnh Mới\t\t2004-01-01\t2003-01-01\n", "before it begins"),
        (HEAD + "P\t01\tTỉnh Mới\n", "too few cells"),
        (HEAD + "P\t01\tXã Mới\t\t2004-01-01\t\n", "a type of its level"),
        (HEAD + "P\t0 1\tTỉnh Mới\t\t2004-01-01\t\n", ":2: needs a level"),
        (HEAD + "P\t01\tTỉnh M;ới\t\t2004-01-01\t\n", "characters that no unit's has"),
        (HEAD + "P\t01\tTỉnh Mới\t\t0004-01-01\t\n", "no year in which"),
        (HEAD + "P\t01\t" + "x" * 140_000, "no tab-separated list"),
    ],
)
def test_wrong_list_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "units.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_list(file)


def test_broken_gzip_is_named(tmp_path: Path) -> None:
    file = tmp_path / "units.tsv.gz"
    raw = bytearray(gzip.compress(LIST.encode()))
    raw[20:40] = b"x" * 20
    file.write_bytes(raw)
    with pytest.raises(UsageError, match=r"units\.tsv\.gz: cannot be read"):
        read_list(file)


def test_unit_without_a_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"unit 997 \(huyện Đồi Mơ\): no line has its parent '98'"):
        imported(tmp_path, HEAD + "D\t997\tHuyện Đồi Mơ\t98\t2004-01-01\t\n")


def test_file_of_before_the_sources_is_read(tmp_path: Path) -> None:
    file = tmp_path / "gazetteer.tsv.gz"
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    older = ["\t".join(line.split("\t")[:13]) for line in lines]
    file.write_bytes(gzip.compress("\n".join(older).encode()))
    unit = Gazetteer.load(file).unit("x-hatay")
    assert (unit.valid_to, unit.sources, unit.spellings) == (date(2008, 8, 1), (), ())


def test_other_file_in_place_of_the_gazetteer_says_so(tmp_path: Path) -> None:
    file = tmp_path / "gazetteer.tsv.gz"
    file.write_bytes(b"no gzip")
    with pytest.raises(UsageError, match="import it again or remove it"):
        Gazetteer.load(file)
