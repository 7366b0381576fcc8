"""Contexts, trends, figures and posts as rows, for CSV files and JSON alike."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, TextIO

import msgspec

from archive.corpus.records import ArticleFigure
from archive.exports.csv import harmless
from archive.people.store import Person
from search.reading.contexts import ContextLine
from search.reading.figures import FigureSeries, counted
from search.reading.trends import Trend

CONTEXT_COLUMNS = tuple(field.name for field in fields(ContextLine))
TREND_COLUMNS = (
    "query", "period", "first_day", "value", "articles", "occurrences", "all_articles", "all_words",
)  # fmt: skip
FIGURE_COLUMNS = (
    "locality", "counted", "published", "value", "of", "cited_as", "sentence", "article_id", "portal",
)  # fmt: skip
TENURE_COLUMNS = (
    "name", "province", "post", "organisation", "locality", "former", "first_day", "last_day", "article_id",
)  # fmt: skip


def context_row(line: ContextLine) -> dict[str, Any]:
    """One hit; `field`, `index`, `start` and `end` say where in the article it stands."""
    row: dict[str, Any] = msgspec.to_builtins(line)
    return row


def trend_rows(trend: Trend) -> Iterator[dict[str, Any]]:
    """One period of one query a row."""
    for series in trend.series:
        for point in series.points:
            values = (
                series.query, point.label, point.first_day.isoformat(), point.value, point.articles,
                point.occurrences, point.all_articles, point.all_words,
            )  # fmt: skip
            yield dict(zip(TREND_COLUMNS, values, strict=True))


def figure_rows(series: Iterable[FigureSeries]) -> Iterator[dict[str, Any]]:
    """One figure of one article a row, by series."""
    for one in series:
        yield from (_figure_row(point, one.locality) for point in one.points)


def tenure_rows(person: Person) -> Iterator[dict[str, Any]]:
    """One article that gives a person a post a row; the days are of the first and last article that gives it."""
    for one in person.tenures:
        values = (
            person.name, person.province, one.printed, one.organisation, one.locality, one.former, one.first_day,
            one.last_day,
        )  # fmt: skip
        yield from (dict(zip(TENURE_COLUMNS, (*values, article), strict=True)) for article in one.articles)


def write_csv(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], stream: TextIO) -> int:
    """A header and every row, formulas made harmless; returns how many rows."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([harmless(row[name]) for name in columns])
        count += 1
    return count


def _figure_row(point: ArticleFigure, locality: str | None) -> dict[str, Any]:
    return {
        "locality": locality,
        "counted": counted(point),
        "published": point.published and point.published.isoformat(),
        "value": int(point.value) if point.value.is_integer() else point.value,
        "of": int(point.of) if point.of is not None and point.of.is_integer() else point.of,
        "cited_as": point.cited_as,
        "sentence": point.sentence,
        "article_id": point.article_id,
        "portal": point.portal,
    }
