"""`danvan contexts | trend | figures`: what a search finds, read and counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.settings import current_home
from search.cli import filter_options, question_of

if TYPE_CHECKING:
    from search.reading.contexts import ContextLine
    from search.reading.figures import FigureSeries
    from search.reading.reader import CorpusReader
    from search.reading.trends import Trend

_BARS = 40  # characters of the longest bar


@click.command()
@click.argument("query", nargs=-1, required=True)
@filter_options
@click.option("--order", type=click.Choice(["position", "left", "right", "date"]), default="position",
              show_default=True, help="By the words left or right of the hit, or as the articles come.")  # fmt: skip
@click.option("--size", default=100, show_default=True, type=click.IntRange(1, 10_000), help="Lines to print.")
@click.option("--read", default=2000, show_default=True, type=click.IntRange(1), help="Articles to read for them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def contexts(query: tuple[str, ...], order: str, size: int, read: int, as_json: bool, **filters: Any) -> int:
    """Keywords in context: every place where the words stand, one a line.

    All of them, as a file: danvan export --format kwic.

    \b
    Example:
      danvan contexts '"dân vận khéo"' --order right --locality "tỉnh Thái Nguyên"
    """
    from search.reading.tables import context_row

    with _reader() as reader:
        found = reader.contexts(question_of(query, filters), sort=order, size=size, read=read)
    if as_json:
        head = {"lines_found": found.lines_found, "articles": found.articles, "articles_read": found.articles_read}
        print_json(head | {"lines": [context_row(line) for line in found.lines]})
        return 0
    _print_contexts(found.lines)
    rest = f"; read {found.articles_read:,} of them, --read reads more" if found.articles_read < found.articles else ""
    click.echo(f"{len(found.lines):,} of {found.lines_found:,} contexts in {found.articles:,} articles{rest}")
    return 0


@click.command()
@click.argument("queries", nargs=-1, required=True)
@filter_options
@click.option("--grain", type=click.Choice(["day", "month", "quarter", "year"]), default="year", show_default=True)
@click.option("--per", type=click.Choice(["count", "articles", "words"]), default="articles", show_default=True,
              help="Articles; per cent of all articles; or occurrences per million words.")  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def trend(queries: tuple[str, ...], grain: str, per: str, as_csv: bool, as_json: bool, **filters: Any) -> int:
    """How often something is written about over time; each argument is a query of its own.

    \b
    Example:
      danvan trend '"dân vận khéo"' '"nông thôn mới"' --grain quarter --from 2022
    """
    from search.reading.tables import TREND_COLUMNS, trend_rows, write_csv

    with _reader() as reader:
        found = reader.trend(tuple(question_of((query,), filters) for query in queries), grain, per)
    if as_csv:
        write_csv(trend_rows(found), TREND_COLUMNS, sys.stdout)
    elif as_json:
        undated = {series.query: series.undated for series in found.series}
        print_json({"grain": grain, "per": per, "undated": undated, "points": list(trend_rows(found))})
    else:
        _print_trend(found)
    return 0


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@click.option("--what", default="", help="What is counted: 'mô hình \"Dân vận khéo\"'; every word must be in it.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def figures(query: tuple[str, ...], what: str, as_csv: bool, as_json: bool, **filters: Any) -> int:
    """Numbers that articles give, by place and day, each with its sentence.

    \b
    Example:
      danvan figures --what "mô hình dân vận khéo" --locality "huyện Định Hóa"
    """
    from search.reading.tables import FIGURE_COLUMNS, figure_rows, write_csv

    with _reader() as reader:
        found = reader.figures(question_of(query, filters), what)
    if as_csv:
        write_csv(figure_rows(found.series), FIGURE_COLUMNS, sys.stdout)
    elif as_json:
        print_json({"articles": found.articles, "figures": list(figure_rows(found.series))})
    else:
        _print_figures(found.series)
        click.echo(f"{found.figures:,} figures in {found.articles:,} articles")
    return 0


@contextmanager
def _reader() -> Iterator[CorpusReader]:
    from archive.repository import Archive
    from search.reading.reader import CorpusReader
    from search.service import SearchService

    with Archive.open(current_home()) as archive:
        yield CorpusReader(SearchService(archive))


def _print_contexts(lines: tuple[ContextLine, ...]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    half = max(20, (console.width - 20) // 2)
    for line in lines:
        left = line.left[-half:].rjust(half)
        console.print(Text.assemble((f"{line.article_id:>6} ", "dim"), left, (line.hit, "bold red"), line.right[:half]))


def _print_trend(found: Trend) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    unit = {"count": "articles", "articles": "% of articles", "words": "per million words"}[found.per]
    highest = max((point.value or 0 for series in found.series for point in series.points), default=0) or 1
    for series in found.series:
        undated = f", {series.undated:,} of them without a date" if series.undated else ""
        console.print(f"[bold]{series.query or 'all articles'}[/bold]: {series.articles:,} articles{undated}; {unit}")
        for point in series.points:
            value = "–" if point.value is None else f"{point.value:,.2f}".rstrip("0").rstrip(".")
            bar = "█" * round(_BARS * (point.value or 0) / highest)
            console.print(f"  {point.label:>12}  {value:>9}  {bar}  {point.articles:,} of {point.all_articles:,}")


def _print_figures(several: tuple[FigureSeries, ...]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for one in several:
        console.print(Text(f"{one.locality or 'no place named'}: {one.counted}", style="bold"))
        for point in one.points:
            day = f"{point.published:%d/%m/%Y}" if point.published else "no date"
            console.print(
                Text.assemble(f"  {day}  {point.cited_as}  ", (f"[{point.article_id}] {point.sentence}", "dim"))
            )
