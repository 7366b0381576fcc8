"""Marks the words of a question in stored text, on exact offsets; the caller escapes what it shows.

>>> from search.engines.tree import Phrase
>>> parts = mark("Phong trào Dân vận khéo lan rộng", (Phrase("body", ("dan", "van"), "folded"),), "body")
>>> [part.text for part in parts if part.is_hit]
['Dân vận']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.engines.tree import TextNode
from search.marks import Shown, find_marks, merged

__all__ = ["Part", "mark", "snippet", "spans"]


@dataclass(frozen=True)
class Part:
    """A stretch of text that is or is not what was searched for."""

    text: str
    is_hit: bool


def mark(text: str, marks: Sequence[TextNode], field: Shown = "body") -> list[Part]:
    """The whole text in parts; `field` is what the text is of its article."""
    return list(_parts(text, merged(find_marks(text, marks, field)), 0, len(text)))


def spans(text: str, marks: Sequence[TextNode], field: Shown = "body") -> list[tuple[int, int]]:
    """Where the words and phrases stand, in order, in code points; what overlaps is one."""
    return merged(find_marks(text, marks, field))


def snippet(text: str, marks: Sequence[TextNode], field: Shown = "body", size: int = 280) -> list[Part]:
    """About `size` characters around the densest hits; the beginning where nothing is hit."""
    found = merged(find_marks(text, marks, field))
    start = _densest(found, size) if len(text) > size else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + size)
    end = next((at for at in (text.find(" ", end), text.find("\n", end)) if at >= 0), len(text))
    end = min(end, start + 2 * size)  # a text without blanks
    parts = list(_parts(text, [span for span in found if span[0] >= start and span[1] <= end], start, end))
    before = [Part("… ", is_hit=False)] if start else []
    after = [Part(" …", is_hit=False)] if end < len(text) else []
    return [*before, *parts, *after]


def _densest(spans: list[tuple[int, int]], size: int) -> int:
    """Where to begin so that most marked characters are seen; a little before the first of them."""
    best, best_start = 0, 0
    for index, (start, _) in enumerate(spans):
        seen = sum(end - begin for begin, end in spans[index : index + 20] if end <= start + size - 40)
        if seen > best:
            best, best_start = seen, max(0, start - 40)
    return best_start


def _parts(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    at = start
    for first, last in spans:
        if first > at:
            yield Part(text[at:first], is_hit=False)
        yield Part(text[first:last], is_hit=True)
        at = last
    if at < end:
        yield Part(text[at:end], is_hit=False)
