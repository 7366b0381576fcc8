"""The pages' words in Vietnamese and English, by group of pages; the key is what a message is for."""

from __future__ import annotations

from typing import Literal

from search.web.messages import articles, common, counting, coverage, helping, people_places, searching

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
GROUPS = (common, searching, articles, people_places, coverage, counting, helping)
MESSAGES: dict[str, tuple[str, str]] = {key: pair for group in GROUPS for key, pair in group.MESSAGES.items()}


def choose(asked: str | None, accepted: str | None) -> Language:
    """The language asked for in the address, else the browser's first of ours, else Vietnamese.

    >>> choose(None, "en-GB,en;q=0.9,vi;q=0.8"), choose("vi", "en"), choose("fr", None)
    ('en', 'vi', 'vi')
    """
    for wanted in (asked or "", *(part.split(";")[0].strip()[:2] for part in (accepted or "").split(","))):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return "vi"


def translate(key: str, language: Language) -> str:
    """A message; an unknown key is a mistake of ours and raises KeyError."""
    return MESSAGES[key][LANGUAGES.index(language)]
