"""What counting and citing need of many articles, without all that describes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.records import Field


@dataclass(frozen=True, kw_only=True)
class StoredText:
    """The texts of an article's current version, and what names it."""

    article_id: int
    portal: str
    url: str
    published: date | None
    title: str | None
    body: str
    captions: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]  # label or address, and text, of files that the page still has


@dataclass(frozen=True, kw_only=True)
class ArticleFigure:
    """A number that an article's current version gives, with the sentence that gives it."""

    article_id: int
    portal: str
    published: date | None
    value: float
    of: float | None
    unit: str
    what: str | None
    locality: str | None  # as printed; None where the sentence names no place
    primary_locality: str | None  # of the article: "huyện Định Hóa"
    cited_as: str
    sentence: str
    field: Field
