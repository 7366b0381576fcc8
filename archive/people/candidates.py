"""What the archive knows of the people of a name: their posts, each with the place its article speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Connection, bindparam, func, select

from archive.models import ArticleRow, LocalityRow, OfficialRow, PersonMentionRow, PersonRow, PortalRow, VersionRow
from archive.people.identity import Candidate
from archive.people.setting import Place, Setting
from archive.records import OfficialTitle

Known = tuple[str, str]  # name key and today's province


def candidates(connection: Connection, wanted: Collection[Known]) -> dict[Known, list[Candidate]]:
    """The living persons of each name and today's province, with every post an article gave them."""
    of: dict[Known, list[int]] = {known: [] for known in wanted}
    for person in connection.execute(_NAMED, {"names": [name for name, _ in wanted]}) if wanted else ():
        of.get((person.name_key, person.province), []).append(person.id)
    held: dict[int, list[Any]] = {id_: [] for ids in of.values() for id_ in ids}
    for row in connection.execute(_HELD, {"ids": list(held)}).mappings() if held else ():
        held[row["person_id"]].append(row)
    versions = {row[end] for rows in held.values() for row in rows for end in ("first", "last")}
    settings = read_settings(connection, versions)
    return {known: [_candidate(id_, held[id_], settings) for id_ in ids] for known, ids in of.items()}


def _held_by() -> Any:
    """Every post of some persons once a portal, with the first and the last version that names it.

    Who is in a thousand articles is not read a thousand times: two of them tell where a bare post is held.
    """
    post = (OfficialRow.printed, OfficialRow.post, OfficialRow.organisation, OfficialRow.level, OfficialRow.locality,
            OfficialRow.former)  # fmt: skip
    version = OfficialRow.version_id
    return (
        select(PersonMentionRow.person_id, *post, func.min(version).label("first"), func.max(version).label("last"))
        .join(OfficialRow, (PersonMentionRow.version_id == OfficialRow.version_id)
              & (PersonMentionRow.person == OfficialRow.person))
        .join(VersionRow, VersionRow.id == OfficialRow.version_id)
        .join(ArticleRow, ArticleRow.id == VersionRow.article_id)
        .where(PersonMentionRow.person_id.in_(_IDS))
        .group_by(PersonMentionRow.person_id, *post, ArticleRow.portal)
    )  # fmt: skip


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_NAMED = (
    select(PersonRow.id, PersonRow.name_key, PersonRow.province)
    .where(PersonRow.name_key.in_(bindparam("names", expanding=True)), PersonRow.merged_into.is_(None))
    .order_by(PersonRow.id)
)
_HELD = _held_by()
_PLACES = select(
    LocalityRow.version_id, LocalityRow.name, LocalityRow.level, LocalityRow.province, LocalityRow.district,
    LocalityRow.is_primary,
).where(LocalityRow.version_id.in_(_IDS))  # fmt: skip
_SPEAKING = (
    select(VersionRow.id, VersionRow.published_day, PortalRow.province, PortalRow.district)
    .join(ArticleRow, ArticleRow.id == VersionRow.article_id)
    .join(PortalRow, PortalRow.key == ArticleRow.portal)
    .where(VersionRow.id.in_(_IDS))
)


def read_settings(connection: Connection, version_ids: Iterable[int]) -> dict[int, Setting]:
    """Where and when each of some versions speaks."""
    ids = list(version_ids)
    if not ids:
        return {}
    places: dict[int, list[Any]] = defaultdict(list)
    for place in connection.execute(_PLACES, {"ids": ids}):
        places[place.version_id].append(place)
    speaking = connection.execute(_SPEAKING, {"ids": ids}).mappings()
    return {row["id"]: _setting(row, places[row["id"]]) for row in speaking}


def _candidate(id_: int, rows: list[Any], settings: dict[int, Setting]) -> Candidate:
    held = [(row, settings[row[end]]) for row in rows for end in ("first", "last")]
    posts = [
        setting.post(msgspec.convert(dict(row), OfficialTitle)) for row, setting in held if row["printed"] is not None
    ]
    provinces = {setting.province for _, setting in held} | {post.where.province for post in posts}
    return Candidate(id=id_, posts=frozenset(posts), provinces=frozenset(filter(None, provinces)))


def _setting(row: Any, places: list[Any]) -> Setting:
    named = [Place(name=one.name, level=one.level, province=one.province, district=one.district) for one in places]
    primary = [place for place, row in zip(named, places, strict=True) if row.is_primary]
    return Setting(
        day=date.fromisoformat(row["published_day"]) if row["published_day"] else None,
        primary=primary[0] if primary else None,
        places=named,
        portal_province=row["province"],
        portal_district=row["district"],
    )
