"""Figures that articles give, as series by place and thing counted; every point leads to its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from archive.corpus.records import ArticleFigure
from archive.vietnamese import canonical
from search.reading.figures import FigureSeries
from search.web import charts
from search.web.asked import Asked, Kept, Name, Reader
from search.web.pages.search import PageNumber
from search.web.rendering import Reader as Person
from search.web.rendering import page, reader_of

router = APIRouter(include_in_schema=False)
# So many series, or stretches of long ones, stand on a page.
_SECTIONS, _POINTS = 20, 50
# More points are no line any more but a smear.
_MOST_DRAWN = 400
# Fewer dated points are no curve.
_FEWEST_POINTS = 2


@dataclass(frozen=True, kw_only=True)
class Section:
    """A series, or a stretch of a long one: its points from `first` on; the chart of all stands above the first."""

    number: int
    one: FigureSeries
    first: int
    picture: Markup | None = None
    drawn: int | None = None  # how many points the chart has, where they are not all

    @property
    def points(self) -> tuple[ArticleFigure, ...]:
        return self.one.points[self.first : self.first + _POINTS]


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
    sections = [(one, first) for one in found.series for first in range(0, len(one.points), _POINTS)]
    start, person = (number - 1) * _SECTIONS, reader_of(request)
    here = enumerate(sections[start : start + _SECTIONS], start + 1)
    return page(
        request,
        "figures.html",
        question=asked,
        portals=archive.portals(),
        what=wanted,
        found=found,
        sections=[section(one, first, at, person) for at, (one, first) in here],
        number_of_page=number,
        pages=-(-len(sections) // _SECTIONS),
    )


def section(one: FigureSeries, first: int, number: int, person: Person) -> Section:
    """A stretch of a series; above the first stretch its line over days, of the latest where they are very many."""
    dated = [(point.published, point.value) for point in one.points if point.published][-_MOST_DRAWN:]
    if first or len({day for day, _ in dated}) < _FEWEST_POINTS:
        return Section(number=number, one=one, first=first)
    title = f"{one.counted}, {one.locality or '–'}"
    frame = charts.Frame(
        name=f"series{number}", title=title, description=f"{person.day(dated[0][0])} – {person.day(dated[-1][0])}",
        height=112, write=person.exact,
    )  # fmt: skip
    labels = [f"{day.month}/{day.year}" for day, _ in dated]
    line = charts.Line(label=title, values=tuple(value for _, value in dated))
    return Section(number=number, one=one, first=first, picture=charts.lines(labels, [line], frame),
                   drawn=_MOST_DRAWN if len(dated) == _MOST_DRAWN < len(one.points) else None)  # fmt: skip
