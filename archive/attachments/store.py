"""Writing attachments: which ones a page has, and what a capture of one says. All in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive.attachments import asking
from archive.attachments.records import AttachedFile, AttachmentText
from archive.attachments.stored import StoredFile
from archive.attachments.tables import ArticleAttachmentRow, AttachmentRow
from archive.fixity import seals
from archive.ledger import Entry
from archive.models import ArticleRow
from archive.records import SaveOutcome
from archive.saving import Saved, record_change, stamp


def attach(connection: Connection, entry: Entry, saved: Saved, files: Sequence[AttachedFile]) -> None:
    """Enter what an article's page attaches, and ask for it in the running crawl.

    A file that the newest page no longer has is marked gone, one that only an older page has from the beginning.
    Where that changes what the article's attachments say, and its own text did not change, the feed is told.
    """
    seen = stamp(entry.capture.fetched_at)
    by_key = {one.url: one for one in files}
    ids = _entered(connection, entry.portal, by_key, seen)
    asking.wanted(connection, [ids[key] for key, one in by_key.items() if one.skipped is None])
    before = _attached(connection, saved.article_id)
    now, is_newest = set(ids.values()), saved.outcome is not SaveOutcome.EARLIER
    gone_at = None if is_newest else _last_seen(connection, saved.article_id)
    _link(connection, saved, [one for key, one in by_key.items() if ids[key] not in before], ids, gone_at)
    if is_newest:
        moved = _mark(connection, saved.article_id, now & {key for key, gone in before.items() if gone}, None)
        moved |= _mark(connection, saved.article_id, {key for key, gone in before.items() if not gone} - now, seen)
        moved |= now - before.keys()
        if saved.outcome is SaveOutcome.UNCHANGED and _say_something(connection, moved):
            record_change(connection, saved.article_id, "upsert", saved.version, seen)
    asking.ask(connection, entry, saved.article_id)


def store(connection: Connection, entry: Entry, capture_id: int, size: int, read: AttachmentText) -> bool:
    """A file was captured in full; True if it says something else than before, of which its articles' feed is told."""
    row, seen = _at(connection, entry.url_key), stamp(entry.capture.fetched_at)
    asking.got(connection, entry.url_key)
    if row is None or (row.last_seen or "") > seen:
        return False
    values = {"capture_id": capture_id, "size": size, "payload_digest": entry.capture.payload_digest}
    return _write(connection, row, values | {"last_seen": seen} | _text_values(read), seen)


def store_again(connection: Connection, file: StoredFile, size: int, read: AttachmentText) -> bool:
    """A stored capture was read again, or read as an attachment for the first time."""
    row = connection.execute(select(AttachmentRow.__table__).where(AttachmentRow.id == file.id)).one()
    seen = stamp(file.capture.fetched_at)
    values = {"capture_id": file.capture_id, "size": size, "payload_digest": file.capture.payload_digest}
    said = _text_values(read)
    if read.text is None and row.text is not None and row.payload_digest == file.capture.payload_digest:
        said = {"text_problem": read.problem}  # the same bytes: the reader failed this time, the text did not change
    values |= {"last_seen": max(seen, row.last_seen or seen), **said}
    return _write(connection, row, values, stamp(datetime.now(UTC)))


def touch(connection: Connection, entry: Entry) -> None:
    """The server said "not modified"."""
    seen = stamp(entry.capture.fetched_at)
    connection.execute(update(AttachmentRow).where(AttachmentRow.url_key == entry.url_key).values(last_seen=seen))
    asking.got(connection, entry.url_key)


def _entered(connection: Connection, portal: str, files: dict[str, AttachedFile], seen: str) -> dict[str, int]:
    """The attachments' ids by key; those never seen get a row, and wait to be asked for."""
    query = select(AttachmentRow.url_key, AttachmentRow.id).where(AttachmentRow.url_key.in_(list(files)))
    known: dict[str, int] = {row.url_key: row.id for row in connection.execute(query)}
    for key, one in files.items():
        if key in known:
            continue
        values = {"portal": portal, "url": one.url, "url_key": key, "role": one.role, "first_seen": seen}
        known[key] = connection.execute(insert(AttachmentRow).values(**values).returning(AttachmentRow.id)).scalar_one()
        asking.begin(connection, known[key], portal, one.skipped, seen)
        seals.seal_stored(connection, seals.SEALED["attachment"], AttachmentRow.id == known[key])
    return {key: known[key] for key in files}


def _attached(connection: Connection, article_id: int) -> dict[int, str | None]:
    """Attachment → since when it is gone, of all an article ever had."""
    query = select(ArticleAttachmentRow.attachment_id, ArticleAttachmentRow.gone_at)
    rows = connection.execute(query.where(ArticleAttachmentRow.article_id == article_id))
    return {row.attachment_id: row.gone_at for row in rows}


def _last_seen(connection: Connection, article_id: int) -> str:
    query = select(ArticleRow.last_seen).where(ArticleRow.id == article_id)
    return str(connection.execute(query).scalar_one())


def _link(
    connection: Connection, saved: Saved, files: Sequence[AttachedFile], ids: dict[str, int], gone_at: str | None
) -> None:
    places = {key: number for number, key in enumerate(ids)}
    rows = [
        {
            "article_id": saved.article_id,
            "attachment_id": ids[one.url],
            "version": saved.version,
            "position": places[one.url],
            "label": one.label,
            "gone_at": gone_at,
        }
        for one in files
    ]
    if rows:
        connection.execute(insert(ArticleAttachmentRow), rows)
        seals.seal_rows(connection, seals.SEALED["article_attachment"], rows)


def _mark(connection: Connection, article_id: int, chosen: set[int], gone_at: str | None) -> set[int]:
    """Say of some links since when they are gone; returns them."""
    if chosen:
        connection.execute(
            update(ArticleAttachmentRow)
            .where(ArticleAttachmentRow.article_id == article_id, ArticleAttachmentRow.attachment_id.in_(chosen))
            .values(gone_at=gone_at)
        )
    return chosen


def _say_something(connection: Connection, chosen: set[int]) -> bool:
    query = select(AttachmentRow.id).where(AttachmentRow.id.in_(chosen), AttachmentRow.text.is_not(None)).limit(1)
    return bool(chosen) and connection.execute(query).first() is not None


def _at(connection: Connection, key: str) -> Any:
    return connection.execute(select(AttachmentRow.__table__).where(AttachmentRow.url_key == key)).one_or_none()


def _text_values(read: AttachmentText) -> dict[str, Any]:
    return {
        "media_type": read.media_type,
        "text": read.text,
        "pages": read.pages,
        "text_method": read.method,
        "text_problem": read.problem,
    }


def _write(connection: Connection, row: Any, values: dict[str, Any], at: str) -> bool:
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    connection.execute(update(AttachmentRow).where(AttachmentRow.id == row.id).values(**values))
    seals.seal_stored(connection, seals.SEALED["attachment"], AttachmentRow.id == row.id)
    if row.text == values["text"]:
        return False
    living = (
        select(ArticleRow.id, ArticleRow.version)
        .join(ArticleAttachmentRow, ArticleAttachmentRow.article_id == ArticleRow.id)
        .where(
            ArticleAttachmentRow.attachment_id == row.id,
            ArticleAttachmentRow.gone_at.is_(None),
            ArticleRow.removed_at.is_(None),
        )
    )
    for article in connection.execute(living).all():
        record_change(connection, article.id, "upsert", article.version, at)
    return True
