"""Localities: names looked up in all periods, and a page for each unit over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from archive.authorities.lookup import find_units, nearest_names
from archive.authorities.units import REFORM, Unit
from archive.errors import QueryError
from archive.vietnamese import canonical
from search.query.places import MODES
from search.service import Question
from search.web.asked import Kept, Name, Service
from search.web.pages.missing import not_found
from search.web.places import known_places, provinces, shown
from search.web.rendering import page

router = APIRouter(include_in_schema=False)
# "Tân Sơn" is the name of some forty units, "Tân Lập" of ninety; a page holds them.
MOST_UNITS = 100
_LATEST = 8
_ROWS = 50
UnitId = Annotated[str, Path(max_length=20, examples=["d167"])]
Day = Annotated[str, Query(max_length=20, description="YYYY-MM-DD: only units that existed on this day.")]


@router.get("/localities", response_class=HTMLResponse)
def localities_page(request: Request, archive: Kept, q: Name = "", on: Day = "") -> HTMLResponse:
    known, name, day = known_places(archive), canonical(q).strip(), day_of(on)
    units = [shown(known, unit) for unit in find_units(known, name, day)[:MOST_UNITS]] if name else []
    now, before = provinces(known, _is_now), provinces(known, _was_before)
    listed = [one.id for one in (units if name else (*now, *before))]
    return page(
        request,
        "localities.html",
        name=name,
        on=day,
        units=units,
        near=nearest_names(known, name) if name and not units else (),
        provinces=now,
        former_provinces=before,
        articles=archive.places.articles(listed),
    )


@router.get("/localities/{unit_id}", response_class=HTMLResponse)
def locality_page(request: Request, unit_id: UnitId, archive: Kept, service: Service) -> HTMLResponse:
    known = known_places(archive)
    found = known.units.get(unit_id)
    if found is None:
        return not_found(request)
    unit = shown(known, found)
    question = Question(localities=(f"id={unit.id}",), sort="newest", size=_LATEST)
    reaches = [Question(localities=question.localities, sort="newest", places=mode) for mode in MODES]
    relatives = (*unit.predecessors, *unit.successors, *unit.children, *unit.today)
    return page(
        request,
        "locality.html",
        unit=unit,
        reaches=[(one, service.search(replace(one, size=1), with_facets=False).total) for one in reaches],
        found=service.search(question, with_facets=False),
        counts=archive.places.articles([one.id for one in relatives]),
        officials=archive.places.officials(unit.id, limit=_ROWS),
        figures=archive.places.figures(unit.id, limit=_ROWS),
    )


def day_of(written: str) -> date | None:
    """A day of an address; QueryError for what is none."""
    try:
        return date.fromisoformat(written.strip()) if written.strip() else None
    except ValueError as error:
        raise QueryError(
            f"on {written[:20]!r} is no day; write 2025-06-30",
            vi=f"{written[:20]!r} không phải là ngày; viết 2025-06-30",
        ) from error


def _is_now(unit: Unit) -> bool:
    return unit.is_of_today


def _was_before(unit: Unit) -> bool:
    return not unit.is_of_today and unit.is_valid_on(date.fromordinal(REFORM.toordinal() - 1))
