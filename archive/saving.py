"""Writing one article: idempotent, and in one transaction with its mentions, captures and change row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from archive import placing
from archive.duplicates import store as duplicates
from archive.fixity import seals
from archive.models import (
    ArticleRow,
    ChangeRow,
    DocumentRow,
    FigureRow,
    LocalityRow,
    OfficialRow,
    VersionCaptureRow,
    VersionRow,
)
from archive.people import store as people
from archive.records import ArticleText, Description, SaveOutcome
from archive.rows import insert_row, insert_rows

_AT = select(ArticleRow.__table__).where(ArticleRow.url_key == bindparam("url_key"))


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What saving did, and to which article."""

    article_id: int
    version: int
    outcome: SaveOutcome


def stamp(moment: datetime) -> str:
    """An aware datetime as the archive stores it: UTC ISO text with seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def text_digest(text: ArticleText) -> str:
    """The digest that decides whether a text is a new version: title, sapo, body and captions, in this order."""
    parts = (text.title or "", text.sapo or "", text.body, *text.captions)
    return "sha256:" + hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


def save_article(
    connection: Connection,
    *,
    portal: str,
    url_key: str,
    text: ArticleText,
    description: Description,
    province: str,
    capture_id: int,
    seen_at: datetime,
) -> Saved:
    """Save what a capture says. The same text again moves `first_seen` or `last_seen`; another is a new version.

    A capture older than those known has its place before them and leaves the current version as it is.
    `province` is today's province of the article, under which its officials are known.
    """
    seen, digest = stamp(seen_at), text_digest(text)
    known = connection.execute(_AT, {"url_key": url_key}).one_or_none()
    if known is None:
        row = {"portal": portal, "url": text.url, "url_key": url_key, "version": 1, "first_seen": seen}
        article_id = insert_row(connection, ArticleRow, row | {"last_seen": seen, "removed_at": None})
        number, outcome = 1, SaveOutcome.NEW
    else:
        article_id = known.id
        place = placing.find_place(connection, article_id, seen)
        if same := place.same_text(digest):
            return _seen_again(connection, known, same, capture_id, seen)
        number = placing.next_number(connection, article_id)
        outcome = SaveOutcome.CHANGED if place.is_newest else SaveOutcome.EARLIER
        placing.widen_article(connection, known, seen, version=number if place.is_newest else known.version)
    version_id = insert_row(connection, VersionRow, version_row(article_id, number, digest, seen, text, description))
    _link_capture(connection, version_id, capture_id)
    insert_mentions(connection, version_id, description)
    seals.seal_stored(connection, seals.SEALED["version"], VersionRow.id == version_id)
    people.assign(connection, article_id, version_id, description, province)
    record_change(connection, article_id, "upsert", number, seen)
    if outcome is not SaveOutcome.EARLIER:
        duplicates.sign(connection, article_id, digest, text.body)
    return Saved(article_id=article_id, version=number, outcome=outcome)


def remove_article(connection: Connection, article_id: int, seen_at: datetime) -> bool:
    """Mark an article as gone from its portal (a tombstone; its versions stay). False if it was, or came back."""
    article = connection.execute(select(ArticleRow.__table__).where(ArticleRow.id == article_id)).one()
    seen = stamp(seen_at)
    if article.removed_at is not None or seen < article.last_seen:
        return False
    connection.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(removed_at=seen))
    record_change(connection, article_id, "remove", article.version, seen)
    return True


def touch_article(connection: Connection, article_id: int, capture_id: int, seen_at: datetime) -> Saved:
    """The server said "not modified": the version of the time was there again."""
    article = connection.execute(select(ArticleRow.__table__).where(ArticleRow.id == article_id)).one()
    place = placing.find_place(connection, article_id, stamp(seen_at))
    return _seen_again(connection, article, place.before or place.after, capture_id, stamp(seen_at))


def record_change(connection: Connection, article_id: int, op: str, version: int, at: str) -> None:
    """One row of the change feed, in the caller's transaction."""
    insert_rows(connection, ChangeRow, [{"article_id": article_id, "op": op, "version": version, "at": at}])


def _seen_again(connection: Connection, article: Any, version: Any, capture_id: int, seen: str) -> Saved:
    """A known text once more; a removed article that is there again is in the feed again."""
    is_back = placing.widen_article(connection, article, seen)
    placing.widen_version(connection, version, seen)
    _link_capture(connection, version.id, capture_id)
    if is_back:
        record_change(connection, article.id, "upsert", article.version, seen)
    return Saved(article_id=article.id, version=version.number, outcome=SaveOutcome.UNCHANGED)


def _link_capture(connection: Connection, version_id: int, capture_id: int) -> None:
    insert_rows(connection, VersionCaptureRow, [{"version_id": version_id, "capture_id": capture_id}])


def version_row(
    article_id: int, number: int, digest: str, seen: str, text: ArticleText, description: Description
) -> dict[str, Any]:
    """A version's row, seen once."""
    published = text.published
    relevance = description.relevance
    return {
        "article_id": article_id,
        "number": number,
        "digest": digest,
        "first_seen": seen,
        "last_seen": seen,
        "title": text.title,
        "sapo": text.sapo,
        "body": text.body,
        "captions": list(text.captions),
        "authors": list(text.authors),
        "tags": list(text.tags),
        "section": text.section,
        "published": published.iso() if published else None,
        "published_day": published.value.date().isoformat() if published else None,
        "published_source": published.source if published else None,
        "published_printed": published.printed if published else None,
        "modified": text.modified.iso() if text.modified else None,
        "canonical_url": text.canonical_url,
        "language": text.language,
        "family": text.family,
        "encoding": text.encoding,
        "method": dict(text.method),
        "topic": relevance.topic,
        "relevance_score": relevance.score,
        "relevance_verdict": relevance.verdict,
        "relevance_evidence": msgspec.to_builtins(relevance.evidence),
        "primary_reason": description.primary_reason,
    }


def insert_mentions(connection: Connection, version_id: int, description: Description) -> None:
    """Everything a description says, as rows of its version."""
    primary = description.primary_locality
    localities = [_plain(m) | {"is_primary": m is primary or m == primary} for m in description.localities]
    if primary is not None and not any(row["is_primary"] for row in localities):
        localities.insert(0, _plain(primary) | {"is_primary": True})
    _insert_all(connection, LocalityRow, version_id, localities)
    _insert_all(connection, OfficialRow, version_id, list(_official_rows(description)))
    _insert_all(connection, FigureRow, version_id, [_plain(m) for m in description.figures])
    _insert_all(connection, DocumentRow, version_id, [_plain(m) for m in description.documents])


def _plain(mention: Any) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(mention)
    return built


def _official_rows(description: Description) -> list[dict[str, Any]]:
    rows = []
    for person, mention in enumerate(description.officials):
        shared = {"person": person, "name": mention.name, "name_key": mention.key}
        shared |= {"cited_as": list(mention.cited_as), "evidence": msgspec.to_builtins(mention.evidence)}
        empty = {"printed": None, "post": None, "organisation": None, "level": None, "locality": None}
        titles = [_plain(title) for title in mention.titles] or [empty | {"former": False}]
        rows += [shared | title for title in titles]
    return rows


def _insert_all(connection: Connection, table: Any, version_id: int, rows: list[dict[str, Any]]) -> None:
    insert_rows(connection, table, [row | {"version_id": version_id} for row in rows])
