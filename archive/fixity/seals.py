"""Seals: the digest of each stored row, kept beside it, so that a row changed past danvan is found.

A capture, a version with its mentions, a run and a portal are sealed in the transaction that writes them; the
other rows by the first check that sees them. A seal proves against accidents and hand edits, not against
somebody who computes seals too: against that stands a copy of the database elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from archive.attachments.tables import ArticleAttachmentRow, AttachmentRow
from archive.fixity.tables import SealRow
from archive.history.tables import MoveRow
from archive.models import (
    ArticleRow,
    CaptureRow,
    ChangeRow,
    DocumentRow,
    FigureRow,
    LocalityRow,
    OfficialRow,
    PersonLogRow,
    PersonMentionRow,
    PersonRow,
    PortalRow,
    RunRow,
    VersionCaptureRow,
    VersionRow,
)
from archive.rows import insert_rows

MENTIONS: tuple[Any, ...] = (LocalityRow, OfficialRow, FigureRow, DocumentRow)
_OF_VERSIONS = {
    row: select(row.__table__).where(row.version_id.in_(bindparam("ids", expanding=True))).order_by(row.id)
    for row in MENTIONS
}
WITHDRAWN = "withdrawn"
# Columns that rightly move on; the checks of archive.fixity.references stand for them.
_MOVING = {
    "article": {"version", "first_seen", "last_seen", "removed_at"},
    "version": {"first_seen", "last_seen"},
    "person": {"merged_into"},
    "attachment": {"last_seen"},
    "article_attachment": {"gone_at"},
}
# Columns that came later: where they say nothing, a row of before reads as it was sealed.
_LATER = {"run": {"failures", "not_before", "moved_to", "checks"}}
SEALED: dict[str, Any] = {
    row.__tablename__: row.__table__
    for row in (PortalRow, RunRow, CaptureRow, ArticleRow, VersionRow, VersionCaptureRow, ChangeRow, PersonRow,
                PersonMentionRow, PersonLogRow, MoveRow, AttachmentRow, ArticleAttachmentRow)
}  # fmt: skip


def key_of(table: Table, row: Mapping[str, Any]) -> str:
    """A row's key as the seal names it."""
    return ":".join(str(row[column.name]) for column in table.primary_key)


def digest_of(table: Table, row: Mapping[str, Any], mentions: Sequence[Any] = ()) -> str:
    """The digest of a row's lasting columns, and for a version of its mentions."""
    left_out = _MOVING.get(table.name, set()) | {name for name in _LATER.get(table.name, ()) if row[name] is None}
    lasting = {column.name: row[column.name] for column in table.columns if column.name not in left_out}
    text = json.dumps([lasting, *mentions], ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def mentions_of(connection: Connection, version_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Every mention of some versions, in the order in which they are sealed."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in MENTIONS:
        for mention in connection.execute(_OF_VERSIONS[row], {"ids": version_ids}).mappings():
            found[mention["version_id"]].append({"table": row.__tablename__, **mention})
    return found


def seal_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Seal rows as they are given, in the caller's transaction."""
    add(connection, [(table.name, key_of(table, row), digest_of(table, row)) for row in rows])


def seal_stored(connection: Connection, table: Table, where: Any) -> None:
    """Seal rows as they read back; a version with its mentions. Needed again when one is rewritten."""
    rows = [dict(row) for row in connection.execute(select(table).where(where)).mappings()]
    mentions = mentions_of(connection, [row["id"] for row in rows]) if table.name == "version" else {}
    add(connection, [(table.name, key_of(table, row), digest_of(table, row, mentions.get(row.get("id", 0), ())))
                     for row in rows])  # fmt: skip


def withdraw(connection: Connection, of: str, keys: Iterable[str]) -> None:
    """Say that rows are deleted on purpose, or about to be written anew."""
    add(connection, [(of, key, WITHDRAWN) for key in keys])


def withdraw_people(connection: Connection, version_id: int) -> None:
    """Before a version's officials are read anew: who they are is decided again."""
    query = select(PersonMentionRow.__table__).where(PersonMentionRow.version_id == version_id)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    withdraw(connection, "person_mention", [key_of(SEALED["person_mention"], row) for row in rows])


def add(connection: Connection, seals: Sequence[tuple[str, str, str]]) -> None:
    """Add seals (table, key, digest)."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if seals:
        rows = [{"of": of, "row": row, "digest": digest, "at": at} for of, row, digest in seals]
        insert_rows(connection, SealRow, rows)


def newest(connection: Connection, of: str, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Digest and time of the newest seal of each key."""
    last = (
        select(func.max(SealRow.id)).where(SealRow.of == of, SealRow.row.in_(keys)).group_by(SealRow.row)
    ).scalar_subquery()
    rows = connection.execute(select(SealRow.row, SealRow.digest, SealRow.at).where(SealRow.id.in_(last)))
    return {row.row: (row.digest, row.at) for row in rows if row.digest != WITHDRAWN}
