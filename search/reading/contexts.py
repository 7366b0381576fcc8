"""Keywords in context (KWIC): every place where the words of a query stand, with what is left and right of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from archive.corpus.records import StoredText
from archive.vietnamese import fold
from search.analysis import tokens
from search.highlight import spans
from search.marks import Shown
from search.question import Asked, unknown_order

ContextSort = Literal["position", "left", "right", "date"]
SORTS: tuple[ContextSort, ...] = get_args(ContextSort)
# A line of a book or of a screen holds so many characters on each side of the word.
WIDTH = 60
# A caption is found with the body.
_SHOWN: dict[str, Shown] = {"title": "title", "body": "body", "caption": "body", "attachment": "attachments"}
# The words next to the hit decide the order; more of them would only order what nobody compares.
_NEIGHBOURS = 3


@dataclass(frozen=True, kw_only=True)
class ContextLine:
    """One hit: offsets are code points of `text`, which is the title, the body, a caption or an attachment."""

    article_id: int
    portal: str
    url: str
    title: str | None
    published: date | None
    field: Literal["title", "body", "caption", "attachment"]
    index: int  # number of the caption or attachment, else 0
    start: int
    end: int
    left: str
    hit: str
    right: str


def context_lines(texts: Iterable[StoredText], asked: Asked, width: int = WIDTH) -> Iterator[ContextLine]:
    """Every hit of every text, in the order of the texts and of their fields; read as it is asked for."""
    for stored in texts:
        for field, index, text in _fields(stored):
            for start, end in spans(text, asked.marks, _SHOWN[field]):
                yield ContextLine(
                    article_id=stored.article_id,
                    portal=stored.portal,
                    url=stored.url,
                    title=stored.title,
                    published=stored.published,
                    field=field,
                    index=index,
                    start=start,
                    end=end,
                    left=_left(text, start, width),
                    hit=_flat(text[start:end]),
                    right=_right(text, end, width),
                )


def sorted_lines(lines: Iterable[ContextLine], by: str) -> list[ContextLine]:
    """Lines in an order: as they come, by the words left or right of the hit (nearest first), or newest first.

    Words are compared without tones first, so that "dân" stands by "dan" and "đạo" by "dao".
    """
    found = list(lines)
    match by:
        case "position":
            return found
        case "left":
            return sorted(found, key=lambda line: _key(reversed(_words(line.left)[-_NEIGHBOURS:])))
        case "right":
            return sorted(found, key=lambda line: _key(_words(line.right)[:_NEIGHBOURS]))
        case "date":
            return sorted(found, key=lambda line: -(line.published or date.min).toordinal())
    raise unknown_order(by, SORTS)


def _fields(stored: StoredText) -> Iterator[tuple[Literal["title", "body", "caption", "attachment"], int, str]]:
    yield "title", 0, stored.title or ""
    yield "body", 0, stored.body
    for index, caption in enumerate(stored.captions):
        yield "caption", index, caption
    for index, (_, text) in enumerate(stored.attachments):
        yield "attachment", index, text


def _left(text: str, start: int, width: int) -> str:
    """At most `width` characters before, from the beginning of a word."""
    first = max(0, start - width)
    if first and not text[first - 1].isspace():
        following = next((at for at in range(first, start) if text[at].isspace()), start)
        first = following if following < start else first
    return _flat(text[first:start]).lstrip()


def _right(text: str, end: int, width: int) -> str:
    """At most `width` characters after, to the end of a word."""
    last = min(len(text), end + width)
    if last < len(text) and not text[last].isspace():
        before = next((at for at in range(last, end, -1) if text[at - 1].isspace()), end)
        last = before if before > end else last
    return _flat(text[end:last]).rstrip()


def _flat(text: str) -> str:
    """One line; the space next to the hit stays, since it may be a comma's or none."""
    return "".join(" " if letter.isspace() else letter for letter in text)


def _words(text: str) -> list[str]:
    return [token.exact for token in tokens(text)]


def _key(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((fold(word), word) for word in words)
