"""The demo's articles: written for this project, real places, invented people. One TOML file a portal."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from archive.vietnamese import fold

_FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True, kw_only=True)
class DemoArticle:
    """One article and what is true of it; `second` is its text after the portal corrected it."""

    number: int
    portal: str
    section: str
    published: datetime
    title: str
    paragraphs: tuple[str, ...]  # the first is the lead
    author: str | None = None
    captions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    dan_van: bool = False
    localities: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    second: tuple[tuple[str, str], ...] = ()  # what is replaced by what
    is_removed: bool = False  # gone in the second state
    is_late: bool = False  # appears only in the second state
    form: str = "nfc"  # nfc, nfd or windows-1258

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", fold(self.title)).strip("-")[:80].rstrip("-")

    def corrected(self, text: str) -> str:
        """A paragraph after the correction."""
        for old, new in self.second:
            text = text.replace(old, new)
        return text

    def in_form(self, text: str) -> str:
        """Text in the Unicode form the portal serves."""
        return unicodedata.normalize("NFD", text) if self.form == "nfd" else text


@lru_cache(maxsize=8)
def articles_of(portal: str) -> tuple[DemoArticle, ...]:
    """A portal's articles, newest first."""
    data = tomllib.loads((_FOLDER / f"{portal}.toml").read_text(encoding="utf-8"))
    found = [_article(portal, number, entry) for number, entry in enumerate(data["article"], start=1)]
    return tuple(sorted(found, key=lambda article: article.published, reverse=True))


def _article(portal: str, number: int, entry: dict[str, Any]) -> DemoArticle:
    text = entry.pop("text")
    for name in ("captions", "tags", "localities", "officials"):
        entry[name] = tuple(entry.get(name, ()))
    entry["second"] = tuple((old, new) for old, new in entry.get("second", ()))
    paragraphs = tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))
    return DemoArticle(number=number, portal=portal, paragraphs=paragraphs, **entry)
