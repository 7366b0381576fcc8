"""What was read from a page, in the form the scorers take: one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from crawler.reading import PageReading


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A predicted locality."""

    name: str
    level: str
    province: str | None = None
    district: str | None = None


class PostHolder(msgspec.Struct, frozen=True, kw_only=True):
    """A predicted official."""

    name: str
    titles: list[str] = []


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A predicted figure; a value in words is read as Vietnamese write numbers."""

    value: float | str | None
    unit: str | None = None


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """A page as some extractor sees it; what it cannot say stays None or empty."""

    id: str
    is_article: bool | None = None
    title: str | None = None
    sapo: str | None = None
    body: str | None = None
    captions: list[str] = []
    authors: list[str] = []
    published: str | None = None
    dan_van: bool | None = None
    localities: list[Place] = []
    primary_locality: Place | None = None
    officials: list[PostHolder] = []
    figures: list[Figure] = []
    documents: list[str] = []


def predicted(page: str, reading: PageReading) -> Prediction:
    """A reading in the scorers' form."""
    text, description = reading.text, reading.description
    if description is None:
        return Prediction(id=page, is_article=False)
    places = [
        Place(name=one.name, level=one.level, province=one.province, district=one.district)
        for one in description.localities
    ]
    primary = description.primary_locality
    return Prediction(
        id=page,
        is_article=True,
        title=text.title,
        sapo=text.sapo,
        body=text.body,
        captions=list(text.captions),
        authors=list(text.authors),
        published=text.published.iso() if text.published else None,
        dan_van=description.relevance.verdict,
        localities=places,
        primary_locality=Place(name=primary.name, level=primary.level, province=primary.province) if primary else None,
        officials=[PostHolder(name=one.name, titles=[t.printed for t in one.titles]) for one in description.officials],
        figures=[Figure(value=one.value, unit=one.unit) for one in description.figures],
        documents=[document.number for document in description.documents],
    )
