"""Moves that no redirect tells: an article is gone, and its text stands at a new address of its portal or successor.

The new article must have come after the old one was last seen there; two that stood side by side are duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, select
from sqlalchemy.orm import aliased

from archive.duplicates import store
from archive.history.tables import MoveRow
from archive.models import ArticleRow, PortalRow
from archive.saving import stamp

# The same text but for a few words: 0.95 leaves room for a new date line or signature. Less may be another article
# of a series, and to call it moved would take the old one's place from it.
SAME_TEXT = 0.95


@dataclass(frozen=True, kw_only=True)
class ContentMove:
    """A removed article and where its text is now."""

    article_id: int
    to_url: str
    to_key: str
    resemblance: float


def content_moves(
    connection: Connection, portal: str | None = None, since: datetime | None = None
) -> list[ContentMove]:
    """Removed articles that moved by content and are not known to have; of a portal and its neighbours, or of all.

    `since`: only where the removal, or the new article, is not older.
    """
    gone = _removed(connection, portal, since) | _like_new_ones(connection, portal, since)
    return [move for article in sorted(gone.values(), key=lambda row: row.id) if (move := _found(connection, article))]


def _removed(connection: Connection, portal: str | None, since: datetime | None) -> dict[int, Any]:
    """Removed articles without a move."""
    conditions = [ArticleRow.removed_at.is_not(None), ~_has_move(ArticleRow)]
    if portal is not None:
        conditions.append(ArticleRow.portal == portal)
    if since is not None:
        conditions.append(ArticleRow.removed_at >= stamp(since))
    return {row.id: row for row in connection.execute(select(ArticleRow.__table__).where(*conditions))}


def _like_new_ones(connection: Connection, portal: str | None, since: datetime | None) -> dict[int, Any]:
    """Removed articles that resemble what is new since then; without a day all removed ones are looked at anyway."""
    if since is None or portal is None:
        return {}
    fresh = select(ArticleRow.id).where(
        ArticleRow.portal == portal, ArticleRow.first_seen >= stamp(since), ArticleRow.removed_at.is_(None)
    )
    is_gone = ArticleRow.removed_at.is_not(None) & ~_has_move(ArticleRow)
    ids: set[int] = set()
    for article_id in connection.execute(fresh).scalars().all():
        ids |= store.alike(connection, article_id, among=is_gone, least=SAME_TEXT).keys()
    rows = connection.execute(select(ArticleRow.__table__).where(ArticleRow.id.in_(ids)))
    return {row.id: row for row in rows}


def _found(connection: Connection, gone: Any) -> ContentMove | None:
    """The living article with a removed one's text: the most alike, of several the first."""
    homes = _homes(connection, gone.portal)
    is_after = ArticleRow.portal.in_(homes) & ArticleRow.removed_at.is_(None) & (ArticleRow.first_seen > gone.last_seen)
    alike = store.alike(connection, gone.id, among=is_after, least=SAME_TEXT)
    if not alike:
        return None
    best = min(alike, key=lambda article_id: (-alike[article_id], article_id))
    row = connection.execute(select(ArticleRow.url, ArticleRow.url_key).where(ArticleRow.id == best)).one()
    return ContentMove(article_id=gone.id, to_url=row.url, to_key=row.url_key, resemblance=round(alike[best], 3))


def _homes(connection: Connection, portal: str) -> Iterable[str]:
    """A portal and its successors."""
    homes = [portal]
    while True:
        query = select(PortalRow.successor).where(PortalRow.key == homes[-1])
        successor = connection.execute(query).scalar_one_or_none()
        if successor is None or successor in homes:
            return homes
        homes.append(successor)


def _has_move(article: Any) -> Any:
    move = aliased(MoveRow)
    return exists().where(move.article_id == article.id)
