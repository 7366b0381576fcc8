"""Many articles at once: their texts, the captures that prove them, their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, select

from archive.attachments.tables import ArticleAttachmentRow, AttachmentRow
from archive.corpus.records import ArticleFigure, StoredText
from archive.models import ArticleRow, CaptureRow, FigureRow, LocalityRow, VersionCaptureRow, VersionRow
from archive.reading import capture_of
from archive.records import Capture
from archive.sentences import quote

# As many as SQLite takes in one list of parameters with room to spare.
BATCH = 500
_CURRENT = and_(VersionRow.article_id == ArticleRow.id, VersionRow.number == ArticleRow.version)


def read_texts(connection: Connection, ids: Sequence[int]) -> list[StoredText]:
    """The texts of some articles, in the order asked for; unknown ids are left out."""
    query = select(
        ArticleRow.id, ArticleRow.portal, ArticleRow.url, VersionRow.published_day, VersionRow.title,
        VersionRow.body, VersionRow.captions,
    ).join(VersionRow, _CURRENT).where(ArticleRow.id.in_(ids))  # fmt: skip
    rows = {row.id: row for row in connection.execute(query)}
    attached = _attached_texts(connection, ids)
    return [_stored(rows[id_], attached.get(id_, [])) for id_ in ids if id_ in rows]


def read_proofs(connection: Connection, ids: Sequence[int]) -> dict[int, Capture]:
    """The first capture that shows what each article says now, one that holds the page itself if there is any."""
    query = (
        select(VersionRow.article_id, CaptureRow.__table__)
        .join(ArticleRow, _CURRENT)
        .join(VersionCaptureRow, VersionCaptureRow.version_id == VersionRow.id)
        .join(CaptureRow, CaptureRow.id == VersionCaptureRow.capture_id)
        .where(VersionRow.article_id.in_(ids))
        .order_by(VersionRow.article_id, CaptureRow.is_revisit, CaptureRow.fetched_at, CaptureRow.id)
    )
    found: dict[int, Capture] = {}
    for row in connection.execute(query).mappings():
        if row["article_id"] not in found:
            found[row["article_id"]] = capture_of(row)
    return found


def read_figures(connection: Connection, ids: Sequence[int]) -> Iterator[ArticleFigure]:
    """Every figure of some articles' current versions, by article."""
    query = (
        select(ArticleRow.id.label("article_id"), ArticleRow.portal, VersionRow.published_day, VersionRow.title,
               VersionRow.sapo, VersionRow.body, VersionRow.captions, FigureRow.__table__,
               LocalityRow.type.label("place_type"), LocalityRow.name.label("place_name"))
        .join(VersionRow, VersionRow.id == FigureRow.version_id)
        .join(ArticleRow, _CURRENT)
        .outerjoin(LocalityRow, and_(LocalityRow.version_id == VersionRow.id, LocalityRow.is_primary))
        .where(ArticleRow.id.in_(ids))
        .order_by(ArticleRow.id, FigureRow.id)
    )  # fmt: skip
    for row in connection.execute(query).mappings():
        yield _figure(row)


def _attached_texts(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(ArticleAttachmentRow.article_id, ArticleAttachmentRow.label, AttachmentRow.url, AttachmentRow.text)
        .join(AttachmentRow, AttachmentRow.id == ArticleAttachmentRow.attachment_id)
        .where(ArticleAttachmentRow.article_id.in_(ids))
        .where(ArticleAttachmentRow.gone_at.is_(None), AttachmentRow.text.is_not(None))
        .order_by(ArticleAttachmentRow.article_id, ArticleAttachmentRow.position)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.article_id, []).append((row.label or row.url, row.text))
    return found


def _stored(row: Any, attachments: list[tuple[str, str]]) -> StoredText:
    return StoredText(
        article_id=row.id,
        portal=row.portal,
        url=row.url,
        published=_day(row.published_day),
        title=row.title,
        body=row.body,
        captions=tuple(row.captions),
        attachments=tuple(attachments),
    )


def _figure(row: Any) -> ArticleFigure:
    span = row["evidence"]
    texts = {"title": row["title"], "sapo": row["sapo"], "body": row["body"]}
    said = row["captions"][span["index"]] if span["field"] == "caption" else texts[span["field"]]
    return ArticleFigure(
        article_id=row["article_id"],
        portal=row["portal"],
        published=_day(row["published_day"]),
        value=row["value"],
        of=row["of"],
        unit=row["unit"],
        what=row["what"],
        locality=row["locality"],
        primary_locality=f"{row['place_type']} {row['place_name']}" if row["place_name"] else None,
        cited_as=row["cited_as"],
        sentence=quote(said or row["cited_as"], span["start"], span["end"]).text,
        field=span["field"],
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
