"""How much an archive holds, counted."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from archive.models import ArticleRow, CaptureRow, LocalityRow, OfficialRow, VersionRow


def read_sizes(connection: Connection) -> dict[str, int]:
    """The archive's sizes by name."""
    now = VersionRow.__table__.join(
        ArticleRow.__table__,
        (ArticleRow.id == VersionRow.article_id) & (ArticleRow.version == VersionRow.number),
    )
    queries = {
        "portals": select(func.count(ArticleRow.portal.distinct())),
        "articles": select(func.count(ArticleRow.id)).where(ArticleRow.removed_at.is_(None)),
        "removed": select(func.count(ArticleRow.id)).where(ArticleRow.removed_at.is_not(None)),
        "versions": select(func.count(VersionRow.id)),
        "captures": select(func.count(CaptureRow.id)),
        "localities": select(func.count(LocalityRow.unit_id.distinct())),
        "officials": select(func.count(OfficialRow.name_key.distinct())),
        "dated": select(func.count(VersionRow.id)).select_from(now).where(VersionRow.published_day.is_not(None)),
    }
    return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}
