"""Marks stand on exact offsets of the stored text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import mark, snippet
from search.query.parser import parse


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Phong trào “Dân vận khéo”", '"dân vận khéo"', ["Dân vận khéo"]),
        ("Phong trào “Dân vận khéo”", "dan", ["Dân"]),
        ("Dân và vận", '"dân vận"', []),
        ("huyện uỷ, Huyện ủy", '"huyện ủy"', ["huyện uỷ", "Huyện ủy"]),
        ("Điểu K’ré", "K'ré", ["K’ré"]),
        ("dân chủ", "NOT dân", []),
        ("dân vận, dân chủ", '"dân vận" OR "vận dân"', ["dân vận, dân"]),
        ("", "dân", []),
    ],
)
def test_marks(text: str, query: str, expected: list[str]) -> None:
    assert [part.text for part in mark(text, parse(query)) if part.is_hit] == expected


@given(st.text(alphabet="dâậnv đĐ-.“”\n'’x", max_size=80))
def test_parts_always_join_to_the_text(text: str) -> None:
    assert "".join(part.text for part in mark(text, parse("dân vận"))) == text


def test_snippet_begins_where_the_hits_are() -> None:
    text = "chữ " * 300 + "dân vận khéo " + "chữ " * 300
    parts = snippet(text, parse('"dân vận khéo"'))
    assert [part.text for part in parts if part.is_hit] == ["dân vận khéo"]
    assert sum(len(part.text) for part in parts) < 340
