"""Officials and figures of a unit, read from the current versions of articles that name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select, tuple_

from archive.models import (
    ArticleRow,
    FigureRow,
    LocalityRow,
    OfficialRow,
    PersonMentionRow,
    PersonRow,
    VersionRow,
)
from archive.people.evidence import evidence_sentence
from archive.sentences import Quoted

_CURRENT = (VersionRow.article_id == ArticleRow.id) & (VersionRow.number == ArticleRow.version)
_SAME_PERSON = (PersonMentionRow.version_id == OfficialRow.version_id) & (PersonMentionRow.person == OfficialRow.person)


@dataclass(frozen=True, kw_only=True)
class UnitOfficial:
    """A person with a post in a unit: the posts as printed, and the first and last dated article."""

    person_id: int
    name: str
    posts: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    articles: int


@dataclass(frozen=True, kw_only=True)
class UnitFigure:
    """A number that an article gives for a unit, with its sentence."""

    id: int
    article_id: int
    title: str | None
    day: str | None
    value: float
    of: float | None
    unit: str
    what: str | None
    cited_as: str
    sentence: Quoted | None


def count_articles(connection: Connection, unit_ids: Sequence[str]) -> dict[str, int]:
    """How many articles name each unit itself, by the unit's id; units that none names are left out."""
    query = (
        select(LocalityRow.unit_id, func.count(ArticleRow.id.distinct()))
        .join(VersionRow, VersionRow.id == LocalityRow.version_id)
        .join(ArticleRow, _CURRENT)
        .where(LocalityRow.unit_id.in_(unit_ids))
        .group_by(LocalityRow.unit_id)
    )
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}


def officials_of(connection: Connection, unit_id: str, after: int, limit: int) -> list[UnitOfficial]:
    """Persons whose printed post names the unit, in articles that place it there; by their number."""
    names_unit = (
        (LocalityRow.version_id == OfficialRow.version_id)
        & (LocalityRow.unit_id == unit_id)
        & (LocalityRow.name == OfficialRow.locality)
        & (LocalityRow.level == OfficialRow.level)
    )
    posts = (
        select(PersonMentionRow.person_id, PersonRow.name, OfficialRow.printed, VersionRow.published_day, ArticleRow.id)
        .select_from(OfficialRow)
        .join(LocalityRow, names_unit)
        .join(PersonMentionRow, _SAME_PERSON)
        .join(PersonRow, PersonRow.id == PersonMentionRow.person_id)
        .join(VersionRow, VersionRow.id == OfficialRow.version_id)
        .join(ArticleRow, _CURRENT)
    )
    persons = posts.where(PersonMentionRow.person_id > after).with_only_columns(PersonMentionRow.person_id).distinct()
    wanted = list(connection.execute(persons.order_by(PersonMentionRow.person_id).limit(limit)).scalars())
    rows: dict[int, list[Any]] = {id_: [] for id_ in wanted}
    for row in connection.execute(posts.where(PersonMentionRow.person_id.in_(wanted)).order_by(OfficialRow.id)):
        rows[row.person_id].append(row)
    return [_official(of_one) for of_one in rows.values()]


def figures_of(connection: Connection, unit_id: str, before: tuple[str, int] | None, limit: int) -> list[UnitFigure]:
    """Numbers given for the unit, newest article first; `before` is the day and number of the last one seen."""
    day = func.coalesce(VersionRow.published_day, "")
    query: Select[Any] = (
        select(
            FigureRow.id, FigureRow.value, FigureRow.of, FigureRow.unit, FigureRow.what, FigureRow.cited_as,
            FigureRow.evidence, VersionRow.title, VersionRow.sapo, VersionRow.body, VersionRow.captions,
            VersionRow.published_day, ArticleRow.id.label("article_id"),
        )
        .select_from(FigureRow)
        .join(LocalityRow, (LocalityRow.version_id == FigureRow.version_id) & (LocalityRow.unit_id == unit_id)
              & (LocalityRow.name == FigureRow.locality))
        .join(VersionRow, VersionRow.id == FigureRow.version_id)
        .join(ArticleRow, _CURRENT)
        .order_by(day.desc(), FigureRow.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before:
        query = query.where(tuple_(day, FigureRow.id) < before)
    return list({row.id: _figure(row) for row in connection.execute(query)}.values())


def figure_day(figure: UnitFigure) -> tuple[str, int]:
    """What the next page of figures begins behind."""
    return figure.day or "", figure.id


def _official(rows: list[Any]) -> UnitOfficial:
    days = sorted(row.published_day for row in rows if row.published_day)
    return UnitOfficial(
        person_id=rows[0].person_id,
        name=rows[0].name,
        posts=tuple(dict.fromkeys(row.printed for row in rows)),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        articles=len({row.id for row in rows}),
    )


def _figure(row: Any) -> UnitFigure:
    return UnitFigure(
        id=row.id,
        article_id=row.article_id,
        title=row.title,
        day=row.published_day,
        value=row.value,
        of=row.of,
        unit=row.unit,
        what=row.what,
        cited_as=row.cited_as,
        sentence=evidence_sentence(row, [row.evidence]),
    )
