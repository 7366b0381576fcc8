"""The change feed: every article added, changed or removed, in an order in which no reader misses one.

SQLite has one writer, so its numbers commit in order. On PostgreSQL a smaller number can commit later; the
view `v1_change` therefore shows only rows older than every open transaction, ordered by transaction.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from archive.errors import UsageError
from archive.records import Change

START = "0-0"
_CURSOR = re.compile(r"\d{1,19}-\d{1,19}")
_NEXT = text(
    "SELECT tx, seq, article_id, op, version, at, moved_to FROM v1_change "
    "WHERE tx > :tx OR (tx = :tx AND seq > :seq) ORDER BY tx, seq LIMIT :limit"
)
_LATEST = text(
    "SELECT tx, seq, article_id, op, version, at, moved_to FROM v1_change "
    "WHERE tx < :tx OR (tx = :tx AND seq < :seq) ORDER BY tx DESC, seq DESC LIMIT :limit"
)
_END = {"tx": 2**63 - 1, "seq": 2**63 - 1}
_COUNT = text("SELECT count(*) FROM v1_change WHERE tx > :tx OR (tx = :tx AND seq > :seq)")


def changes_after(connection: Connection, cursor: str = START, limit: int = 1000) -> list[Change]:
    """Up to `limit` changes after a cursor, oldest first; an unknown form of cursor is a UsageError."""
    return [_change(row) for row in connection.execute(_NEXT, _position(cursor) | {"limit": limit}).mappings()]


def changes_before(connection: Connection, cursor: str | None = None, limit: int = 1000) -> list[Change]:
    """Up to `limit` changes before a cursor, or before the end where there is none; newest first."""
    place = _position(cursor) if cursor else _END
    return [_change(row) for row in connection.execute(_LATEST, place | {"limit": limit}).mappings()]


def count_after(connection: Connection, cursor: str = START) -> int:
    """How many changes a reader with this cursor is behind."""
    return int(connection.execute(_COUNT, _position(cursor)).scalar_one())


def _change(row: Any) -> Change:
    return Change(
        cursor=f"{row['tx']}-{row['seq']}",
        article_id=row["article_id"],
        op=row["op"],
        version=row["version"],
        at=datetime.fromisoformat(row["at"]),
        moved_to=row["moved_to"],
    )


def _position(cursor: str) -> dict[str, int]:
    if not _CURSOR.fullmatch(cursor):
        raise UsageError(f"cursor {cursor[:40]!r}: not one of ours; start with {START} or use the last one printed")
    tx, seq = cursor.split("-")
    return {"tx": int(tx), "seq": int(seq)}
