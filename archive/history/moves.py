"""Moves: an article's address leads to another, or its text stands there. Nothing is merged away.

The old article gets a tombstone and a change row, as a removed one does; the row of `move` of the same moment says
where it went. A move is over when the old address shows the article again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy.orm import aliased

from archive.duplicates.shingles import resemblance, shingles
from archive.fixity import seals
from archive.history.tables import MoveRow
from archive.models import ArticleRow, CaptureRow, VersionRow
from archive.reading import moment
from archive.saving import record_change, stamp

# An article that moves once a year for a lifetime; a chain of more is a circle.
_LONGEST_CHAIN = 50


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move, with what is archived at both ends."""

    article_id: int
    url: str
    to_article_id: int | None  # None: not archived there
    to_url: str
    how: Literal["redirect", "content"]
    at: datetime
    resemblance: float | None
    is_over: bool  # the old address shows the article again


def record(
    connection: Connection,
    article_id: int,
    *,
    to_url: str,
    to_key: str,
    how: Literal["redirect", "content"],
    at: datetime,
    alike: float | None = None,
) -> bool:
    """Enter a move and the old article's tombstone; False where it is known, or a later capture says otherwise."""
    article = connection.execute(select(ArticleRow.__table__).where(ArticleRow.id == article_id)).one()
    seen = stamp(at)
    if to_key == article.url_key or seen < article.last_seen or _is_known(connection, article, to_key):
        return False
    values = {
        "article_id": article_id,
        "to_url": to_url,
        "to_key": to_key,
        "how": how,
        "at": seen,
        "capture_id": _redirect_capture(connection, article.url_key, seen) if how == "redirect" else None,
        "resemblance": _resemblance(connection, article_id, to_key) if alike is None else alike,
    }
    added = connection.execute(insert(MoveRow).values(**values).returning(MoveRow.id)).scalar_one()
    seals.seal_rows(connection, seals.SEALED["move"], [values | {"id": added}])
    if article.removed_at is None:
        connection.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(removed_at=seen))
    record_change(connection, article_id, "remove", article.version, seen)
    return True


def moves_of(connection: Connection, article_ids: Sequence[int]) -> list[Move]:
    """Every move from or to some articles, oldest first."""
    target = aliased(ArticleRow)
    query = (
        select(MoveRow.__table__, ArticleRow.url, ArticleRow.removed_at, target.id.label("to_article_id"))
        .join(ArticleRow, ArticleRow.id == MoveRow.article_id)
        .outerjoin(target, target.url_key == MoveRow.to_key)
        .where(or_(MoveRow.article_id.in_(article_ids), target.id.in_(article_ids)))
        .order_by(MoveRow.at, MoveRow.id)
    )
    return [_move(row) for row in connection.execute(query)]


def living_end(connection: Connection, article_id: int) -> int:
    """Where an article is now: itself, or the last archived one of its moves."""
    seen = {article_id}
    for _ in range(_LONGEST_CHAIN):
        steps = [move for move in moves_of(connection, [article_id]) if move.article_id == article_id]
        if not steps or steps[-1].is_over or steps[-1].to_article_id in (None, *seen):
            break
        assert steps[-1].to_article_id is not None
        article_id = steps[-1].to_article_id
        seen.add(article_id)
    return article_id


def article_at(connection: Connection, url: str) -> int | None:
    """The article that an address of the archive names; of one known from moves alone, that which moved there."""
    named = (ArticleRow.url == url) | (ArticleRow.url_key == url)
    found = connection.execute(select(ArticleRow.id).where(named).order_by(ArticleRow.id).limit(1)).scalar_one_or_none()
    if found is None:
        moved = (MoveRow.to_url == url) | (MoveRow.to_key == url)
        found = connection.execute(
            select(MoveRow.article_id).where(moved).order_by(MoveRow.id.desc()).limit(1)
        ).scalar_one_or_none()
    return found


def _is_known(connection: Connection, article: Any, to_key: str) -> bool:
    """Whether the article's last move, if it is not over, led there."""
    query = select(MoveRow.to_key).where(MoveRow.article_id == article.id).order_by(MoveRow.id.desc()).limit(1)
    return article.removed_at is not None and connection.execute(query).scalar_one_or_none() == to_key


def _redirect_capture(connection: Connection, url_key: str, seen: str) -> int | None:
    query = (
        select(CaptureRow.id)
        .where(CaptureRow.url_key == url_key, CaptureRow.kind == "redirect", CaptureRow.fetched_at <= seen)
        .order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def _resemblance(connection: Connection, article_id: int, to_key: str) -> float | None:
    """How alike the two current texts are; None where one is not archived or too short to say."""
    query = (
        select(VersionRow.body)
        .join(ArticleRow, (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version))
        .where(or_(ArticleRow.id == article_id, ArticleRow.url_key == to_key))
    )
    texts = [shingles(body) for body in connection.execute(query).scalars()]
    return round(resemblance(*texts), 3) if len(texts) == 2 and all(texts) else None


def _move(row: Any) -> Move:
    return Move(
        article_id=row.article_id,
        url=row.url,
        to_article_id=row.to_article_id,
        to_url=row.to_url,
        how=row.how,
        at=moment(row.at),
        resemblance=row.resemblance,
        is_over=row.removed_at is None,
    )
