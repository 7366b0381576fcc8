"""`/api/contexts`, `/api/trends`, `/api/figures`: what is read and counted of a result."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from archive.vietnamese import canonical
from search.reading.contexts import context_lines, sorted_lines
from search.reading.figures import counting, figure_series
from search.reading.tables import context_row, figure_rows, trend_rows
from search.reading.trends import Grain, Per
from search.service import Question, SearchService
from search.web.api import cursors
from search.web.api.models import RESPONSES
from search.web.api.search import Cursor, Size
from search.web.asked import Asked, Name, Reader, Service
from search.web.pages.contexts import Order
from search.web.pages.trends import Others, questions_of

router = APIRouter(prefix="/api", responses=RESPONSES)


class Context(BaseModel):
    """One hit in its context; offsets are code points of the field."""

    article_id: int
    portal: str
    url: str
    title: str | None
    published: str | None
    field: str
    index: int
    start: int
    end: int
    left: str
    hit: str
    right: str


class ContextsAnswer(BaseModel):
    """The contexts of a page of articles."""

    articles: int = Field(description="hits of the question")
    contexts: list[Context]
    next: str | None


class TrendRow(BaseModel):
    """One period of one query."""

    query: str
    period: str
    first_day: str
    value: float | None = Field(description="articles, per cent of all articles, or occurrences per million words")
    articles: int
    occurrences: int | None
    all_articles: int
    all_words: int


class TrendsAnswer(BaseModel):
    """Several queries over the same periods."""

    grain: str
    per: str
    rows: list[TrendRow]


class FigureRow(BaseModel):
    """One figure of one article."""

    locality: str | None
    counted: str
    published: str | None
    value: float
    of: float | None
    cited_as: str
    sentence: str
    article_id: int
    portal: str


class FiguresAnswer(BaseModel):
    """The figures of a page of articles, by place and thing counted."""

    articles: int
    figures: list[FigureRow]
    next: str | None


@router.get("/contexts", response_model=ContextsAnswer)
def contexts(
    asked: Asked, service: Service, order: Order = "position", cursor: Cursor = "", size: Size = 50
) -> dict[str, Any]:
    """Keywords in context. A page holds the contexts of `size` articles, ordered within it."""
    ids, total, following = _articles(service, asked, cursor, size)
    lines = context_lines(service.archive.corpus.texts(ids), service.asked(asked))
    return {
        "articles": total,
        "contexts": [context_row(line) for line in sorted_lines(lines, order)],
        "next": following,
    }


@router.get("/trends", response_model=TrendsAnswer)
def trends(
    asked: Asked,
    reader: Reader,
    with_: Annotated[Others, Query(alias="with", description="more queries, under the same filters")] = None,
    grain: Grain = "year",
    per: Per = "articles",
) -> dict[str, Any]:
    """How often something is written about over time: counts, shares of all articles, or rates per million words."""
    questions = questions_of(asked, with_ or ()) or (replace(asked, text=""),)
    found = reader.trend(questions, grain, per)
    return {"grain": found.grain, "per": found.per, "rows": list(trend_rows(found))}


@router.get("/figures", response_model=FiguresAnswer)
def figures(asked: Asked, service: Service, what: Name = "", cursor: Cursor = "", size: Size = 50) -> dict[str, Any]:
    """Figures that articles give, each with its sentence. A page holds those of `size` articles."""
    ids, total, following = _articles(service, asked, cursor, size)
    found = counting(service.archive.corpus.figures(ids), canonical(what).strip())
    return {"articles": total, "figures": list(figure_rows(figure_series(found))), "next": following}


def _articles(service: SearchService, asked: Question, cursor: str, size: int) -> tuple[list[int], int, str | None]:
    """A page of a question's articles, how many there are, and the cursor of the next page."""
    position = cursors.read(cursor, cursors.InHits)
    every = [hit.article_id for hit in service.all_hits(asked, position.newest if position else None)]
    start = cursors.start(every, position) if position else 0
    shown = every[start : start + size]
    if len(every) <= start + len(shown) or not shown:
        return shown, len(every), None
    newest = position.newest if position else max(every)
    return shown, len(every), cursors.written(cursors.InHits(after=shown[-1], newest=newest, seen=start + len(shown)))
