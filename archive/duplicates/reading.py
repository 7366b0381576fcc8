"""Clusters read back: whose texts are (nearly) the same, where and when each was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from archive.duplicates.tables import NearDuplicateRow, TextSignatureRow
from archive.models import ArticleRow, PortalRow, VersionRow

_CURRENT = (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version)


@dataclass(frozen=True, kw_only=True)
class Member:
    """An article of a cluster. `resemblance` is that to the article it is the nearest to in its cluster."""

    article_id: int
    portal: str
    portal_name: str
    url: str
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    first_seen: str
    is_removed: bool
    resemblance: float


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Articles of (nearly) the same text, in the order in which they were published, undated ones by first sight."""

    id: int
    members: tuple[Member, ...]

    @property
    def portals(self) -> int:
        return len({member.portal for member in self.members})


def read_clusters(
    connection: Connection, ids: Sequence[int] | None = None, *, after: int = 0, limit: int = 50
) -> list[Cluster]:
    """Clusters by their number, or the next ones behind a number."""
    if ids is None:
        query = select(TextSignatureRow.cluster_id).where(TextSignatureRow.cluster_id > after).distinct()
        ids = list(connection.execute(query.order_by(TextSignatureRow.cluster_id).limit(limit)).scalars())  # type: ignore[arg-type]
    members = defaultdict(list)
    for cluster_id, member in _members(connection, ids):
        members[cluster_id].append(member)
    return [Cluster(id=one, members=tuple(sorted(members[one], key=_when))) for one in ids if members[one]]


def _when(member: Member) -> tuple[str, int]:
    return ((member.published or member.first_seen)[:10], member.article_id)


def cluster_numbers(connection: Connection) -> dict[int, int]:
    """The cluster of every article that is in one."""
    query = select(TextSignatureRow.article_id, TextSignatureRow.cluster_id).where(
        TextSignatureRow.cluster_id.is_not(None)
    )
    return {row.article_id: row.cluster_id for row in connection.execute(query)}


def cluster_of(connection: Connection, article_id: int) -> int | None:
    """The cluster of an article, or None."""
    query = select(TextSignatureRow.cluster_id).where(TextSignatureRow.article_id == article_id)
    return connection.execute(query).scalar_one_or_none()


def resemblances(connection: Connection, article_id: int) -> dict[int, float]:
    """The near-duplicates of one article: id → resemblance."""
    is_one = or_(NearDuplicateRow.article_id == article_id, NearDuplicateRow.other_id == article_id)
    rows = connection.execute(select(NearDuplicateRow.__table__).where(is_one))
    return {row.other_id if row.article_id == article_id else row.article_id: row.resemblance for row in rows}


def _members(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Member]]:
    nearest = (
        select(func.max(NearDuplicateRow.resemblance))
        .where(or_(NearDuplicateRow.article_id == ArticleRow.id, NearDuplicateRow.other_id == ArticleRow.id))
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    query = (
        select(
            TextSignatureRow.cluster_id,
            ArticleRow.id,
            ArticleRow.portal,
            PortalRow.name,
            ArticleRow.url,
            VersionRow.title,
            VersionRow.authors,
            VersionRow.published,
            ArticleRow.first_seen,
            ArticleRow.removed_at,
            nearest.label("resemblance"),
        )
        .select_from(ArticleRow)
        .join(TextSignatureRow, TextSignatureRow.article_id == ArticleRow.id)
        .join(PortalRow, PortalRow.key == ArticleRow.portal)
        .join(VersionRow, _CURRENT)
        .where(TextSignatureRow.cluster_id.in_(ids))
    )
    for row in connection.execute(query):
        yield row.cluster_id, _member(row)


def _member(row: Any) -> Member:
    return Member(
        article_id=row.id,
        portal=row.portal,
        portal_name=row.name,
        url=row.url,
        title=row.title,
        authors=tuple(row.authors),
        published=row.published,
        first_seen=row.first_seen,
        is_removed=row.removed_at is not None,
        resemblance=row.resemblance,
    )
