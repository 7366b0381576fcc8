"""The JSON form of an article and its description, the same for `describe`, `show`, `export` and the web API."""

from __future__ import annotations

from typing import Any

import msgspec

from archive.attachments.records import Attachment
from archive.records import Article, ArticleText, Description, FigureMention, LocalityMention, Span, UnitRef


def described(text: ArticleText, description: Description | None) -> dict[str, Any]:
    """One object as DESIGN's contract prints it; of a page that is no article every scalar is null."""
    if description is None or not text.is_article:
        text = ArticleText(kind=text.kind, reason=text.reason, url=text.url, method=text.method)
    return {
        "is_article": text.is_article,
        "reason": None if text.is_article else text.reason or text.kind.value,
        **_text(text),
        **_mentions(description if text.is_article else None),
        "method": dict(text.method),
    }


def archived(article: Article) -> dict[str, Any]:
    """An archived article: its address, dates and version around its described form."""
    return {
        "id": article.id,
        "portal": article.portal.key,
        "portal_name": article.portal.name,
        "url": article.url,
        "version": article.version,
        "first_seen": article.first_seen.isoformat(),
        "last_seen": article.last_seen.isoformat(),
        "removed_at": article.removed_at.isoformat() if article.removed_at else None,
        **described(article.text, article.description),
        "attachments": [_attachment(file) for file in article.attachments],
    }


def _attachment(file: Attachment) -> dict[str, Any]:
    """A file of an article with its text; times as elsewhere."""
    built: dict[str, Any] = msgspec.to_builtins(file)
    times = {
        name: moment and moment.isoformat()
        for name, moment in (("gone_at", file.gone_at), ("captured_at", file.captured_at))
    }
    return built | times


def _text(text: ArticleText) -> dict[str, Any]:
    published = text.published
    return {
        "title": text.title,
        "sapo": text.sapo,
        "body": text.body if text.is_article else None,
        "captions": list(text.captions),
        "authors": list(text.authors),
        "published": published
        and {
            "value": published.iso(),
            "precision": published.precision,
            "source": published.source,
            "printed": published.printed,
        },
        "modified": text.modified.iso() if text.modified else None,
        "tags": list(text.tags),
        "section": text.section,
        "canonical_url": text.canonical_url,
        "language": text.language,
        "family": text.family,
        "encoding": text.encoding,
    }


def _mentions(description: Description | None) -> dict[str, Any]:
    if description is None:
        lists: dict[str, Any] = {"localities": [], "officials": [], "figures": [], "documents": []}
        return {"dan_van": None, "primary_locality": None, "primary_reason": None, **lists}
    relevance = description.relevance
    primary = description.primary_locality
    return {
        "dan_van": {
            "verdict": relevance.verdict,
            "score": round(relevance.score, 3),
            "evidence": [_span(span) for span in relevance.evidence],
        },
        "primary_locality": _locality(primary) if primary else None,
        "primary_reason": description.primary_reason,
        "localities": [_locality(mention) for mention in description.localities],
        "officials": [
            {
                "name": official.name,
                "titles": [msgspec.to_builtins(title) for title in official.titles],
                "cited_as": list(official.cited_as),
                "evidence": [_span(span) for span in official.evidence],
            }
            for official in description.officials
        ],
        "figures": [_figure(figure) for figure in description.figures],
        "documents": [
            {
                "kind": document.kind,
                "number": document.number,
                "date": document.date.isoformat() if document.date else None,
                "issuer": document.issuer,
                "cited_as": document.cited_as,
                "evidence": _span(document.evidence),
            }
            for document in description.documents
        ],
    }


def _locality(mention: LocalityMention) -> dict[str, Any]:
    return {
        "id": mention.unit_id,
        "name": mention.name,
        "type": mention.type,
        "level": mention.level,
        "province": mention.province,
        "district": mention.district,
        "cited_as": mention.cited_as,
        "former": mention.former,
        "evidence": [_span(span) for span in mention.evidence],
        "valid_from": mention.valid_from.isoformat() if mention.valid_from else None,
        "valid_to": mention.valid_to.isoformat() if mention.valid_to else None,
        "today": [_unit(unit) for unit in mention.today],
    }


def _figure(figure: FigureMention) -> dict[str, Any]:
    value = int(figure.value) if float(figure.value).is_integer() else figure.value
    of = int(figure.of) if figure.of is not None and float(figure.of).is_integer() else figure.of
    shared = {"unit": figure.unit, "what": figure.what, "locality": figure.locality, "cited_as": figure.cited_as}
    return {"value": value, "of": of, **shared, "evidence": _span(figure.evidence)}


def _unit(unit: UnitRef) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(unit)
    return built


def _span(span: Span) -> dict[str, Any]:
    return {"field": span.field, "index": span.index, "start": span.start, "end": span.end}
