"""The sentence around a stretch of text, so that evidence can be read where it stands.

>>> text = "Bà An về sớm. Ông Lê Văn Bình, Bí thư T.Ư Đoàn, nói: dân tin. Rồi thôi."
>>> quoted = quote(text, text.index("Lê"), text.index("Lê") + 11)
>>> quoted.before, quoted.cited, quoted.after
('Ông ', 'Lê Văn Bình', ', Bí thư T.Ư Đoàn, nói: dân tin.')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.records import ArticleText, Span
from archive.vietnamese import CAPITALS

# A full stop after a single capital (T.Ư, Q. Bình) or before a small letter ends nothing.
_END = re.compile(rf"(?<![A-ZĐƯ])[.!?…]+[”\"’')]*\s+(?=[\"“‘'(–-]?[{CAPITALS}\d])|\n+")
# Longer sentences are cut at a blank: a page shows about three lines of each.
_AROUND = 240
_FAR = 2000  # no sentence of news is longer; looking further would cost time for nothing


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A sentence in three parts: the cited words and what stands around them."""

    before: str
    cited: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.cited + self.after


def quote(text: str, start: int, end: int) -> Quoted:
    """The sentence that holds code points [start, end); over-long sides are cut with an ellipsis."""
    start = min(max(0, start), len(text))
    end = min(max(start, end), len(text))
    ends = (found.end() for found in _END.finditer(text, max(0, start - _FAR), start + 2))  # two more: it looks ahead
    first = max((at for at in ends if at <= start), default=0)
    following = _END.search(text, max(end - 1, start), min(len(text), end + _FAR))
    last = following.start() + len(following.group().rstrip()) if following else len(text)
    return Quoted(
        before=_cut_left(text[first:start]), cited=text[start:end], after=_cut_right(text[end : max(end, last)])
    )


def quoted_span(text: ArticleText, span: Span) -> Quoted:
    """The sentence of an article's evidence."""
    return quote(field_text(text, span), span.start, span.end)


def field_text(text: ArticleText, span: Span) -> str:
    """The text that a span's offsets count in; empty where the article has no such field."""
    if span.field == "caption":
        return text.captions[span.index] if span.index < len(text.captions) else ""
    return {"title": text.title, "sapo": text.sapo, "body": text.body}[span.field] or ""


def _cut_left(text: str) -> str:
    return text if len(text) <= _AROUND else "… " + text[text.find(" ", len(text) - _AROUND) + 1 :]


def _cut_right(text: str) -> str:
    return text if len(text) <= _AROUND else text[: text.rfind(" ", 0, _AROUND)] + " …"
