"""Reading the archive back: articles with their mentions, versions with their captures, the change feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from archive.attachments.reading import of_articles
from archive.models import (
    ArticleRow,
    CaptureRow,
    DocumentRow,
    FigureRow,
    LocalityRow,
    OfficialRow,
    PortalRow,
    VersionCaptureRow,
    VersionRow,
)
from archive.records import (
    LOCAL_ZONE,
    Article,
    ArticleText,
    Capture,
    Description,
    DocumentMention,
    FigureMention,
    LocalityMention,
    OfficialMention,
    OfficialTitle,
    PageKind,
    PortalIdentity,
    PrintedDate,
    Relevance,
    Span,
    Version,
)


def read_portals(connection: Connection, keys: Collection[str] | None = None) -> dict[str, PortalIdentity]:
    """The portals the archive knows, by key; all, or those asked for."""
    query = select(PortalRow.__table__).order_by(PortalRow.key)
    rows = connection.execute(query if keys is None else query.where(PortalRow.key.in_(keys))).mappings()
    return {row["key"]: msgspec.convert(dict(row), PortalIdentity) for row in rows}


def read_articles(connection: Connection, ids: Sequence[int]) -> list[Article]:
    """The current version of each article, in the order of `ids`; unknown ids are left out."""
    rows = connection.execute(
        select(ArticleRow.__table__, *_prefixed(VersionRow))
        .join(VersionRow, (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version))
        .where(ArticleRow.id.in_(ids))
    ).mappings()
    found = {row["id"]: row for row in rows}
    version_ids = [row["version_id"] for row in found.values()]
    mentions = {table: _mentions(connection, table, version_ids) for table in _MENTION_TABLES}
    portals = read_portals(connection, {row["portal"] for row in found.values()})
    attached = of_articles(connection, ids)
    return [
        replace(_article(found[i], portals[found[i]["portal"]], mentions), attachments=attached.get(i, ()))
        for i in ids
        if i in found
    ]


def read_reading(connection: Connection, version_id: int) -> tuple[ArticleText, Description]:
    """What one version says, the current one or not."""
    query = select(*_prefixed(VersionRow), ArticleRow.url).join(ArticleRow, ArticleRow.id == VersionRow.article_id)
    row = connection.execute(query.where(VersionRow.id == version_id)).mappings().one()
    mentions = {table: _mentions(connection, table, [version_id])[version_id] for table in _MENTION_TABLES}
    return _text(row), _description(row, mentions)


def read_versions(connection: Connection, article_id: int) -> list[Version]:
    """Every version of an article, oldest first, with the captures that show it."""
    captures = defaultdict(list)
    rows = connection.execute(
        select(VersionCaptureRow.version_id, CaptureRow.__table__)
        .join(VersionRow, VersionRow.id == VersionCaptureRow.version_id)
        .join(CaptureRow, CaptureRow.id == VersionCaptureRow.capture_id)
        .where(VersionRow.article_id == article_id)
        .order_by(CaptureRow.fetched_at, CaptureRow.id)
    ).mappings()
    for row in rows:
        captures[row["version_id"]].append(capture_of(row))
    versions = connection.execute(
        select(VersionRow.__table__)
        .where(VersionRow.article_id == article_id)
        .order_by(VersionRow.first_seen, VersionRow.number)
    ).mappings()
    return [
        Version(
            number=row["number"],
            digest=row["digest"],
            first_seen=moment(row["first_seen"]),
            last_seen=moment(row["last_seen"]),
            captures=tuple(captures[row["id"]]),
        )
        for row in versions
    ]


def read_version_text(connection: Connection, article_id: int, number: int) -> ArticleText | None:
    """The text of one version, or None where there is no such version."""
    row = connection.execute(
        select(*_prefixed(VersionRow), ArticleRow.url)
        .join(ArticleRow, ArticleRow.id == VersionRow.article_id)
        .where(VersionRow.article_id == article_id, VersionRow.number == number)
    ).mappings()
    found = row.one_or_none()
    return _text(found) if found else None


def capture_of(row: Any) -> Capture:
    """A row of the capture ledger as its record."""
    return Capture(
        url=row["url"],
        fetched_at=moment(row["fetched_at"]),
        status=row["status"],
        content_type=row["content_type"],
        payload_digest=row["payload_digest"],
        warc_file=row["warc_file"],
        offset=row["warc_offset"],
        length=row["warc_length"],
        record_id=row["record_id"],
        is_revisit=row["is_revisit"],
    )


def moment(stored: str) -> datetime:
    """A stored time as an aware datetime."""
    return datetime.fromisoformat(stored)


_MENTION_TABLES: tuple[Any, ...] = (LocalityRow, OfficialRow, FigureRow, DocumentRow)


def _prefixed(table: Any) -> list[Any]:
    return [column.label(f"version_{column.name}") for column in table.__table__.columns]


def _mentions(connection: Connection, table: Any, version_ids: Iterable[int]) -> dict[int, list[Any]]:
    rows = connection.execute(
        select(table.__table__).where(table.version_id.in_(list(version_ids))).order_by(table.id)
    ).mappings()
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["version_id"]].append(dict(row))
    return found


def _article(row: Any, portal: PortalIdentity, mentions: dict[Any, dict[int, list[Any]]]) -> Article:
    of_version = {table: rows.get(row["version_id"], []) for table, rows in mentions.items()}
    return Article(
        id=row["id"],
        portal=portal,
        url=row["url"],
        url_key=row["url_key"],
        text=_text(row),
        description=_description(row, of_version),
        version=row["version"],
        first_seen=moment(row["first_seen"]),
        last_seen=moment(row["last_seen"]),
        removed_at=moment(row["removed_at"]) if row["removed_at"] else None,
    )


def _text(row: Any) -> ArticleText:
    return ArticleText(
        kind=PageKind.ARTICLE,
        url=row["url"],
        title=row["version_title"],
        sapo=row["version_sapo"],
        body=row["version_body"],
        captions=tuple(row["version_captions"]),
        authors=tuple(row["version_authors"]),
        published=_printed_date(row),
        modified=_date_only(row["version_modified"]),
        tags=tuple(row["version_tags"]),
        section=row["version_section"],
        canonical_url=row["version_canonical_url"],
        language=row["version_language"],
        family=row["version_family"],
        encoding=row["version_encoding"],
        method=row["version_method"],
    )


def _printed_date(row: Any) -> PrintedDate | None:
    if row["version_published"] is None:
        return None
    source, printed = row["version_published_source"], row["version_published_printed"]
    return _stored_date(row["version_published"], source, printed)


def _date_only(stored: str | None) -> PrintedDate | None:
    return _stored_date(stored, "stored", stored) if stored else None


def _stored_date(stored: str, source: str, printed: str) -> PrintedDate:
    value = datetime.fromisoformat(stored)
    if value.tzinfo is None:
        value = value.replace(tzinfo=LOCAL_ZONE)
    return PrintedDate(
        value=value.astimezone(LOCAL_ZONE),
        precision="day" if len(stored) == len("2024-07-10") else "minute",
        source=source,
        printed=printed,
    )


def _description(row: Any, mentions: dict[Any, list[Any]]) -> Description:
    places = mentions[LocalityRow]
    localities = tuple(msgspec.convert(place, LocalityMention) for place in places)
    primary = [mention for mention, place in zip(localities, places, strict=True) if place["is_primary"]]
    return Description(
        relevance=Relevance(
            verdict=row["version_relevance_verdict"],
            score=row["version_relevance_score"],
            evidence=msgspec.convert(row["version_relevance_evidence"], tuple[Span, ...]),
            topic=row["version_topic"],
        ),
        localities=localities,
        primary_locality=primary[0] if primary else None,
        primary_reason=row["version_primary_reason"],
        officials=tuple(_officials(mentions[OfficialRow])),
        figures=tuple(msgspec.convert(figure, FigureMention) for figure in mentions[FigureRow]),
        documents=tuple(msgspec.convert(document, DocumentMention) for document in mentions[DocumentRow]),
    )


def _officials(rows: list[Any]) -> Iterable[OfficialMention]:
    for _, group in groupby(rows, key=lambda row: row["person"]):
        titles = list(group)
        yield OfficialMention(
            name=titles[0]["name"],
            key=titles[0]["name_key"],
            titles=tuple(msgspec.convert(row, OfficialTitle) for row in titles if row["printed"] is not None),
            cited_as=tuple(titles[0]["cited_as"]),
            evidence=msgspec.convert(titles[0]["evidence"], tuple[Span, ...]),
        )
