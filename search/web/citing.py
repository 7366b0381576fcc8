"""What reference managers read from an article's page, and how a person cites it.

The fields and where each is documented stand in search/README.md: Highwire Press tags as Google Scholar's inclusion
guidelines and Zotero's embedded-metadata translator read them, schema.org's NewsArticle, and COinS (OpenURL 1.0).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from archive.exports.citation import Citation
from archive.records import Article
from search.web.addresses import is_safe_link


def meta_tags(article: Article, one: Citation) -> list[tuple[str, str]]:
    """Names and contents of the `citation_*` tags; what the article does not say is left out."""
    tags = [
        ("citation_title", article.text.title),
        ("citation_journal_title", one.container),
        *(("citation_author", author) for author in one.authors),
        ("citation_publication_date", one.issued.strftime("%Y/%m/%d") if one.issued else None),
        ("citation_online_date", one.captured_at.strftime("%Y/%m/%d") if one.captured_at else None),
        ("citation_language", one.language),
        ("citation_keywords", "; ".join(one.keywords) or None),
        ("citation_public_url", _web(one.url)),
        ("citation_id", one.pwid),
    ]
    return [(name, content) for name, content in tags if content]


def json_ld(article: Article, one: Citation) -> Markup:
    """The schema.org NewsArticle as a data block; no stored text can end it."""
    text, place = article.text, article.description.primary_locality
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": text.title,
        "description": one.abstract,
        "inLanguage": one.language,
        "datePublished": text.published.iso() if text.published else None,
        "dateModified": text.modified.iso() if text.modified else None,
        "author": [{"@type": "Person", "name": author} for author in one.authors],
        "publisher": {"@type": "Organization", "name": one.container},
        "url": _web(one.url),
        "identifier": one.pwid,
        "keywords": list(one.keywords),
        "articleSection": text.section,
        "contentLocation": place and {"@type": "Place", "name": f"{place.type} {place.name}"},
        "mentions": [{"@type": "Person", "name": official.name} for official in article.description.officials],
        "archivedAt": one.pwid,
    }
    return data_block({name: value for name, value in values.items() if value})


def data_block(values: Any) -> Markup:
    """JSON that may stand inside a script element: every sign that HTML could read is written as \\uXXXX."""
    written = json.dumps(values, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)


def coins(article: Article, one: Citation) -> str:
    """The OpenURL of a COinS span's title."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", article.text.title),
        ("rft.jtitle", one.container),
        ("rft.date", one.issued.isoformat() if one.issued else None),
        *(("rft.au", author) for author in one.authors),
        ("rft.language", one.language),
        ("rft_id", _web(one.url)),
        ("rft_id", one.pwid),
    ]
    return urlencode([(name, value) for name, value in fields if value])


def _web(url: str) -> str | None:
    return url if is_safe_link(url) else None
