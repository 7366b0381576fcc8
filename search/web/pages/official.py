"""Officials: a list to search in, and a page for each with posts over time and what articles say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from archive.authorities import Gazetteer
from archive.people.store import Person, Tenure
from archive.vietnamese import canonical, fold
from search.web import charts
from search.web.asked import Kept, Name, RowNumber
from search.web.pages.missing import not_found
from search.web.pages.search import PageNumber
from search.web.places import known_places, province_of_today
from search.web.rendering import Reader, page, reader_of

router = APIRouter(include_in_schema=False)
_LISTED = 50
_MENTIONS = 50


@router.get("/officials", response_class=HTMLResponse)
def officials_page(
    request: Request,
    archive: Kept,
    q: Name = "",
    province: Name = "",
    number: Annotated[PageNumber, Query(alias="page")] = 1,
) -> HTMLResponse:
    known, name = known_places(archive), canonical(q).strip()
    where = province_of_today(province, known)
    found = archive.people.find(name or None, where, _LISTED + 1, (number - 1) * _LISTED)
    return page(
        request,
        "officials.html",
        found=found[:_LISTED],
        name=name,
        province=where,
        provinces=provinces_of_today(known),
        latest=latest_post,
        page_number=number,
        has_more=len(found) > _LISTED,
    )


@router.get("/officials/{person_id}", response_class=HTMLResponse)
def official_page(
    request: Request,
    person_id: RowNumber,
    archive: Kept,
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    person = archive.people.person(person_id)
    if person is None:
        return not_found(request)
    mentions = archive.people.mentions(person_id, _MENTIONS + 1, (number - 1) * _MENTIONS)
    return page(
        request,
        "official.html",
        person=person,
        mentions=mentions[:_MENTIONS],
        shown={one.article_id for one in mentions[:_MENTIONS]},
        picture=timeline(person.tenures, person.name, reader_of(request)),
        page_number=number,
        next_page=number + 1 if len(mentions) > _MENTIONS else None,
    )


def provinces_of_today(known: Gazetteer) -> list[str]:
    """The names of today's provinces, in order."""
    return sorted({unit.name for unit in known.every_province if unit.is_of_today}, key=fold)


def latest_post(person: Person) -> Tenure | None:
    """The post that was named last; an undated one only where no other is known."""
    return max(person.tenures, key=lambda one: one.last_day or "", default=None)


def timeline(tenures: Sequence[Tenure], name: str, reader: Reader) -> Markup | None:
    """Posts over years; None where no article that prints one is dated."""
    rows = [
        charts.Stretch(label=one.printed, begins=decimal_year(one.first_day), ends=decimal_year(one.last_day))
        for one in tenures
        if one.first_day and one.last_day
    ]
    if not rows:
        return None
    title = f"{reader.t('posts_over_time')}: {name}"
    return charts.stretches(rows, charts.Frame(name="posts", title=title, description=reader.t("posts_chart_about")))


def decimal_year(day: str) -> float:
    """A day as a position on a scale of years.

    >>> decimal_year("2024-01-01"), round(decimal_year("2024-07-02"), 2)
    (2024.0, 2024.5)
    """
    at = date.fromisoformat(day)
    return at.year + (at.timetuple().tm_yday - 1) / 366
