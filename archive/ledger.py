"""The capture ledger: what was fetched, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from archive.fixity import seals
from archive.fixity.seals import SEALED
from archive.frontier import links, queue
from archive.frontier.records import Task, TaskKind
from archive.models import ArticleRow, CaptureRow
from archive.records import Capture
from archive.saving import stamp


@dataclass(frozen=True, kw_only=True)
class KnownPage:
    """What the ledger knows of an address, for a conditional request and for the next decision."""

    capture_id: int
    article_id: int | None
    etag: str | None
    last_modified: str | None
    kind: str
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A capture with what the ledger needs beside it: whose it is and how to ask for the page again."""

    capture: Capture
    portal: str
    url_key: str
    run_id: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    task: Task | None = None  # of the frontier, over with this entry


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a captured page was taken for."""

    kind: str  # discovery, failed, or a PageKind
    reason: str | None = None
    score: float | None = None


def add_capture(connection: Connection, entry: Entry, verdict: Verdict) -> int:
    """Enter one capture, with which its task is done; returns its id."""
    capture = entry.capture
    values = {
        "run_id": entry.run_id,
        "portal": entry.portal,
        "url": capture.url,
        "url_key": entry.url_key,
        "fetched_at": stamp(capture.fetched_at),
        "status": capture.status,
        "content_type": capture.content_type,
        "etag": entry.etag,
        "last_modified": entry.last_modified,
        "payload_digest": capture.payload_digest,
        "warc_file": capture.warc_file,
        "warc_offset": capture.offset,
        "warc_length": capture.length,
        "record_id": capture.record_id,
        "is_revisit": capture.is_revisit,
        "kind": verdict.kind,
        "reason": verdict.reason,
        "score": verdict.score,
    }
    added = int(connection.execute(_ENTER, values).scalar_one())
    seals.seal_rows(connection, SEALED["capture"], [values | {"id": added}])
    if entry.task is not None:
        queue.finish(connection, entry.task.id)
        if entry.task.attempts or entry.task.kind is TaskKind.REVISIT:
            links.recovered(connection, entry.portal, entry.task.key)
    return added


def known_page(connection: Connection, url_key: str) -> KnownPage | None:
    """The newest capture of an address that was no failure, or None."""
    return known_pages(connection, [url_key]).get(url_key)


def known_pages(connection: Connection, url_keys: Sequence[str]) -> dict[str, KnownPage]:
    """Of each address the newest capture that was no failure; addresses without one are left out."""
    return {
        row.url_key: KnownPage(
            capture_id=row.id,
            article_id=row.article_id,
            etag=row.etag,
            last_modified=row.last_modified,
            kind=row.kind,
            fetched_at=datetime.fromisoformat(row.fetched_at),
        )
        for row in connection.execute(_KNOWN, {"url_keys": list(url_keys)})
    }


def is_of_kind(connection: Connection, capture_id: int, kind: str) -> bool:
    """Whether a capture was taken for something."""
    query = select(CaptureRow.id).where(CaptureRow.id == capture_id, CaptureRow.kind == kind)
    return connection.execute(query).first() is not None


def first_with_digest(connection: Connection, payload_digest: str) -> tuple[str, str] | None:
    """Address and time of the capture that holds a payload in full: what a revisit record refers to."""
    row = connection.execute(_FIRST, {"digest": payload_digest}).one_or_none()
    return (row.url, row.fetched_at) if row else None


# Statements of every page a crawl fetches, built once: to build one takes longer than to run it.
_ENTER = insert(CaptureRow).returning(CaptureRow.id)
_FIRST = (
    select(CaptureRow.url, CaptureRow.fetched_at)
    .where(CaptureRow.payload_digest == bindparam("digest"), CaptureRow.is_revisit.is_(False))
    .order_by(CaptureRow.id)
    .limit(1)
)
_NEWEST = (
    select(
        CaptureRow.id,
        CaptureRow.url_key,
        CaptureRow.etag,
        CaptureRow.last_modified,
        CaptureRow.kind,
        CaptureRow.fetched_at,
        func.row_number()
        .over(partition_by=CaptureRow.url_key, order_by=(CaptureRow.fetched_at.desc(), CaptureRow.id.desc()))
        .label("place"),
    )
    .where(CaptureRow.url_key.in_(bindparam("url_keys", expanding=True)), CaptureRow.kind != "failed")
    .subquery()
)
_KNOWN = (
    select(_NEWEST, ArticleRow.id.label("article_id"))
    .outerjoin(ArticleRow, ArticleRow.url_key == _NEWEST.c.url_key)
    .where(_NEWEST.c.place == 1)
)
