"""Marks the words of a query in stored text, on exact offsets; the caller escapes what it shows.

>>> [part.text for part in mark("Phong trào Dân vận khéo lan rộng", parse('"dan van"')) if part.is_hit]
['Dân vận']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis import Token, Tones, query_tokens, tokens, tones_of
from search.query.ast import Node, Phrase, Word, leaves, words_of
from search.query.parser import parse

__all__ = ["Part", "mark", "parse", "snippet", "spans"]


@dataclass(frozen=True)
class Part:
    """A stretch of text that is or is not what was searched for."""

    text: str
    is_hit: bool


def mark(text: str, query: Node, tones: Tones | None = None) -> list[Part]:
    """The whole text in parts."""
    return list(_parts(text, _spans(tokens(text), query, tones), 0, len(text)))


def spans(text: str, query: Node, tones: Tones | None = None) -> list[tuple[int, int]]:
    """Where the words and phrases stand, in order, in code points; what touches is one."""
    return _spans(tokens(text), query, tones)


def snippet(text: str, query: Node, tones: Tones | None = None, size: int = 280) -> list[Part]:
    """About `size` characters around the densest hits; the beginning where nothing is hit."""
    found = _spans(tokens(text), query, tones)
    start = _densest(found, size) if len(text) > size else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + size)
    end = text.find(" ", end) if " " in text[end:] else len(text)
    parts = list(_parts(text, [span for span in found if span[0] >= start and span[1] <= end], start, end))
    before = [Part("… ", is_hit=False)] if start else []
    after = [Part(" …", is_hit=False)] if end < len(text) else []
    return [*before, *parts, *after]


def _spans(found: list[Token], query: Node, tones: Tones | None) -> list[tuple[int, int]]:
    """Where the query's words and phrases stand, merged and in order."""
    tones = tones or tones_of(words_of(query))
    forms = [token.form(tones) for token in found]
    spans: list[tuple[int, int]] = []
    for wanted in _wanted(query, tones):
        first = wanted[0]
        for at, form in enumerate(forms):
            if form == first and tuple(forms[at : at + len(wanted)]) == wanted:
                spans.append((found[at].start, found[at + len(wanted) - 1].end))
    return _merged(sorted(spans))


def _wanted(query: Node, tones: Tones) -> Iterator[tuple[str, ...]]:
    for leaf in leaves(query):
        if isinstance(leaf, (Word, Phrase)):
            text = leaf.text if isinstance(leaf, Word) else " ".join(leaf.words)
            forms = tuple(token.form(tones) for token in query_tokens(text))
            if forms:
                yield forms


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


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
