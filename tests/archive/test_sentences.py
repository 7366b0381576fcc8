"""Sentences around evidence: where they begin and end, and what is cut."""

from __future__ import annotations

import pytest

from archive.records import Span
from archive.sentences import field_text, quote, quoted_span
from tests.archive import build


@pytest.mark.parametrize(
    ("text", "cited", "sentence"),
    [
        ("Một. Hai ba. Bốn.", "ba", "Hai ba."),
        ("Hai ba", "ba", "Hai ba"),
        ("Ông Q. Bình nói. Rồi về.", "Bình", "Ông Q. Bình nói."),
        ("Trưởng ban T.Ư Đoàn về. Hết.", "Đoàn", "Trưởng ban T.Ư Đoàn về."),
        ("Dòng một\n\nDòng hai có số. Hết.", "số", "Dòng hai có số."),
        ("Có 1.759 mô hình. Hết.", "1.759", "Có 1.759 mô hình."),
        ("“Dân tin!” Ông An nói. Hết.", "An", "Ông An nói."),
        ("Mở đầu. Bà Hạnh nói. Hết.", "Bà Hạnh", "Bà Hạnh nói."),
        ("Tốt. Đảng ủy xã họp. Hết.", "họp", "Đảng ủy xã họp."),
    ],
)  # fmt: skip
def test_sentence_is_whole(text: str, cited: str, sentence: str) -> None:
    start = text.index(cited)
    quoted = quote(text, start, start + len(cited))
    assert (quoted.cited, quoted.text) == (cited, sentence)


def test_long_sentences_are_cut_at_a_blank_on_both_sides() -> None:
    text = "dân " * 200 + "VẬN" + " khéo" * 200
    quoted = quote(text, text.index("VẬN"), text.index("VẬN") + 3)
    assert quoted.before.startswith("… dân ")
    assert quoted.after.endswith("khéo …")
    assert len(quoted.text) < 600


@pytest.mark.parametrize(("start", "end"), [(0, 10_000), (10_000, 20_000), (5, 2), (-4, 1)])
def test_spans_outside_the_text_break_nothing(start: int, end: int) -> None:
    assert quote("Ngắn thôi.", start, end).text in ("Ngắn thôi.", "")


def test_captions_are_found_by_their_number() -> None:
    text = build.text()
    assert field_text(text, Span(field="caption", index=0, start=0, end=4)) == text.captions[0]
    assert field_text(text, Span(field="caption", index=7, start=0, end=4)) == ""
    assert quoted_span(text, Span(field="title", start=0, end=8)).cited == "Định Hóa"
