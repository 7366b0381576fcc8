"""`/api/articles`, `/api/officials`, `/api/localities`, `/api/portals`, `/api/coverage`, `/api/changes`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, HTTPException, Query

from archive.authorities.lookup import find_units, nearest_names
from archive.authorities.units import Unit
from archive.coverage.shown import coverage_values
from archive.errors import QueryError
from archive.exports.described import archived
from archive.fixity.shown import proven_versions
from archive.history.relations import relations
from archive.people.store import Person
from archive.places.reading import figure_day
from archive.repository import Archive
from archive.vietnamese import canonical
from search.web.api import article_models, cursors, register_models
from search.web.api.models import RESPONSES, ChangesAnswer
from search.web.api.search import Cursor, Size
from search.web.asked import Kept, Name, RowNumber
from search.web.pages.coverage import MonthName, PortalKey, covered
from search.web.pages.locality import MOST_UNITS, Day, UnitId, day_of
from search.web.pages.portal import PortalKey as PortalPath
from search.web.pages.portal import ShownPortal, shown_portals
from search.web.pages.versions import VersionNumber, compare
from search.web.places import known_places, province_of_today, shown

router = APIRouter(prefix="/api", responses=RESPONSES)
_MENTIONS = 100


@router.get("/articles/{article_id}", response_model=article_models.ArticleAnswer)
def article(article_id: RowNumber, archive: Kept) -> dict[str, Any]:
    """One article: text, description, versions with their captures and identifiers, moves and near-duplicates."""
    found = archive.articles([article_id])
    if not found:
        raise HTTPException(404, f"article {article_id}: there is none")
    return {
        **archived(found[0]),
        **relations(archive, article_id),
        "versions": proven_versions(archive, article_id),
        "persons": archive.people.of_article(article_id),
    }


@router.get("/articles/{article_id}/differences", response_model=article_models.DifferencesAnswer)
def differences(
    article_id: RowNumber,
    archive: Kept,
    older: Annotated[VersionNumber, Query(alias="from", description="the version before, else")] = None,
    newer: Annotated[VersionNumber, Query(alias="to", description="the current version, else")] = None,
) -> dict[str, Any]:
    """How two versions of an article differ, word by word."""
    found = archive.articles([article_id])
    if not found:
        raise HTTPException(404, f"article {article_id}: there is none")
    compared = compare(archive, found[0], older, newer)
    shown_ones = [one.as_json() | {"lead": one.lead, "tail": one.tail} for one in compared.found]
    return {"older": compared.older, "newer": compared.newer, "differences": shown_ones}


@router.get("/officials", response_model=register_models.PersonsAnswer)
def officials(archive: Kept, q: Name = "", province: Name = "", cursor: Cursor = "", size: Size = 50) -> dict[str, Any]:
    """People by a part of their name, with or without tones, and today's province; by their number."""
    position = cursors.read(cursor, cursors.ById)
    name, where = canonical(q).strip(), province_of_today(province, known_places(archive))
    found = archive.people.listed(name or None, where, position.after if position else 0, size + 1)
    following = cursors.written(cursors.ById(after=found[size - 1].id)) if len(found) > size else None
    return {"officials": [_person(one) for one in found[:size]], "next": following}


@router.get("/officials/{person_id}", response_model=register_models.PersonAnswer)
def official(person_id: RowNumber, archive: Kept) -> dict[str, Any]:
    """One person: posts over time, and the newest articles that name them with their sentences."""
    person = archive.people.person(person_id)
    if person is None:
        raise HTTPException(404, f"official {person_id}: there is none")
    return _person(person) | {"mentions": archive.people.mentions(person_id, _MENTIONS)}


@router.get("/localities", response_model=register_models.UnitsAnswer)
def localities(archive: Kept, q: Name, on: Day = "") -> dict[str, Any]:
    """Units of a name or id, of all periods or of a day, provinces first."""
    known, name = known_places(archive), canonical(q).strip()
    if not name:
        raise QueryError(
            "q is empty; write a name such as huyện Định Hóa", vi="q để trống; viết một tên, như huyện Định Hóa"
        )
    found = find_units(known, name, day_of(on))[:MOST_UNITS]
    counts = archive.places.articles([unit.id for unit in found])
    units = [_unit(archive, unit, counts.get(unit.id, 0)) for unit in found]
    return {"localities": units, "nearest": [] if found else nearest_names(known, name)}


@router.get("/localities/{unit_id}", response_model=register_models.Unit)
def locality(unit_id: UnitId, archive: Kept) -> dict[str, Any]:
    """One unit over time: what it lay in, came from and became. Its articles: /api/search?locality=id=…"""
    unit = _known_unit(archive, unit_id)
    return _unit(archive, unit, archive.places.articles([unit_id]).get(unit_id, 0))


@router.get("/localities/{unit_id}/officials", response_model=register_models.UnitOfficialsAnswer)
def locality_officials(unit_id: UnitId, archive: Kept, cursor: Cursor = "", size: Size = 50) -> dict[str, Any]:
    """People whose printed post names the unit, by their number."""
    _known_unit(archive, unit_id)
    position = cursors.read(cursor, cursors.ById)
    found = archive.places.officials(unit_id, position.after if position else 0, size + 1)
    following = cursors.written(cursors.ById(after=found[size - 1].person_id)) if len(found) > size else None
    return {"officials": found[:size], "next": following}


@router.get("/localities/{unit_id}/figures", response_model=register_models.UnitFiguresAnswer)
def locality_figures(unit_id: UnitId, archive: Kept, cursor: Cursor = "", size: Size = 50) -> dict[str, Any]:
    """Numbers that articles give for the unit, newest first, each with its sentence."""
    _known_unit(archive, unit_id)
    position = cursors.read(cursor, cursors.ByDay)
    before = (position.day, position.after) if position else None
    found = archive.places.figures(unit_id, before, size + 1)
    day, number = figure_day(found[size - 1]) if len(found) > size else ("", 0)
    following = cursors.written(cursors.ByDay(day=day, after=number)) if len(found) > size else None
    return {"figures": found[:size], "next": following}


@router.get("/portals", response_model=list[register_models.Portal])
def portals(archive: Kept) -> list[dict[str, Any]]:
    """Every portal the archive knows, those with most articles first."""
    return [_portal(one) for one in shown_portals(archive)]


@router.get("/portals/{key}", response_model=register_models.Portal)
def portal(key: PortalPath, archive: Kept) -> dict[str, Any]:
    """One portal. Its articles: /api/search?portal=…, its months: /api/coverage?portal=…"""
    found = next((one for one in shown_portals(archive) if one.identity.key == key), None)
    if found is None:
        raise HTTPException(404, f"portal {key[:60]!r}: there is none; /api/portals lists them")
    return _portal(found)


@router.get("/coverage", response_model=list[register_models.Coverage])
def coverage(
    archive: Kept,
    portal: PortalKey = "",
    from_: Annotated[MonthName, Query(alias="from")] = "",
    to: MonthName = "",
) -> list[dict[str, Any]]:
    """What portals showed, what is archived, what is missing and why, by month; `from` and `to` are YYYY-MM."""
    return [coverage_values(one) for one in covered(archive, portal, from_, to)]


@router.get("/changes", response_model=ChangesAnswer)
def changes(
    archive: Kept,
    since: Annotated[str, Query(max_length=60)] = "0-0",
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> dict[str, Any]:
    """The change feed after a cursor."""
    found = archive.changes(since, limit)
    return {"changes": msgspec.to_builtins(found), "next": found[-1].cursor if found else since}


def _known_unit(archive: Archive, unit_id: str) -> Unit:
    unit = known_places(archive).units.get(unit_id)
    if unit is None:
        raise HTTPException(404, f"unit {unit_id!r}: not in the gazetteer; ids look like n19, p19, d167, c05698")
    return unit


def _unit(archive: Archive, unit: Unit, articles: int) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(shown(known_places(archive), unit))
    values["older_types"] = [{"value": value, "day": day} for value, day in values["older_types"]]
    values["sources"] = [{"value": document, "day": day} for day, document in values["sources"]]
    return values | {"articles": articles}


def _person(person: Person) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(person)
    return values


def _portal(one: ShownPortal) -> dict[str, Any]:
    return {
        **msgspec.to_builtins(one.identity),
        "predecessors": [before.key for before in one.predecessors],
        "articles": one.articles,
        "condition": one.health and str(one.health.condition),
        "condition_detail": one.health and one.health.detail,
    }
