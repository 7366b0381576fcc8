"""Figures that articles give, as series by place and thing counted; every point leads to its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from archive.vietnamese import canonical
from search.reading.figures import FigureSeries
from search.web import charts
from search.web.asked import Asked, Kept, Name, Reader
from search.web.pages.search import PageNumber
from search.web.rendering import Reader as Person
from search.web.rendering import page, reader_of

router = APIRouter(include_in_schema=False)
_SERIES = 20
# Fewer dated points are no curve.
_FEWEST_POINTS = 2


@dataclass(frozen=True, kw_only=True)
class ShownSeries:
    """A series with its chart, where it has a curve."""

    number: int
    one: FigureSeries
    picture: Markup | None


@router.get("/figures", response_class=HTMLResponse)
def figures_page(
    request: Request,
    asked: Asked,
    archive: Kept,
    reader: Reader,
    what: Name = "",
    number: Annotated[PageNumber, Query(alias="page")] = 1,
) -> HTMLResponse:
    wanted = canonical(what).strip()
    found = reader.figures(asked, wanted)
    start = (number - 1) * _SERIES
    person = reader_of(request)
    return page(
        request,
        "figures.html",
        question=asked,
        portals=archive.portals(),
        what=wanted,
        found=found,
        series=[shown(one, at, person) for at, one in enumerate(found.series[start : start + _SERIES], start + 1)],
        number_of_page=number,
        pages=-(-len(found.series) // _SERIES),
    )


def shown(one: FigureSeries, number: int, person: Person) -> ShownSeries:
    """A series and its line over days."""
    dated = [(point.published, point.value) for point in one.points if point.published]
    if len({day for day, _ in dated}) < _FEWEST_POINTS:
        return ShownSeries(number=number, one=one, picture=None)
    title = f"{one.counted}, {one.locality or '–'}"
    frame = charts.Frame(
        name=f"series{number}", title=title, description=f"{person.day(dated[0][0])} – {person.day(dated[-1][0])}",
        height=140, write=person.exact,
    )  # fmt: skip
    labels = [f"{day.month}/{day.year}" for day, _ in dated]
    line = charts.Line(label=title, values=tuple(value for _, value in dated))
    return ShownSeries(number=number, one=one, picture=charts.lines(labels, [line], frame))
