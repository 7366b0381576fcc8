"""Tables of views as CSV files: words over time, figures, posts of an official, coverage; formulas made harmless."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TextIO

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from archive.coverage.shown import write_csv as write_coverage
from archive.vietnamese import canonical
from search.reading.tables import (
    FIGURE_COLUMNS,
    TENURE_COLUMNS,
    TREND_COLUMNS,
    figure_rows,
    tenure_rows,
    trend_rows,
    write_csv,
)
from search.reading.trends import Grain, Per
from search.web.asked import Asked, Kept, Name, Reader, RowNumber
from search.web.pages.coverage import MonthName, PortalKey, covered
from search.web.pages.missing import not_found
from search.web.pages.trends import Others, questions_of
from search.web.streaming import streamed_text

router = APIRouter(include_in_schema=False)


@router.get("/export/trends")
def trends(
    asked: Asked,
    reader: Reader,
    with_: Annotated[Others, Query(alias="with")] = None,
    grain: Grain = "year",
    per: Per = "articles",
) -> Response:
    """One period of one query a row."""
    questions = questions_of(asked, with_ or ())
    found = reader.trend(questions, grain, per) if questions else None
    return _file("trends", lambda stream: write_csv(trend_rows(found) if found else (), TREND_COLUMNS, stream))


@router.get("/export/figures")
def figures(asked: Asked, reader: Reader, what: Name = "") -> Response:
    """One figure of one article a row."""
    found = reader.figures(asked, canonical(what).strip())
    return _file("figures", lambda stream: write_csv(figure_rows(found.series), FIGURE_COLUMNS, stream))


@router.get("/export/officials/{person_id}")
def official(request: Request, person_id: RowNumber, archive: Kept) -> Response:
    """One article of one post a row."""
    person = archive.people.person(person_id)
    if person is None:
        return not_found(request)
    return _file(f"official-{person_id}", lambda stream: write_csv(tenure_rows(person), TENURE_COLUMNS, stream))


@router.get("/export/coverage")
def coverage(
    archive: Kept, portal: PortalKey = "", from_: Annotated[MonthName, Query(alias="from")] = "", to: MonthName = ""
) -> Response:
    """One month of one portal a row."""
    found = covered(archive, portal, from_, to)
    return _file("coverage", lambda stream: write_coverage(found, stream))


def _file(name: str, write: Callable[[TextIO], object]) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="danvan-{name}.csv"'}
    return StreamingResponse(streamed_text(write), media_type="text/csv", headers=headers)
