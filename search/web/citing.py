"""What reference managers read from an article's page, and how a person cites it.

The fields and where each is documented stand in search/README.md: Highwire Press tags as Google Scholar's inclusion
guidelines and Zotero's embedded-metadata translator read them, schema.org's NewsArticle, and COinS (OpenURL 1.0).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from archive.pwid import pwid
from archive.records import Article, Capture, Version
from archive.settings import current_archive_id
from search.web.addresses import is_safe_link


@dataclass(frozen=True, kw_only=True)
class Cited:
    """An article as it is cited: the capture that proves its current text, and that capture's identifier."""

    article: Article
    capture: Capture | None
    identifier: str | None


def cited(article: Article, versions: Sequence[Version]) -> Cited:
    """The first capture of the current version."""
    current = next((version for version in versions if version.number == article.version), None)
    capture = current.captures[0] if current and current.captures else None
    identifier = pwid(current_archive_id(), capture.fetched_at, capture.url) if capture else None
    return Cited(article=article, capture=capture, identifier=identifier)


def meta_tags(one: Cited) -> list[tuple[str, str]]:
    """Names and contents of the `citation_*` tags; what the page does not say is left out."""
    text, portal = one.article.text, one.article.portal
    day = text.published.value.strftime("%Y/%m/%d") if text.published else None
    tags = [
        ("citation_title", text.title),
        ("citation_journal_title", portal.name),
        *(("citation_author", author) for author in text.authors),
        ("citation_publication_date", day),
        ("citation_online_date", one.capture.fetched_at.strftime("%Y/%m/%d") if one.capture else None),
        ("citation_language", text.language),
        ("citation_keywords", "; ".join(text.tags) or None),
        ("citation_public_url", one.article.url if is_safe_link(one.article.url) else None),
        ("citation_id", one.identifier),
    ]
    return [(name, content) for name, content in tags if content]


def json_ld(one: Cited) -> Markup:
    """The schema.org NewsArticle as a data block; no stored text can end it."""
    text, article = one.article.text, one.article
    place = article.description.primary_locality
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": text.title,
        "description": text.sapo,
        "inLanguage": text.language,
        "datePublished": text.published.iso() if text.published else None,
        "dateModified": text.modified.iso() if text.modified else None,
        "author": [{"@type": "Person", "name": author} for author in text.authors],
        "publisher": {"@type": "Organization", "name": article.portal.name},
        "url": article.url if is_safe_link(article.url) else None,
        "identifier": one.identifier,
        "keywords": list(text.tags),
        "articleSection": text.section,
        "contentLocation": place and {"@type": "Place", "name": f"{place.type} {place.name}"},
        "mentions": [{"@type": "Person", "name": official.name} for official in article.description.officials],
        "archivedAt": one.identifier,
    }
    return data_block({name: value for name, value in values.items() if value})


def data_block(values: Any) -> Markup:
    """JSON that may stand inside a script element: every sign that HTML could read is written as \\uXXXX."""
    written = json.dumps(values, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)


def coins(one: Cited) -> str:
    """The OpenURL of a COinS span's title."""
    text = one.article.text
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", text.title),
        ("rft.jtitle", one.article.portal.name),
        ("rft.date", text.published.value.date().isoformat() if text.published else None),
        *(("rft.au", author) for author in text.authors),
        ("rft.language", text.language),
        ("rft_id", one.article.url if is_safe_link(one.article.url) else None),
        ("rft_id", one.identifier),
    ]
    return urlencode([(name, value) for name, value in fields if value])
