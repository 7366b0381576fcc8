"""Reads what belongs to a batch of versions: captures, change rows and persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from archive.fixity.references import VersionParts
from archive.models import ArticleRow, CaptureRow, ChangeRow, PersonMentionRow, VersionCaptureRow, VersionRow


def parts_of(
    connection: Connection, rows: Sequence[Mapping[str, Any]], mentions: Mapping[int, Sequence[Mapping[str, Any]]]
) -> Iterator[VersionParts]:
    """Each version with what the database holds beside it."""
    ids, articles = [row["id"] for row in rows], sorted({row["article_id"] for row in rows})
    query = select(ArticleRow.id, ArticleRow.url).where(ArticleRow.id.in_(articles))
    urls = {row.id: row.url for row in connection.execute(query)}
    links, captures = _captures(connection, ids)
    changes = _changes(connection, articles)
    persons: dict[int, dict[int, int | None]] = defaultdict(dict)
    query_persons = select(PersonMentionRow.__table__).where(PersonMentionRow.version_id.in_(ids))
    for found in connection.execute(query_persons):
        persons[found.version_id][found.person] = found.person_id
    for row in rows:
        of_article = changes[row["article_id"]]
        yield VersionParts(
            row=row,
            url=urls.get(row["article_id"]),
            mentions=mentions.get(row["id"], ()),
            captures=captures[row["id"]],
            links=links[row["id"]],
            change_times=frozenset(at for _, at in of_article) | _article_times(connection, row, captures),
            has_change=any(number == row["number"] for number, _ in of_article),
            persons=persons[row["id"]],
        )


def _captures(connection: Connection, ids: Sequence[int]) -> tuple[Counter[int], dict[int, list[Mapping[str, Any]]]]:
    """How many captures each version names, and those that are there."""
    query = (
        select(VersionCaptureRow.version_id, CaptureRow.id, CaptureRow.kind, CaptureRow.fetched_at)
        .outerjoin(CaptureRow, CaptureRow.id == VersionCaptureRow.capture_id)
        .where(VersionCaptureRow.version_id.in_(ids))
        .order_by(CaptureRow.id)
    )
    links: Counter[int] = Counter()
    captures: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        links[row["version_id"]] += 1
        if row["id"] is not None:
            captures[row["version_id"]].append(dict(row))
    return links, captures


def _changes(connection: Connection, articles: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """Version number and time of each article's upserts."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    query = select(ChangeRow.article_id, ChangeRow.version, ChangeRow.at).where(
        ChangeRow.article_id.in_(articles), ChangeRow.op == "upsert"
    )
    for row in connection.execute(query):
        found[row.article_id].append((row.version, row.at))
    return found


def _article_times(connection: Connection, row: Mapping[str, Any], captures: Mapping[int, Any]) -> frozenset[str]:
    """Times of the article's other captures, asked for only where the version's own do not explain its times."""
    if {row["first_seen"], row["last_seen"]} <= {capture["fetched_at"] for capture in captures[row["id"]]}:
        return frozenset()
    return seen_times(connection, row["article_id"])


def seen_times(connection: Connection, article_id: int) -> frozenset[str]:
    """When an article was captured, any version of it."""
    query = (
        select(CaptureRow.fetched_at)
        .join(VersionCaptureRow, VersionCaptureRow.capture_id == CaptureRow.id)
        .join(VersionRow, VersionRow.id == VersionCaptureRow.version_id)
        .where(VersionRow.article_id == article_id)
    )
    return frozenset(connection.execute(query).scalars())
