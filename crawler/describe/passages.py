"""The parts of an article that description reads, each with its match key of the same length."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from archive.authorities.gazetteer import respelled
from archive.records import ArticleText, Field, Span
from archive.vietnamese import match_key

# Full stops of abbreviations are no ends of sentences: T.Ư, TP., P.14, Th.S.
_ABBREVIATION = re.compile(r"(?<!\w)(?:t\.ư|t\.u|tp|tx|tt|th\.s|ths|gs|pgs|ts|bs|[a-zđ])\.", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|[”\"’)]|$)|\n+")


def _lowered(letter: str) -> str:
    """A letter in lower case where that is one letter: "İ" would be two."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


@dataclass(frozen=True)
class Passage:
    """One field's text; `key` has its characters one for one, so that offsets hold in both."""

    field: Field
    index: int
    text: str

    @cached_property
    def key(self) -> str:
        key = match_key(self.text)
        return key if len(key) == len(self.text) else "".join(map(_lowered, self.text))

    @cached_property
    def place_key(self) -> str:
        """The key with one spelling of Đắk; as long as the text."""
        return respelled(self.key)

    @cached_property
    def calm(self) -> str:
        """The key with the full stops of abbreviations as middle dots."""
        return _ABBREVIATION.sub(lambda found: found.group().replace(".", "·"), self.key)

    @cached_property
    def sentence_ends(self) -> list[int]:
        return [found.end() for found in _SENTENCE_END.finditer(self.calm)] + [len(self.text)]

    def sentence_around(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a position."""
        at = bisect_right(self.sentence_ends, position)
        start = self.sentence_ends[at - 1] if at else 0
        return start, self.sentence_ends[at] if at < len(self.sentence_ends) else len(self.text)

    def span(self, start: int, end: int) -> Span:
        return Span(field=self.field, index=self.index, start=start, end=end)


def passages(text: ArticleText) -> list[Passage]:
    """Title, lead where it is not in the body, body, captions: nothing else of a page is described."""
    found = [Passage("title", 0, text.title)] if text.title else []
    if text.sapo and text.sapo not in text.body:
        found.append(Passage("sapo", 0, text.sapo))
    if text.body:
        found.append(Passage("body", 0, text.body))
    found += [Passage("caption", number, caption) for number, caption in enumerate(text.captions) if caption]
    return found
