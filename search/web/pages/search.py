"""The search page: hits with facets at the side and a histogram of years above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from search.engines.base import MAX_VALUES, DayCount, FacetValue
from search.reading.trends import GRAINS, Grain, series
from search.service import Question
from search.web import charts
from search.web.asked import Asked, Kept, Service
from search.web.rendering import Reader as Person
from search.web.rendering import page, reader_of

router = APIRouter(include_in_schema=False)
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
# As many values of a facet as are seen at once; the others fold out.
FACET_SIZE = 8
# One bar is no curve; more than these would be thinner than a line.
_FEWEST_BARS, _MOST_BARS = 2, 400
_DAYS = {"day": 1, "month": 28, "quarter": 90, "year": 365}  # of the shortest period


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture and the rows of its table: label, link or None, cells."""

    picture: Markup
    rows: tuple[tuple[str, str | None, tuple[str, ...]], ...]


@router.get("/", response_class=HTMLResponse)
def search_page(
    request: Request,
    asked: Asked,
    archive: Kept,
    service: Service,
    number: Annotated[PageNumber, Query(alias="page")] = 1,
    grain: Grain = "year",
) -> HTMLResponse:
    question, person = replace(asked, page=number), reader_of(request)
    found = service.search(question)
    years = found.facets.get("year", ())
    return page(
        request,
        "search.html",
        found=found,
        question=question,
        portals=found.portals,
        is_empty=not found.total and not archive.counts()["versions"],
        days=years_chart(years, question, person)
        if grain == "year" and len(years) < MAX_VALUES  # more than a facet has may be left out of it
        else days_chart(service.by_day(question)[0], grain, question, person),
        grain=grain,
        grains=GRAINS[::-1],
        facet_size=FACET_SIZE,
    )


def days_chart(hits: Sequence[DayCount], grain: Grain, question: Question, person: Person) -> Chart | None:
    """Articles by quarter, month or day, as fine as asked for and as bars can be told apart."""
    days = [count.day for count in hits if count.day]
    if not days:
        return None
    longest = (max(days) - min(days)).days
    while longest / _DAYS[grain] > _MOST_BARS:
        grain = GRAINS[GRAINS.index(grain) + 1]
    points = series(question.text, hits, hits, grain, "count").points
    return _chart([(point.label, point.articles) for point in points], question, person)


def years_chart(values: Sequence[FacetValue], question: Question, person: Person) -> Chart | None:
    """Articles by year, from a facet; None where there is no curve to see."""
    counts = {int(value.value): value.count for value in values}
    years = range(min(counts, default=0), max(counts, default=0) + 1)
    return _chart([(str(year), counts.get(year, 0)) for year in years], question, person)


def _chart(periods: Sequence[tuple[str, int]], question: Question, person: Person) -> Chart | None:
    """Bars of periods, which are date expressions and so lead to their articles."""
    if not _FEWEST_BARS <= len(periods) <= _MOST_BARS:
        return None
    most, highest = max(periods, key=lambda period: period[1])
    about = person.t(
        "hits_by_day_about", n=person.number(sum(count for _, count in periods)), first=periods[0][0],
        last=periods[-1][0], most=most, count=person.number(highest),
    )  # fmt: skip
    frame = charts.Frame(name="days", title=person.t("hits_by_day"), description=about, write=person.number)
    picture = charts.histogram([charts.Bar(label=label, value=count) for label, count in periods], frame)
    rows = tuple(
        (label, person.ask(question, first_day=label, last_day=label), (person.number(count),))
        for label, count in periods
        if count
    )
    return Chart(picture=picture, rows=rows)
