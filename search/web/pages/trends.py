"""Words over time: one line for each query, as counts, shares of all articles or rates per million words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from search.reading.trends import GRAINS, PERS, Grain, Per, Trend
from search.service import Question
from search.web import charts
from search.web.asked import Asked, Kept, Reader
from search.web.rendering import Reader as Person
from search.web.rendering import page, reader_of

router = APIRouter(include_in_schema=False)
# Fields of the form; the chart tells apart as many lines.
QUERIES = charts.MOST_LINES
Others = Annotated[list[Annotated[str, Query(max_length=1000)]] | None, Query(max_length=QUERIES - 1)]
# A table of more rows is for a spreadsheet.
_MOST_ROWS = 400
_FEWEST_FIELDS = 3


@dataclass(frozen=True, kw_only=True)
class ShownTrend:
    """A chart with its legend and table: a row for each period, a cell with a link for each query."""

    picture: Markup
    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...]
    is_cut: bool
    notes: tuple[str, ...]


@router.get("/trends", response_class=HTMLResponse)
def trends_page(
    request: Request,
    asked: Asked,
    archive: Kept,
    reader: Reader,
    with_: Annotated[Others, Query(alias="with")] = None,
    grain: Grain = "year",
    per: Per = "articles",
) -> HTMLResponse:
    questions = questions_of(asked, with_ or ())
    found = reader.trend(questions, grain, per) if questions else None
    return page(
        request,
        "trends.html",
        question=asked,
        portals=archive.portals(),
        texts=fields(asked.text, with_ or ()),
        asked=request.url.query,
        grain=grain,
        grains=GRAINS,
        per=per,
        pers=PERS,
        shown=shown(found, questions, reader_of(request)) if found else None,
    )


def fields(first: str, others: Sequence[str]) -> list[str]:
    """What the form's fields hold: every query, and room for more."""
    held = [first, *(text for text in others if text.strip())]
    return [*held, *[""] * QUERIES][: min(QUERIES, max(_FEWEST_FIELDS, len(held) + 1))]


def questions_of(asked: Question, others: Sequence[str]) -> tuple[Question, ...]:
    """A question for each text that is not empty, all with the same filters."""
    texts = dict.fromkeys(text for text in (asked.text, *others) if text.strip())
    return tuple(replace(asked, text=text, page=1) for text in texts)


def shown(found: Trend, questions: Sequence[Question], person: Person) -> ShownTrend | None:
    """The picture and its table; None where no article has a date."""
    labels = tuple(point.label for point in found.series[0].points)
    if not labels:
        return None
    decimals = 0 if found.per == "count" else 1
    title = f"{person.t('trend_of')}: {', '.join(series.query for series in found.series)}"
    frame = charts.Frame(
        name="trend", title=title, description=f"{person.t('per_' + found.per)}. {labels[0]} – {labels[-1]}.",
        height=236, write=lambda value: person.number(value, decimals if value != int(value) else 0),
    )  # fmt: skip
    series = [charts.Line(label=one.query, values=tuple(point.value for point in one.points)) for one in found.series]
    rows = tuple(
        (label, tuple(_cell(found, number, at, questions[number], person, decimals) for number in range(len(series))))
        for at, label in enumerate(labels)
    )
    return ShownTrend(
        picture=charts.lines(labels, series, frame),
        labels=tuple(one.query for one in found.series),
        rows=rows[:_MOST_ROWS],
        is_cut=len(rows) > _MOST_ROWS,
        notes=tuple(
            person.t("trend_undated", query=one.query, n=person.number(one.undated))
            for one in found.series
            if one.undated
        ),
    )


def _cell(
    found: Trend, number: int, at: int, question: Question, person: Person, decimals: int
) -> tuple[str, str | None]:
    """A value as it is written, and where its articles are."""
    point = found.series[number].points[at]
    written = "–" if point.value is None else person.number(point.value, decimals)
    if not point.articles:
        return written, None
    return written, person.ask(question, first_day=point.label, last_day=point.label)
