"""Where a person is named: each article with the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from archive.models import ArticleRow, OfficialRow, PersonMentionRow, PortalRow, VersionRow
from archive.records import Span
from archive.sentences import Quoted, quote

_CURRENT = (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version)
_SAME = (PersonMentionRow.version_id == OfficialRow.version_id) & (PersonMentionRow.person == OfficialRow.person)


@dataclass(frozen=True, kw_only=True)
class PersonMention:
    """An article that names a person: the posts it prints, and the sentence of the first mention."""

    article_id: int
    title: str | None
    url: str
    portal: str
    portal_name: str
    day: str | None
    is_removed: bool
    name: str
    posts: tuple[str, ...]
    sentence: Quoted | None


def mentions_of(connection: Connection, person_id: int, limit: int, offset: int = 0) -> list[PersonMention]:
    """The articles whose current version names a person, newest first, undated ones last."""
    ids = (
        _joined(select(ArticleRow.id, VersionRow.published_day))
        .where(PersonMentionRow.person_id == person_id)
        .group_by(ArticleRow.id, VersionRow.published_day)
        .order_by(VersionRow.published_day.is_(None), VersionRow.published_day.desc(), ArticleRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    wanted = [row.id for row in connection.execute(ids)]
    query = _joined(
        select(
            OfficialRow.name, OfficialRow.printed, OfficialRow.evidence, ArticleRow.id, ArticleRow.url,
            ArticleRow.portal, ArticleRow.removed_at, PortalRow.name.label("portal_name"), VersionRow.title,
            VersionRow.sapo, VersionRow.body, VersionRow.captions, VersionRow.published_day,
        )
    )  # fmt: skip
    query = query.where(PersonMentionRow.person_id == person_id, ArticleRow.id.in_(wanted))
    rows = connection.execute(query.order_by(ArticleRow.id, OfficialRow.id))
    found = {id_: _mention(list(group)) for id_, group in groupby(rows, key=lambda row: row.id)}
    return [found[id_] for id_ in wanted]


def persons_of(connection: Connection, article_id: int) -> list[int | None]:
    """Who the officials of an article's current version are, in its order; None of one not looked at yet."""
    query = (
        select(OfficialRow.person, PersonMentionRow.person_id)
        .join(VersionRow, VersionRow.id == OfficialRow.version_id)
        .join(ArticleRow, _CURRENT)
        .outerjoin(PersonMentionRow, _SAME)
        .where(ArticleRow.id == article_id)
        .order_by(OfficialRow.id)
    )
    return list({row.person: row.person_id for row in connection.execute(query)}.values())


def evidence_sentence(row: Any, spans: list[Any]) -> Quoted | None:
    """The sentence of the first span that a version's row can show."""
    return next(_sentences(row, msgspec.convert(spans, list[Span])), None)


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(OfficialRow)
        .join(PersonMentionRow, _SAME)
        .join(VersionRow, VersionRow.id == OfficialRow.version_id)
        .join(ArticleRow, _CURRENT)
        .join(PortalRow, PortalRow.key == ArticleRow.portal)
    )


def _mention(rows: list[Any]) -> PersonMention:
    first = rows[0]
    return PersonMention(
        article_id=first.id,
        title=first.title,
        url=first.url,
        portal=first.portal,
        portal_name=first.portal_name,
        day=first.published_day,
        is_removed=first.removed_at is not None,
        name=first.name,
        posts=tuple(dict.fromkeys(row.printed for row in rows if row.printed)),
        sentence=evidence_sentence(first, first.evidence),
    )


def _sentences(row: Any, spans: list[Span]) -> Iterator[Quoted]:
    for span in spans:
        text = row.captions[span.index : span.index + 1] if span.field == "caption" else [getattr(row, span.field)]
        if text and text[0] and span.end <= len(text[0]):
            yield quote(text[0], span.start, span.end)
