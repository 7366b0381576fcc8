"""People in the database: who a new version's officials are, decisions of archivists, and posts over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from archive.authorities import Gazetteer
from archive.errors import UsageError
from archive.models import ArticleRow, OfficialRow, PersonLogRow, PersonMentionRow, PersonRow, VersionRow
from archive.people.candidates import candidates, read_settings
from archive.people.identity import Candidate, chosen
from archive.people.posts import Post, Where
from archive.records import Description, OfficialMention, OfficialTitle
from archive.rows import insert_row, insert_rows

_DECIDED = (
    select(OfficialRow.name_key, PersonMentionRow.person_id)
    .join(PersonMentionRow, (PersonMentionRow.version_id == OfficialRow.version_id)
          & (PersonMentionRow.person == OfficialRow.person))
    .join(VersionRow, VersionRow.id == OfficialRow.version_id)
    .where(VersionRow.article_id == bindparam("article"))
    .order_by(VersionRow.number)
)  # fmt: skip
CENTRAL = ""  # the province of those who serve the whole country


@dataclass(frozen=True, kw_only=True)
class Tenure:
    """A post of a person: the first and last dated article that names it, and how many do."""

    printed: str
    post: str | None
    organisation: str | None
    level: str | None
    locality: str | None
    former: bool
    first_day: str | None
    last_day: str | None
    articles: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person with everything the archive's current versions say."""

    id: int
    name: str
    province: str | None
    merged_into: int | None
    articles: tuple[int, ...]
    tenures: tuple[Tenure, ...]


def home_province(description: Description, portal_province: str | None, gazetteer: Gazetteer) -> str:
    """Today's province of an article: of its primary place, else of its portal. Mergers do not part a person."""
    place = description.primary_locality
    if place and place.today:
        first = place.today[0]
        return first.province or first.name
    known = [unit for unit in gazetteer.named(portal_province or "", None) if unit.level == "province"]
    today = [ref for unit in known for ref in gazetteer.today(unit)]
    return today[0].name if today else CENTRAL


def assign(
    connection: Connection,
    article_id: int,
    version_id: int,
    description: Description,
    province: str,
    earlier: dict[str, int] | None = None,
) -> None:
    """Say who a new version's officials are; an archivist's earlier decision for the article comes first."""
    earlier = decided(connection, article_id) if earlier is None else earlier
    setting = read_settings(connection, [version_id])[version_id] if description.officials else None
    posts_of = [[setting.post(title) for title in one.titles] if setting else [] for one in description.officials]
    homes = [_home(one, posts, province) for one, posts in zip(description.officials, posts_of, strict=True)]
    mentions = list(zip(description.officials, posts_of, homes, strict=True))
    known = candidates(connection, {(one.key, home) for one, _, home in mentions if one.key not in earlier})
    rows = []
    for number, (mention, posts, home) in enumerate(mentions):
        person = earlier.get(mention.key)
        if person is None:
            like = known[mention.key, home]
            found = chosen(posts, setting.province if setting and home else None, like)
            if found is None:
                found = Candidate(id=_new_person(connection, mention.name, mention.key, home), posts=frozenset())
                like.append(found)  # the article may name another of that name
            person = found.id
        rows.append({"version_id": version_id, "person": number, "person_id": person})
    insert_rows(connection, PersonMentionRow, rows)


def unassigned(connection: Connection, limit: int) -> list[int]:
    """Articles whose current version has officials that were not looked at yet."""
    query = (
        select(ArticleRow.id)
        .join(VersionRow, (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version))
        .join(OfficialRow, OfficialRow.version_id == VersionRow.id)
        .outerjoin(PersonMentionRow, PersonMentionRow.version_id == VersionRow.id)
        .where(PersonMentionRow.version_id.is_(None))
        .distinct()
        .order_by(ArticleRow.id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def current_version(connection: Connection, article_id: int) -> int:
    """The row id of an article's current version."""
    query = select(VersionRow.id).join(
        ArticleRow, (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version)
    )
    return int(connection.execute(query.where(ArticleRow.id == article_id)).scalar_one())


def merge(connection: Connection, keep: int, others: Sequence[int], now: datetime) -> int:
    """Make several persons one; returns how many mentions moved. UsageError for unknown or merged ones."""
    if keep in others:
        raise UsageError(f"person {keep}: cannot be merged with itself; name the others after it")
    for id_ in (keep, *others):
        _living(connection, id_)
    moved = 0
    for other in others:
        mentions = connection.execute(
            update(PersonMentionRow).where(PersonMentionRow.person_id == other).values(person_id=keep)
            .returning(PersonMentionRow.version_id, PersonMentionRow.person)
        ).all()  # fmt: skip
        connection.execute(update(PersonRow).where(PersonRow.id == other).values(merged_into=keep))
        _log(connection, "merge", keep, other, [list(row) for row in mentions], now)
        moved += len(mentions)
    return moved


def split(connection: Connection, person: int, articles: Sequence[int], now: datetime) -> int:
    """Make the mentions of some articles another person of the same name; returns the new person's id."""
    row = _living(connection, person)
    versions = list(connection.execute(
        select(PersonMentionRow.version_id).join(VersionRow, VersionRow.id == PersonMentionRow.version_id)
        .where(PersonMentionRow.person_id == person, VersionRow.article_id.in_(articles))
    ).scalars())  # fmt: skip
    whole = connection.execute(
        select(func.count()).select_from(PersonMentionRow).where(PersonMentionRow.person_id == person)
    ).scalar_one()
    if not versions:
        raise UsageError(
            f"person {person}: not in articles {', '.join(map(str, articles))}; see `danvan officials show`"
        )
    if len(versions) == whole:
        raise UsageError(f"person {person}: these are all of the person's articles; nothing would be left to part from")
    new = _new_person(connection, row.name, row.name_key, row.province)
    where = (PersonMentionRow.person_id == person, PersonMentionRow.version_id.in_(versions))
    connection.execute(update(PersonMentionRow).where(*where).values(person_id=new))
    _log(connection, "split", person, new, list(articles), now)
    return new


def log(connection: Connection, limit: int) -> list[dict[str, Any]]:
    """The decisions, newest first."""
    rows = connection.execute(select(PersonLogRow.__table__).order_by(PersonLogRow.id.desc()).limit(limit)).mappings()
    return [dict(row) for row in rows]


def find(
    connection: Connection, name_key: str | None, province: str | None, limit: int, offset: int = 0
) -> list[Person]:
    """People by a part of their name and their province, those in most articles first; merged ones are left out."""
    count = func.count(PersonMentionRow.version_id)
    query = _named(name_key, province).order_by(count.desc(), PersonRow.id).limit(limit).offset(offset)
    return read(connection, list(connection.execute(query).scalars()))


def listed(connection: Connection, name_key: str | None, province: str | None, after: int, limit: int) -> list[Person]:
    """The same people by their number, those behind `after`."""
    query = _named(name_key, province).where(PersonRow.id > after).order_by(PersonRow.id).limit(limit)
    return read(connection, list(connection.execute(query).scalars()))


def _named(name_key: str | None, province: str | None) -> Select[int]:
    query = select(PersonRow.id).join(PersonMentionRow, PersonMentionRow.person_id == PersonRow.id)
    if name_key:
        query = query.where(PersonRow.name_key.contains(name_key, autoescape=True))
    if province is not None:
        query = query.where(PersonRow.province == province)
    return query.group_by(PersonRow.id)


def read(connection: Connection, ids: Sequence[int]) -> list[Person]:
    """Persons with their posts over time, from the current versions of living and removed articles alike."""
    rows = connection.execute(select(PersonRow.__table__).where(PersonRow.id.in_(ids))).mappings()
    persons = {row["id"]: row for row in rows}
    held: dict[int, list[Any]] = defaultdict(list)
    query = (
        select(OfficialRow.__table__, PersonMentionRow.person_id, VersionRow.article_id, VersionRow.published_day)
        .join(PersonMentionRow, (PersonMentionRow.version_id == OfficialRow.version_id)
              & (PersonMentionRow.person == OfficialRow.person))
        .join(VersionRow, VersionRow.id == OfficialRow.version_id)
        .join(ArticleRow, (ArticleRow.id == VersionRow.article_id) & (ArticleRow.version == VersionRow.number))
        .where(PersonMentionRow.person_id.in_(ids))
        .order_by(VersionRow.published_day, OfficialRow.id)
    )  # fmt: skip
    for row in connection.execute(query).mappings():
        held[row["person_id"]].append(row)
    return [_person(persons[id_], held[id_]) for id_ in ids if id_ in persons]


def _person(row: Any, mentions: list[Any]) -> Person:
    by_post: dict[tuple[Post, bool], list[Any]] = defaultdict(list)
    for mention in mentions:
        if mention["printed"] is not None:
            title = msgspec.convert(dict(mention), OfficialTitle)
            by_post[Post.of(title, Where(commune=title.locality)), title.former].append(mention)
    tenures = sorted(
        (_tenure(same) for same in by_post.values()), key=lambda one: (one.first_day or "9999", one.printed)
    )
    return Person(
        id=row["id"],
        name=row["name"],
        province=row["province"] or None,
        merged_into=row["merged_into"],
        articles=tuple(sorted({mention["article_id"] for mention in mentions})),
        tenures=tuple(tenures),
    )


def _tenure(mentions: list[Any]) -> Tenure:
    days = sorted(mention["published_day"] for mention in mentions if mention["published_day"])
    first = mentions[0]
    return Tenure(
        printed=first["printed"],
        post=first["post"],
        organisation=first["organisation"],
        level=first["level"],
        locality=first["locality"],
        former=first["former"],
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        articles=tuple(sorted({mention["article_id"] for mention in mentions})),
    )


def decided(connection: Connection, article_id: int) -> dict[str, int]:
    """Whom the names of an article's versions were taken for."""
    return {row.name_key: row.person_id for row in connection.execute(_DECIDED, {"article": article_id})}


def _home(mention: OfficialMention, posts: Sequence[Post], province: str) -> str:
    """The province a mention is known under: none for central posts, another where every post names one."""
    if any(title.level == "central" for title in mention.titles):
        return CENTRAL
    elsewhere = {post.where.province.today for post in posts if post.where.province}
    return elsewhere.pop() if len(elsewhere) == 1 else province


def _new_person(connection: Connection, name: str, name_key: str, province: str) -> int:
    values = {"name": name, "name_key": name_key, "province": province, "merged_into": None}
    return insert_row(connection, PersonRow, values)


def _living(connection: Connection, id_: int) -> Any:
    row = connection.execute(select(PersonRow.__table__).where(PersonRow.id == id_)).one_or_none()
    if row is None:
        raise UsageError(f"person {id_}: not in this archive; `danvan officials list` prints numbers")
    if row.merged_into is not None:
        raise UsageError(f"person {id_}: was merged into {row.merged_into}; use that number")
    return row


def _log(connection: Connection, op: str, person: int, other: int, detail: list[Any], now: datetime) -> None:
    values = {
        "at": now.isoformat(timespec="seconds"),
        "op": op,
        "person_id": person,
        "other_id": other,
        "detail": detail,
    }
    connection.execute(insert(PersonLogRow), values)
