"""What the archive knows of the people of a name: their posts, each with the place its article speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from archive.models import ArticleRow, LocalityRow, OfficialRow, PersonMentionRow, PersonRow, PortalRow, VersionRow
from archive.people.identity import Candidate
from archive.people.setting import Setting
from archive.records import LocalityMention, OfficialTitle


def candidates(connection: Connection, name_key: str, province: str) -> list[Candidate]:
    """The living persons of a name and today's province, with every post an article gave them."""
    query = select(PersonRow.id).where(
        PersonRow.name_key == name_key, PersonRow.province == province, PersonRow.merged_into.is_(None)
    )
    ids = list(connection.execute(query.order_by(PersonRow.id)).scalars())
    held: dict[int, list[Any]] = {id_: [] for id_ in ids}
    query_held = (
        select(PersonMentionRow.person_id, OfficialRow.__table__)
        .join(OfficialRow, (PersonMentionRow.version_id == OfficialRow.version_id)
              & (PersonMentionRow.person == OfficialRow.person))
        .where(PersonMentionRow.person_id.in_(ids))
    )  # fmt: skip
    for row in connection.execute(query_held).mappings() if ids else ():
        held[row["person_id"]].append(row)
    settings = read_settings(connection, {row["version_id"] for rows in held.values() for row in rows})
    return [_candidate(id_, rows, settings) for id_, rows in held.items()]


def read_settings(connection: Connection, version_ids: Iterable[int]) -> dict[int, Setting]:
    """Where and when each of some versions speaks."""
    ids = list(version_ids)
    if not ids:
        return {}
    places: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(select(LocalityRow.__table__).where(LocalityRow.version_id.in_(ids))).mappings():
        places[row["version_id"]].append(row)
    query = (
        select(VersionRow.id, VersionRow.published_day, PortalRow.province, PortalRow.district)
        .join(ArticleRow, ArticleRow.id == VersionRow.article_id)
        .join(PortalRow, PortalRow.key == ArticleRow.portal)
        .where(VersionRow.id.in_(ids))
    )
    return {row["id"]: _setting(row, places[row["id"]]) for row in connection.execute(query).mappings()}


def _candidate(id_: int, rows: list[Any], settings: dict[int, Setting]) -> Candidate:
    posts = [
        settings[row["version_id"]].post(msgspec.convert(dict(row), OfficialTitle))
        for row in rows
        if row["printed"] is not None
    ]
    provinces = {settings[row["version_id"]].province for row in rows} | {post.where.province for post in posts}
    return Candidate(id=id_, posts=frozenset(posts), provinces=frozenset(filter(None, provinces)))


def _setting(row: Any, places: list[Any]) -> Setting:
    named = [msgspec.convert(dict(place), LocalityMention) for place in places]
    primary = [mention for mention, place in zip(named, places, strict=True) if place["is_primary"]]
    return Setting(
        day=date.fromisoformat(row["published_day"]) if row["published_day"] else None,
        primary=primary[0] if primary else None,
        places=named,
        portal_province=row["province"],
        portal_district=row["district"],
    )
