"""What a reader types, and which of the four articles answer."""

from __future__ import annotations

import unicodedata

import pytest

from archive.errors import QueryError
from search.service import Question, SearchService
from tests.search.refusals import faults

CASES = {
    "all words must occur": ("dân vận", {1, 2}),
    "phrase is exact": ('"dân vận khéo"', {1}),
    "phrase with other tones finds nothing": ('"dần vận khéo"', set()),
    "without tones every tone": ("dan van kheo", {1}),
    "phrase without tones": ('"van dong vien"', {3}),
    "one tone makes all words exact": ("ma má", set()),
    "má is not mạ": ("má", {4}),
    "mã only in the title": ("mã", {4}),
    "đ counts as a diacritic": ("đat", set()),
    "folded đ": ("dat", {2}),
    "old tone placement": ("huyện ủy", {1}),
    "new tone placement": ("huyện uỷ", {1}),
    "one letter": ("ý kiến", {2}),
    "English stop words are syllables": ('"an lạc"', {2}),
    "document number": ("25-NQ/TW", {4}),
    "NFD input": (unicodedata.normalize("NFD", "vận động viên"), {3}),
    "or": ("bóng OR chè", {3, 4}),
    "hoặc": ("bóng HOẶC chè", {3, 4}),
    "not": ("dân NOT khéo", {2}),
    "minus": ("dân -khéo", {2}),
    "not alone": ("NOT dân", {3, 4}),
    "parentheses": ("(bóng OR đất) -chuyền", {2}),
    "curly quotes": ("“dân vận khéo”", {1}),
    "title field": ("tiêu đề:dân", {1}),
    "title field in English": ("title:dân", {1}),
    "locality field": ('nơi:"An Lạc"', {2}),
    "locality folded": ("locality:(an lac)", {2}),
    "official field": ("cán bộ:khuê", {1, 4}),
    "official, whole name": ('official:"Hoàng Minh Khuê"', {1}),
    "date field, year": ("ngày:2023", {2}),
    "date field, span": ("date:2015..2023", {2, 4}),
    "date field, brackets": ("date:[2015 TO 2023]", {2, 4}),
    "portal field": ("báo:mau", {1, 2, 3, 4}),
    "portal by its name": ('báo:"bao mau"', {1, 2, 3, 4}),
    "empty": ("", {1, 2, 3, 4}),
    "prefix": ("vậ*", {1, 2, 3}),
    "prefix without tones": ("chuy*", {3}),
    "fuzzy": ("khẻo~", {1}),
    "fuzzy, two letters off": ("khẻa~2", {1}),
    "near": ('"dân" GẦN/3 "hộ"', set()),
    "near, further": ('"tổ dân vận" GẦN/5 "46 hộ"', {2}),
    "near in quotes, in any order": ('"hộ vận đất"~9', {2}),
    "post": ('chức vụ:"trưởng ban dân vận"', {1, 2, 3, 4}),
    "abbreviation written out": ("DVK", {1}),
    "no abbreviation": ("=DVK", set()),
    "other spelling": ("kinh tế sỹ", set()),
    "village or unit by name in capitals": ("nơi:An Lạc", {2}),
    "several places": ('nơi:("An Lạc" HOẶC "Định Hóa")', {1, 2}),
    "document field": ("văn bản:25-NQ/TW", {1, 2, 3, 4}),
    "document field without its issuer": ("document:25-nq", {1, 2, 3, 4}),
    "tag": ('thẻ:"dân vận"', {1, 2, 3, 4}),
    "tag without tones": ('tag:"dan van"', {1, 2, 3, 4}),
    "captions are searched": ('"xóm tân lập"', {1, 2, 3, 4}),
    "NUL and a lone surrogate": ("dân\x00 \udcff", {1, 2}),
    "SQL": ("; DROP TABLE article", set()),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_query_finds(service: SearchService, text: str, expected: set[int]) -> None:
    found = service.search(Question(text=text))
    assert {hit.article.id for hit in found.hits} == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question(localities=("huyện Định Hoá",)), {1}),
        (Question(localities=("Thái Nguyên",)), {1, 3, 4}),
        (Question(localities=("tỉnh thái nguyên",)), {1, 3, 4}),
        (Question(localities=("id=D167",)), {1}),
        (Question(localities=("huyện Định Hóa", "An Lạc")), set()),
        (Question(localities=("xã Định Hóa",)), set()),
        (Question(localities=("xã Định Hóa",), places="lineage"), set()),
        (Question(localities=("dinh hoa",)), {1}),
        (Question(localities=("thai nguyen",), places="as_was"), {3}),
        (Question(officials=("K’răng",)), {2}),
        (Question(officials=("hoang van khue",)), {4}),
        (Question(officials=("Khuê Điểu",)), set()),
        (Question(first_day="7/2023"), {1}),
        (Question(last_day="31/12/2015"), {4}),
        (Question(first_day="2023", last_day="2023"), {2}),
        (Question(portals=("mau",)), {1, 2, 3, 4}),
    ],
    ids=lambda value: str(value) if isinstance(value, set) else value.text or "filter",
)
def test_filter_finds(service: SearchService, question: Question, expected: set[int]) -> None:
    assert {hit.article.id for hit in service.search(question).hits} == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zz:a", "field 'zz' is unknown"),
        ("ngày:hômqua", "is not understood; write 2023"),
        ("ngày:31/2/2024", "not in the calendar"),
        ("ngày:2024..2023", "swap its two sides"),
        ("dân)", r"one \) too many"),
        ("a" * 1001, "at most 1000"),
        ("a " * 65, "at most 64"),
        ("(" * 30 + "dân" + ")" * 30, "more than 20 parentheses"),
        ('nơi:""', "nothing after it"),
        ("nơi:(a AND b)", "only words"),
        ("báo:khac", "the archive has none of this key or name; did you mean mau"),
        ('nơi:"phường Định Hóa"', "no unit of any time and no village .* did you mean Định Hóa"),
    ],
)
def test_query_that_cannot_be_understood_says_what_to_write(service: SearchService, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as raised:
        service.search(Question(text=text))
    assert faults(raised.value, text) == []


def test_tones_can_be_forced(service: SearchService) -> None:
    assert service.search(Question(text="dan", tones="exact")).total == 0
    assert service.search(Question(text="dần", tones="folded")).total == 2
    assert service.search(Question(text="dần vận", tones="folded")).tones == "folded"


def test_title_counts_more_than_body(service: SearchService) -> None:
    hits = service.search(Question(text="hóa")).hits
    assert hits[0].article.id == 1


def test_newest_first_and_undated_last(service: SearchService) -> None:
    newest = [hit.article.id for hit in service.search(Question(sort="newest")).hits]
    oldest = [hit.article.id for hit in service.search(Question(sort="oldest")).hits]
    assert (newest, oldest) == ([1, 2, 4, 3], [4, 2, 1, 3])


def test_pages_do_not_overlap_and_know_their_number(service: SearchService) -> None:
    pages = [service.search(Question(page=page, size=3)) for page in (1, 2, 3)]
    ids = [hit.article.id for page in pages for hit in page.hits]
    assert sorted(ids) == [1, 2, 3, 4]
    assert pages[0].pages == 2


def test_facets_count_all_hits_exactly(service: SearchService) -> None:
    facets = service.search(Question(text="dân", size=1)).facets
    assert [(value.value, value.count) for value in facets["portal"]] == [("mau", 2)]
    assert [(value.value, value.count) for value in facets["year"]] == [("2023", 1), ("2024", 1)]
    assert {(value.label, value.count) for value in facets["province"]} == {
        ("tỉnh Thái Nguyên", 1),
        ("tỉnh Bắc Ninh", 1),
    }
    assert {value.label for value in facets["former_province"]} == {"tỉnh Thái Nguyên", "tỉnh Bắc Giang"}
    assert {value.label for value in facets["district"]} == {
        "huyện Định Hóa (Thái Nguyên)",
        "huyện Sơn Động (Bắc Giang)",
    }
    assert [(value.value, value.label) for value in facets["commune"]] == [
        ("c07645", "xã An Lạc (Sơn Động, Bắc Giang)")
    ]
    assert {value.value for value in facets["official"]} == {"Hoàng Minh Khuê", "Điểu K'răng"}


def test_hit_shows_the_words_found(service: SearchService) -> None:
    [hit] = service.search(Question(text='"dan van kheo"')).hits
    assert [part.text for part in hit.snippet if part.is_hit] == ["Dân vận khéo"]
    assert "".join(part.text for part in hit.snippet) == hit.article.text.body
