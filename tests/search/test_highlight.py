"""Marks stand on exact offsets of the stored text, and on what the engine was asked for."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.authorities import Gazetteer
from archive.vietnamese import canonical, fold, match_key
from search.engines.tree import Fuzzy, Near, Phrase, Prefix, Term, TextNode
from search.highlight import mark, snippet
from search.levenshtein import is_within
from search.marks import MOST_SPANS, find_marks
from search.query.plan import Choices, Known, planned

KNOWN = Known(gazetteer=Gazetteer.load(), portals={})


def marks(query: str) -> tuple[TextNode, ...]:
    return planned(query, Choices(), KNOWN).marks


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Phong trào “Dân vận khéo”", '"dân vận khéo"', ["Dân vận khéo"]),
        ("Phong trào “Dân vận khéo”", "dan", ["Dân"]),
        ("Dân và vận", '"dân vận"', []),
        ("huyện uỷ, Huyện ủy", '"huyện ủy"', ["huyện uỷ", "Huyện ủy"]),
        ("Điểu K’ré", "K'ré", ["K’ré"]),
        ("dân chủ", "NOT dân", []),
        ("dân chủ, vận", "vận -dân", ["vận"]),
        ("dân vận, dân chủ", '"dân vận" OR "vận dân"', ["dân vận, dân"]),
        ("", "dân", []),
        ("UBND xã và Uỷ ban nhân dân huyện", "UBND", ["UBND", "Uỷ ban nhân dân"]),
        ("UBND xã và Uỷ ban nhân dân huyện", "=UBND", ["UBND"]),
        ("vận động, vẫn, vận chuyển", "vận*", ["vận", "vận"]),
        ("vận, vân, vang", "vận~", ["vận", "vân"]),
        ("dân vận nông thôn, rồi xa xa dân", '"dân thôn"~2', ["dân", "thôn"]),
        ("dân vận của nông thôn mới", '"dân vận" NEAR/1 "nông thôn"', ["dân vận", "nông thôn"]),
        ("dân vận của làng nông thôn", '"dân vận" NEAR/1 "nông thôn"', []),
        ("bác sỹ, chiến sĩ", "sĩ", ["sỹ", "sĩ"]),
        ("ông Điểu K'ré, Bí thư", "cán bộ:K'ré", ["K'ré"]),
        ("chỉ có trong bài", "tiêu đề:bài", []),
    ],
)
def test_marks(text: str, query: str, expected: list[str]) -> None:
    assert [part.text for part in mark(text, marks(query)) if part.is_hit] == expected


@given(st.text(alphabet="dâậnv đĐ-.“”\n'’x", max_size=80))
def test_parts_always_join_to_the_text(text: str) -> None:
    assert "".join(part.text for part in mark(text, marks("dân vận"))) == text
    assert "".join(part.text for part in snippet(text, marks("dân vận"))) == text


_WORDS = st.sampled_from(["dân", "Dần", "DAN", "vận", "van", "hoà", "hòa", "Ủy", "uỷ", "K’ré", "đ", "1.759", "ß", "İ", "Ǆ",
                          "中文", "e\u0301", "ﬁn"])  # fmt: skip
_GAPS = st.sampled_from([" ", ", ", "\n\n", " – ", "/", " 😀 ", "\u0301 "])


@given(st.lists(st.tuples(_WORDS, _GAPS), max_size=30), st.lists(_WORDS, min_size=1, max_size=3), st.booleans())
def test_marked_slices_are_equal_to_what_was_asked(
    pieces: list[tuple[str, str]], words: list[str], is_folded: bool
) -> None:
    """Whatever the letters: a marked stretch has the very tokens of the mark, and no stretch that has them is missed."""
    text = canonical("".join(word + gap for word, gap in pieces))
    key = (lambda one: fold(match_key(one))) if is_folded else match_key
    forms = tuple(key(canonical(word)) for word in words)
    node = Phrase("body", forms, "folded" if is_folded else "exact")
    found = find_marks(text, (node,), "body")
    from search.analysis import tokens

    stored = tokens(text)
    expected = [
        (stored[at].start, stored[at + len(forms) - 1].end)
        for at in range(len(stored) - len(forms) + 1)
        if tuple(key(text[one.start : one.end]) for one in stored[at : at + len(forms)]) == forms
    ]
    assert [(span.start, span.end) for span in found] == expected


def test_offsets_count_code_points_of_text_that_was_typed_in_parts() -> None:
    text = canonical(unicodedata.normalize("NFD", "Huyện uỷ Định Hoá"))
    [span] = find_marks(text, marks('"định hóa"'), "body")
    assert text[span.start : span.end] == "Định Hoá"


def test_spans_say_which_mark_they_are() -> None:
    nodes = (Term("body", "dân", "exact"), Prefix("body", "vậ", "exact"), Fuzzy("body", "khéo", 1, "exact"))
    found = find_marks("dân vận khẻo", nodes, "body")
    assert [span.mark for span in found] == list(nodes)


def test_marks_of_another_field_are_not_shown() -> None:
    assert find_marks("dân", (Term("title", "dân", "exact"),), "body") == []
    assert find_marks("dân", (Term("officials", "dân", "exact"),), "title") != []


@pytest.mark.parametrize(
    "nodes",
    [
        tuple(Term("body", f"chữ{number}", "exact") for number in range(500)),
        (Near("body", (("dân",), ("vận",), ("dân",)), 100, "exact"),),
        (Phrase("body", ("dân",) * 40, "exact"),),
        (Prefix("body", "d", "exact"), Fuzzy("body", "dân", 2, "exact")),
    ],
    ids=["many words", "near", "long phrase of one word", "prefix and fuzzy"],
)
def test_long_texts_and_many_marks_stay_bounded(nodes: tuple[TextNode, ...]) -> None:
    found = find_marks("dân vận " * 50_000, nodes, "body")
    assert len(found) <= MOST_SPANS


@given(st.text(alphabet="abđâ", max_size=6), st.text(alphabet="abđâ", max_size=6))
def test_distance_is_levenshteins(one: str, other: str) -> None:
    def distance(a: str, b: str) -> int:
        if not a or not b:
            return len(a) + len(b)
        return min(distance(a[1:], b) + 1, distance(a, b[1:]) + 1, distance(a[1:], b[1:]) + (a[0] != b[0]))

    assert [is_within(one, other, edits) for edits in (1, 2)] == [distance(one, other) <= edits for edits in (1, 2)]


def test_snippet_begins_where_the_hits_are() -> None:
    text = "chữ " * 300 + "dân vận khéo " + "chữ " * 300
    parts = snippet(text, marks('"dân vận khéo"'))
    assert [part.text for part in parts if part.is_hit] == ["dân vận khéo"]
    assert sum(len(part.text) for part in parts) < 340


def test_snippet_of_a_text_without_blanks_stays_short() -> None:
    assert sum(len(part.text) for part in snippet("x" * 5000, marks("dân"))) < 600
