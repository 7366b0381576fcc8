"""The search page: hits with facets at the side and a histogram of years above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from search.engines.base import FacetValue
from search.service import Question
from search.web import charts
from search.web.asked import Asked, Kept, Service
from search.web.rendering import Reader, page, reader_of

router = APIRouter(include_in_schema=False)
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
# As many values of a facet as are seen at once; the others fold out.
FACET_SIZE = 8
# Two years are no curve; more than these do not fit as bars.
_FEWEST_YEARS, _MOST_YEARS = 2, 60


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
    page_: Annotated[PageNumber, Query(alias="page")] = 1,
) -> HTMLResponse:
    question = replace(asked, page=page_)
    found = service.search(question)
    return page(
        request,
        "search.html",
        found=found,
        question=question,
        portals=archive.portals(),
        is_empty=not found.total and not archive.counts()["versions"],
        years=years_chart(found.facets.get("year", ()), question, reader_of(request)),
        facet_size=FACET_SIZE,
    )


def years_chart(values: Sequence[FacetValue], question: Question, reader: Reader) -> Chart | None:
    """Articles by year, each row with the link that narrows to it; None where there is no curve to see."""
    counts = {int(value.value): value.count for value in values}
    years = range(min(counts, default=0), max(counts, default=0) + 1)
    if not _FEWEST_YEARS <= len(years) <= _MOST_YEARS:
        return None
    most = max(years, key=lambda year: counts.get(year, 0))
    about = reader.t(
        "hits_by_year_about", n=reader.number(sum(counts.values())), first=years[0], last=years[-1], most=most,
        count=reader.number(counts[most]),
    )  # fmt: skip
    frame = charts.Frame(name="years", title=reader.t("hits_by_year"), description=about, write=reader.number)
    picture = charts.histogram([charts.Bar(label=str(year), value=counts.get(year, 0)) for year in years], frame)
    rows = tuple(
        (str(year), reader.ask(question, first_day=str(year), last_day=str(year)), (reader.number(counts[year]),))
        for year in years
        if year in counts
    )
    return Chart(picture=picture, rows=rows)
