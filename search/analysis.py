"""How text becomes tokens: one function for index, query and highlight, so that the three cannot disagree.

A token is a syllable or a number; nothing is dropped and nothing is too short ("ý", "An" and "1.759" count).
Two forms of it are indexed: `exact` (lower case, tone marks in one place) and `folded` (no diacritics at all).

>>> [token.exact for token in tokens("Huyện uỷ Định Hoá: 1.759 mô hình của K'ré")]
['huyện', 'ủy', 'định', 'hóa', '1.759', 'mô', 'hình', 'của', "k'ré"]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.vietnamese import canonical, fold, has_diacritic, match_key

# Part of the index's identity: a change here, or in what documents.py gives, means a new index.
VERSION = 2
Tones = Literal["exact", "folded"]

# Inner dots and apostrophes hold T.Ư, K'ré and 1.759 together.
_TOKEN = re.compile(r"\w+(?:[.'’ʼ]\w+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A token's exact form and where it stands, in code points of the given text."""

    exact: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return _folded(self.exact)

    def form(self, tones: Tones) -> str:
        return self.exact if tones == "exact" else self.folded


# A language has some ten thousand syllables, which a page of results meets again and again.
_exact = lru_cache(maxsize=50_000)(match_key)
_folded = lru_cache(maxsize=50_000)(fold)


def tokens(text: str) -> list[Token]:
    """The tokens of a stored (canonical NFC) text."""
    return [Token(_exact(found.group()), *found.span()) for found in _TOKEN.finditer(text)]


def located(text: str, tones: Tones) -> tuple[list[str], list[tuple[int, int]]]:
    """The forms of a stored text's tokens, and where each stands: `tokens` without their objects.

    The text is keyed as a whole, which is three times as fast as word by word, where that keeps every letter's place.
    """
    key = match_key(text)
    if len(key) != len(text):  # "İ" has two letters in lower case
        found = tokens(text)
        return [token.form(tones) for token in found], [(token.start, token.end) for token in found]
    matches = list(_TOKEN.finditer(key))
    forms = [match.group() for match in matches]
    return forms if tones == "exact" else list(map(_folded, forms)), [match.span() for match in matches]


def query_tokens(text: str) -> list[Token]:
    """The tokens of what a person typed, in whatever Unicode form."""
    return tokens(canonical(text))


def exact_tokens(text: str) -> list[str]:
    """A text's tokens in their exact form, as the index takes them.

    >>> exact_tokens("Huyện uỷ T.Ư")
    ['huyện', 'ủy', 't.ư']
    """
    return _TOKEN.findall(match_key(text))


def indexed(text: str) -> tuple[str, str]:
    """A text's exact and folded forms as the index takes them: tokens separated by spaces."""
    exact = " ".join(exact_tokens(text))
    return exact, fold(exact)


def tones_of(words: list[str]) -> Tones:
    """Exact if any word carries a diacritic (đ counts), folded if none does.

    >>> tones_of(["dan", "vận"]), tones_of(["dan", "van"])
    ('exact', 'folded')
    """
    return "exact" if any(has_diacritic(word) for word in words) else "folded"
