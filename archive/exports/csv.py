"""CSV for spreadsheets: one article a row, lists joined by "; ", formulas made harmless.

A cell that begins with = + - @ or a control character is run as a formula by spreadsheet programs; it gets
an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from archive.records import Article

COLUMNS = (
    "id", "portal", "portal_name", "url", "title", "published", "published_precision", "authors", "sapo", "body",
    "captions", "tags", "dan_van", "dan_van_score", "primary_locality", "localities", "officials", "documents",
    "version", "first_seen", "last_seen", "removed_at", "attachments",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write(articles: Iterable[Article], stream: TextIO) -> int:
    """Write a header and every article; returns how many articles."""
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    count = 0
    for article in articles:
        rows.writerow([harmless(cell) for cell in _row(article)])
        count += 1
    return count


def harmless(cell: object) -> str:
    """A cell's text that no spreadsheet runs.

    >>> harmless("=HYPERLINK(1)"), harmless(None), harmless("Dân vận"), harmless(-3)
    ("'=HYPERLINK(1)", '', 'Dân vận', '-3')
    """
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return str(cell)
    text = str(cell)
    return "'" + text if text.startswith(_DANGEROUS) else text


def _row(article: Article) -> list[object]:
    text, description = article.text, article.description
    published, primary = text.published, description.primary_locality
    return [
        article.id,
        article.portal.key,
        article.portal.name,
        article.url,
        text.title,
        published.iso() if published else None,
        published.precision if published else None,
        "; ".join(text.authors),
        text.sapo,
        text.body,
        "; ".join(text.captions),
        "; ".join(text.tags),
        "yes" if description.relevance.verdict else "no",
        round(description.relevance.score, 3),
        f"{primary.type} {primary.name}" if primary else None,
        "; ".join(f"{place.type} {place.name}" for place in description.localities),
        "; ".join(official.name for official in description.officials),
        "; ".join(f"{document.kind} {document.number}" for document in description.documents),
        article.version,
        article.first_seen.isoformat(),
        article.last_seen.isoformat(),
        article.removed_at.isoformat() if article.removed_at else None,
        "; ".join(file.url for file in article.attachments if file.gone_at is None),
    ]
