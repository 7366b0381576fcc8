"""Words that make a person of a name: "đồng chí", "bà", "Đại tá"; some of them an official's."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.authorities import Offices


@lru_cache(maxsize=4)
def person_words(offices: Offices) -> re.Pattern[str]:
    """The pattern of a person word right before a name, its group 1."""
    words = sorted({*offices.cadre, *offices.ranks, *offices.persons}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))}):?\.?\s*$")


_BEFORE_NAME = " :.\xa0\n\t"  # what may part a name from its person word


def word_before(key: str, start: int, words: re.Pattern[str]) -> str | None:
    """The person word before a position, as a match key."""
    if start and key[start - 1] not in _BEFORE_NAME:
        return None
    found = words.search(key, max(0, start - 24), start)
    return found[1] if found else None


def is_cadre(word: str, offices: Offices) -> bool:
    """Whether a word alone makes an official: a comrade's or a rank."""
    return word in offices.cadre or word in offices.ranks
