"""What a citation of an article needs, whatever its form: who, what, where, when, and the capture that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Protocol

from archive.pwid import pwid
from archive.records import Article, Capture
from archive.settings import current_archive_id
from archive.vietnamese import fold

_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One article as it is cited. Authors are as printed: a Vietnamese name is not cut into family and given name."""

    id: int
    key: str  # "mau2024-17": portal, year and number, for BibTeX
    title: str
    authors: tuple[str, ...]
    container: str  # the portal's name
    issued: date | None
    url: str
    language: str | None
    abstract: str | None
    keywords: tuple[str, ...]
    archive: str  # who keeps the archive
    captured_at: datetime | None  # UTC; None where the archive lost its captures
    pwid: str | None  # the capture's persistent identifier


class Proofs(Protocol):
    """Where the captures to cite come from; `Archive.corpus` is one."""

    def proofs(self, ids: Sequence[int]) -> dict[int, Capture]:
        """The capture to cite, by article."""


def cited(articles: Iterable[Article], proofs: Proofs) -> Iterator[Citation]:
    """The citations of any number of articles, in order, captures looked up 200 at a time."""
    rest = iter(articles)
    while batch := list(islice(rest, _BATCH)):
        found = proofs.proofs([article.id for article in batch])
        yield from (citation(article, found.get(article.id)) for article in batch)


def citation(article: Article, capture: Capture | None) -> Citation:
    """One article's citation."""
    text, archive_id = article.text, current_archive_id()
    issued = text.published.value.date() if text.published else None
    return Citation(
        id=article.id,
        key=f"{_key(article.portal.key)}{issued.year if issued else ''}-{article.id}",
        title=text.title or article.url,
        authors=text.authors,
        container=article.portal.name,
        issued=issued,
        url=text.canonical_url or article.url,
        language=text.language,
        abstract=text.sapo,
        keywords=text.tags,
        archive=archive_id,
        captured_at=capture.fetched_at if capture else None,
        pwid=pwid(archive_id, capture.fetched_at, capture.url) if capture else None,
    )


def reference(one: Citation) -> str:
    """One line for a list of references: author (day). Title. Portal. Address (captured when, identifier).

    The order is that of APA 7 for an online newspaper; what is unknown is left out or said to be.
    """
    who = f"{', '.join(one.authors)} " if one.authors else ""
    when = f"({one.issued:%d/%m/%Y})" if one.issued else "(không ghi ngày / n.d.)"
    proof = f" [{one.archive}, {one.captured_at:%Y-%m-%dT%H:%M:%SZ}: {one.pwid}]" if one.captured_at else ""
    return f"{who}{when}. {' '.join(one.title.split())}. {one.container}. {one.url}{proof}"


def _key(portal: str) -> str:
    return "".join(letter for letter in fold(portal) if letter.isascii() and letter.isalnum())
