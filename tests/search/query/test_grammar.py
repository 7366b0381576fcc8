"""What a person types: read, printed back, or refused with a place."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.authorities import Gazetteer
from archive.errors import QueryError
from search.query.ast import (
    DateRange,
    Everything,
    Fuzzy,
    Near,
    Node,
    Prefix,
    Value,
    Words,
    all_of,
    any_of,
    none_of,
)
from search.query.examples import EXAMPLES, MISTAKES, Example, Mistake
from search.query.parser import parse
from search.query.plan import Choices, Known, planned
from search.query.printing import printed
from tests.search.refusals import faults

KNOWN = Known(gazetteer=Gazetteer.load(), portals={})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.query)
def test_example_is_read_as_it_says(example: Example) -> None:
    assert printed(parse(example.query)) == example.plain


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.query)
def test_mistake_is_pointed_at_with_what_to_write(mistake: Mistake) -> None:
    query, column, said = mistake.query, mistake.column, mistake.said
    with pytest.raises(QueryError) as raised:
        _plan_without_doubts(query)
    assert (raised.value.start + 1, said in str(raised.value)) == (column, True), str(raised.value)
    assert raised.value.query == query
    assert "\n" not in str(raised.value)
    assert faults(raised.value) == []


def _plan_without_doubts(query: str) -> None:
    """As in an archive that has no village of any name."""
    for doubt in planned(query, Choices(), KNOWN).doubts:
        raise doubt.error


READ = {
    "VÀ binds closer than HOẶC": ("a b HOẶC c VÀ d", "a b OR c d"),
    "minus before parentheses": ("a -(b c)", "a -(b c)"),
    "minus twice through parentheses": ("-(-a)", "a"),
    "a dash between words is punctuation": ("dân vận – khéo - hay", "dân vận khéo hay"),
    "punctuation": ("dân, vận; (khéo).", "dân vận khéo"),
    "several tokens are a phrase": ("25-NQ/TW KT-XH", '"25 NQ TW" "KT XH"'),
    "inner dots and apostrophes": ("T.Ư K’ré 1.759", "T.Ư K’ré 1.759"),
    "brackets of a headline": ("[Video] dân vận", "Video dân vận"),
    "operators in quotes are words": ('"AND" "VÀ"', '"AND" "VÀ"'),
    "gần without a number is a word": ("GẦN DÂN", "GẦN DÂN"),
    "near alone": ("dân NEAR vận", '"dân vận"~10'),
    "near of three": ("a NEAR/3 b NEAR/3 c", '"a b c"~3'),
    "near of one field": ('title:a NEAR/2 title:"b c"', 'title:(a NEAR/2 "b c")'),
    "near in a field's parentheses": ("tiêu đề:(a NEAR/2 b)", 'title:"a b"~2'),
    "a field before parentheses": ("title:(a HOẶC b)", "title:a OR title:b"),
    "field with an underscore": ("TIEU_DE:a chức_vụ:b", "title:a post:b"),
    "field with a blank after it": ("nơi: Hà Nội", 'place:"Hà Nội"'),
    "an old spelling of a field": ("van ban:25-NQ/TW", 'document:"25-NQ/TW"'),
    "a name without quotes takes its capitals": ("tỉnh:Bắc Giang dân", 'province:"Bắc Giang" dân'),
    "and ends at a comma": ("nơi:Định Hóa, Dân vận", 'place:"Định Hóa" Dân vận'),
    "a lower-case name is one word": ("cán bộ:khuê dân", 'official:"khuê" dân'),
    "a date without parentheses": ("ngày:từ tháng 1/2023 đến nay dân", "date:2023-01-01.. dân"),
    "a date in brackets": ("date:[2015 TO 2023]", "date:2015-01-01..2023-12-31"),
    "an open date in brackets": ("date:[2015 TO *]", "date:2015-01-01.."),
    "literal phrase": ('="Ủy ban nhân dân"', '="Ủy ban nhân dân"'),
    "literal in a field": ("title:=UBND", "title:=UBND"),
    "clock times are no field": ("8:30", '"8 30"'),
    "nothing": ("  \u200b ", ""),
}


@pytest.mark.parametrize(("typed", "plain"), READ.values(), ids=READ.keys())
def test_query_is_read_as(typed: str, plain: str) -> None:
    assert printed(parse(typed)) == plain


REFUSED = {
    "empty parentheses": ("a ()", "empty parentheses", 4),
    "or at the beginning": ("OR a", "joins two words", 1),
    "or at the end": ("a OR", "missing after OR", 3),
    "and before or": ("a AND OR b", "joins two words", 7),
    "not at the end": ("a NOT", "missing after NOT", 3),
    "near at the end": ("a NEAR/5", "missing after NEAR", 3),
    "near and a field's value": ("a NEAR/5 nơi:b", "words and phrases only", 10),
    "near of two distances": ("a NEAR/5 b NEAR/6 c", "one distance for all", 12),
    "near too far": ("a NEAR/500 b", "at most 100", 3),
    "near of two fields": ("a NEAR/5 title:b", "one field", 3),
    "quotes too far": ('"a b"~101', "at most 100", 1),
    "nearness of one word": ('"a"~5', "one word alone", 1),
    "empty quotes": ('a ""', "no word in it", 3),
    "only signs": ("??? ...", "no word in it", 1),
    "star inside": ("v*n", "at the end of one word", 1),
    "star after several tokens": ("a-b*", "at the end of one word", 1),
    "star of a value": ("nơi:Địn*", "takes no *", 5),
    "fuzzy of several tokens": ("a-b~1", "after one word", 1),
    "fuzzy too far": ("khéo~3", "1 or 2 letters", 1),
    "fuzzy of too short a word": ("ủy~2", "is any word", 1),
    "field without value": ("dân nơi:", "nothing after it", 5),
    "field before an operator": ("nơi:AND", "nothing after it", 1),
    "field in a field": ("title:(a nơi:b)", "a field inside", 10),
    "value with and": ("nơi:(a AND b)", "only words and OR", 8),
    "value never closed": ("nơi:(a", "never closed", 5),
    "equals before a value": ("nơi:=a", "leave it out", 5),
    "equals before a group": ("=(a b)", "before a word or a phrase", 1),
    "date in words": ("ngày:hôm nay", "not understood", 6),
    "date of two digits": ("ngày:7/23", "four digits", 6),
    "date beyond the calendar": ("ngày:31/2/2024", "not in the calendar", 6),
    "date that ends first": ("ngày:2024..2023", "swap its two sides", 6),
    "date bracket never closed": ("date:[2024 TO", "not understood", 6),
    "document without a number": ('văn bản:"nghị quyết"', "known by their numbers", 10),
    "unit id nobody has": ("nơi:id=zz9", "ids look like", 5),
    "portal nobody has": ("báo:khac", "knows none yet", 5),
    "deep": ("(" * 30 + "a" + ")" * 30, "more than 20", 22),
}


@pytest.mark.parametrize(("typed", "said", "column"), REFUSED.values(), ids=REFUSED.keys())
def test_query_is_refused_with_its_place(typed: str, said: str, column: int) -> None:
    with pytest.raises(QueryError) as raised:
        planned(typed, Choices(), KNOWN)
    assert said in str(raised.value)
    assert raised.value.start + 1 == column, str(raised.value)
    assert faults(raised.value) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [("a" * 1001, "at most 1000"), ("a " * 65, "at most 64"), ("a OR " * 5000, "at most 1000"), ("x" * 999, "of 100 letters")],
    ids=["characters", "words", "ors", "one word"],
)  # fmt: skip
def test_too_much_is_refused(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as raised:
        parse(query)
    assert faults(raised.value) == []


DATES = {
    "2023": ("2023-01-01", "2023-12-31"),
    "năm 2023": ("2023-01-01", "2023-12-31"),
    "7/2023": ("2023-07-01", "2023-07-31"),
    "tháng 7 năm 2023": ("2023-07-01", "2023-07-31"),
    "2023-07": ("2023-07-01", "2023-07-31"),
    "11/7/2023": ("2023-07-11", "2023-07-11"),
    "11-7-2023": ("2023-07-11", "2023-07-11"),
    "11.7.2023": ("2023-07-11", "2023-07-11"),
    "2023-07-11": ("2023-07-11", "2023-07-11"),
    "ngày 11 tháng 7 năm 2023": ("2023-07-11", "2023-07-11"),
    "quý II/2024": ("2024-04-01", "2024-06-30"),
    "quy 2 nam 2024": ("2024-04-01", "2024-06-30"),
    "Q4/2024": ("2024-10-01", "2024-12-31"),
    "6 tháng đầu năm 2024": ("2024-01-01", "2024-06-30"),
    "3 tháng cuối năm 2024": ("2024-10-01", "2024-12-31"),
    "nửa đầu năm 2024": ("2024-01-01", "2024-06-30"),
    "từ 1/2023 đến 6/2023": ("2023-01-01", "2023-06-30"),
    "từ quý I/2023 đến hết năm 2024": ("2023-01-01", "2024-12-31"),
    "từ 7/2023 đến nay": ("2023-07-01", None),
    "2022..2024": ("2022-01-01", "2024-12-31"),
    "..2020": (None, "2020-12-31"),
    "từ 2023": ("2023-01-01", None),
    "sau 2023": ("2024-01-01", None),
    "trước 7/2025": (None, "2025-06-30"),
    "đến hết 2020": (None, "2020-12-31"),
    "29/2/2024": ("2024-02-29", "2024-02-29"),
}


@pytest.mark.parametrize(("typed", "span"), DATES.items(), ids=DATES.keys())
def test_date_covers(typed: str, span: tuple[str | None, str | None]) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in span)
    assert parse(f"ngày:({typed})") == parse(f"ngày:{unicodedata.normalize('NFD', typed)}") == DateRange(first, last)


@pytest.mark.parametrize("typed", ["11/7/23", "23", "7/23", "tháng 7", "quý II", "13 tháng đầu năm 2024", "0/2024", "30/2/2024",
                                   "quý V/2024", "hôm qua", "..", "99999", "2024-13-01"])  # fmt: skip
def test_date_that_may_mean_several_or_none_is_refused_with_the_forms(typed: str) -> None:
    with pytest.raises(QueryError, match=r"write 2023, 7/2023") as raised:
        parse(f"ngày:({typed})")
    assert "viết 2023, 7/2023" in raised.value.vi
    assert faults(raised.value) == []


# Everything that means something, and letters of all sorts.
_PIECES = st.sampled_from([
    '"', "“", "”", "(", ")", "-", "=", "*", "~", "~2", ":", "&&", "||", "|", "[", "]", "..", "/", "\\", "\n", "\x00", "\udcff",
    "AND", "VÀ", "OR", "HOẶC", "NOT", "KHÔNG", "NEAR/5", "GẦN/2", "NEAR", "TO", "title:", "tiêu đề:", "nơi:", "ngày:", "cán bộ:",
    "báo:", "văn bản:", "zz:", "dân", "vận", "UBND", "Bắc", "25-NQ/TW", "2023", "7/2023", "từ", "đến", "id=d167", "K'ré", "İ", "ß", "đ",
    "e\u0301", "😀", "http://x", " ", " ",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_and_what_is_read_prints_back(text: str) -> None:
    try:
        node = parse(text)
    except QueryError as error:
        refusal = error
    else:
        assert parse(printed(node)) == node
        assert parse(unicodedata.normalize("NFD", text)) == parse(unicodedata.normalize("NFC", text))
        return
    assert faults(refusal) == []


_WORD = st.sampled_from(
    ["dân", "vận", "UBND", "AND", "KHÔNG", "NEAR", "GẦN", "TO", "K'ré", "1.759", "title", "x", "đ", "HOẶC"]
)
_TEXT_FIELD = st.sampled_from(["text", "title", "body", "attachment", "official", "post"])
_PHRASE = st.lists(_WORD, min_size=1, max_size=4).map(tuple)
_LEAF = st.one_of(
    st.builds(Words, _PHRASE, _TEXT_FIELD, st.booleans()),
    st.builds(Prefix, st.sampled_from(["dân", "UB", "AND"]), _TEXT_FIELD),
    st.builds(Fuzzy, st.sampled_from(["dân", "UBND", "AND"]), st.sampled_from([1, 2]), _TEXT_FIELD),
    _TEXT_FIELD.flatmap(
        lambda field: st.builds(
            Near,
            st.lists(st.builds(Words, _PHRASE, st.just(field), st.booleans()), min_size=2, max_size=3).map(tuple),
            st.integers(0, 100),
        )
    ),
    st.builds(
        Value,
        st.sampled_from(["place", "province", "district", "commune", "portal", "document", "tag"]),
        st.sampled_from(["Định Hóa", "id=d167", "xã An Lạc, Sơn Động", "AND", "25-NQ/TW", "a (b)", "dân vận: khéo"]),
    ),
    st.builds(DateRange, st.dates(max_value=date(2020, 1, 1)), st.dates(min_value=date(2020, 1, 1)) | st.none()),
)
_NODE = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(all_of),
        st.lists(inner, min_size=2, max_size=3).map(any_of),
        inner.map(none_of),
    ),
    max_leaves=6,
)


@given(_NODE)
def test_printed_tree_is_read_as_the_same_tree(node: Node) -> None:
    assert parse(printed(node)) == node


def test_nothing_is_everything() -> None:
    assert parse("") == parse(" \n") == Everything()


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("nơi:huyện Định Hóa", "huyện Định Hóa", 0),
        ("nơi:thành phố Thái Nguyên dân vận", "thành phố Thái Nguyên", 1),
        ("dia_ban:xa An Lac dan", "xa An Lac", 1),
        ("nơi:tổ dân phố Hồng Hà", "tổ dân phố Hồng Hà", 0),
        ("nơi:xã dân vận", "xã", 1),
        ("tỉnh:Bắc Giang", "Bắc Giang", 0),
    ],
)
def test_type_words_begin_a_name_without_quotes(typed: str, name: str, rest: int) -> None:
    found = parse(typed)
    value = found if isinstance(found, Value) else next(part for part in found.parts if isinstance(part, Value))  # type: ignore[union-attr]
    assert value.text == name
    assert isinstance(found, Value) == (rest == 0)
