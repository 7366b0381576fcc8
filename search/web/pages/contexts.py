"""Keywords in context: every place where the words of a question stand, with what is left and right of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from search.reading.contexts import SORTS, ContextSort
from search.web.asked import Asked, Kept, Reader
from search.web.pages.search import PageNumber
from search.web.rendering import page

router = APIRouter(include_in_schema=False)
LINES = 100
Order = Annotated[ContextSort, Query(description="position, left or right neighbour, date")]


@router.get("/contexts", response_class=HTMLResponse)
def contexts_page(
    request: Request,
    asked: Asked,
    archive: Kept,
    reader: Reader,
    order: Order = "position",
    number: Annotated[PageNumber, Query(alias="page")] = 1,
) -> HTMLResponse:
    has_words = bool(asked.text.strip())
    found = reader.contexts(asked, sort=order, start=(number - 1) * LINES, size=LINES) if has_words else None
    return page(
        request,
        "contexts.html",
        found=found,
        question=asked,
        order=order,
        orders=SORTS,
        number_of_page=number,
        pages=-(-found.lines_found // LINES) if found else 0,
        portals=archive.portals(),
    )
