"""A portal's living articles, with what decides when each is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from archive import database
from archive.models import ArticleRow, VersionRow
from archive.reading import moment

_BATCH = 2000


@dataclass(frozen=True, kw_only=True)
class LivingArticle:
    """An article that its portal still has, as far as we know."""

    article_id: int
    url: str
    url_key: str
    first_seen: datetime  # of its current text
    last_seen: datetime


def living_articles(engine: Engine, portal: str) -> Iterator[LivingArticle]:
    """All of a portal that are not removed, read in batches so that no transaction stays open."""
    last = 0
    while True:
        query = (
            select(ArticleRow.id, ArticleRow.url, ArticleRow.url_key, ArticleRow.last_seen, VersionRow.first_seen)
            .join(VersionRow, (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version))
            .where(ArticleRow.portal == portal, ArticleRow.removed_at.is_(None), ArticleRow.id > last)
            .order_by(ArticleRow.id)
            .limit(_BATCH)
        )
        with database.reading(engine) as connection:
            rows = connection.execute(query).all()
        if not rows:
            return
        for row in rows:
            yield LivingArticle(
                article_id=row.id,
                url=row.url,
                url_key=row.url_key,
                first_seen=moment(row.first_seen),
                last_seen=moment(row.last_seen),
            )
        last = rows[-1].id
