"""`danvan export`: a result in the form its reader needs, with a note on how it was made."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from archive.settings import current_home
from search.cli import filter_options, question_of

if TYPE_CHECKING:
    from archive.records import Article
    from search.reading.reader import CorpusReader
    from search.service import Question, SearchService

# The names of `search.taking_away.FORMS`, which costs half a second to load.
FORM_NAMES = ("csv", "jsonl", "parquet", "ris", "bibtex", "csl", "references", "txt", "kwic")


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@click.option("--format", "form", type=click.Choice(FORM_NAMES), default="jsonl", show_default=True,
              help="parquet needs the extra of that name; kwic is a CSV of keywords in context.")  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else stdout.")
@click.option("--excel", is_flag=True, help="CSV with a byte-order mark, so that Excel reads UTF-8.")
@click.option("--methods", "methods_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Also write how the result came about: query, rules, counts, gaps; '-' is stderr.")  # fmt: skip
def export(
    query: tuple[str, ...], form: str, output: Path | None, excel: bool, methods_file: Path | None, **filters: Any
) -> int:
    """Export the articles a query finds; without a query, all.

    \b
    Examples:
      danvan export --format csv --output hits.csv --methods hits.methods.txt '"dân vận khéo"' --from 2023
      danvan export --format ris 'nơi:"huyện Định Hóa"' > dinh-hoa.ris
    """
    from archive.repository import Archive
    from search.reading.reader import CorpusReader
    from search.service import SearchService
    from search.taking_away import take_away

    with Archive.open(current_home()) as archive:
        service = SearchService(archive)
        reader, question = CorpusReader(service), question_of(query, filters | {"page": 1, "size": 20})
        articles = _articles(service, question)
        with _opened(output) as stream:
            count = take_away(form, reader, question, _shown(articles, output), stream, bom=excel)
        if methods_file:
            _write_methods(reader, question, methods_file)
    if output:
        click.echo(f"{count} {'contexts' if form == 'kwic' else 'articles'} written to {output}")
    return 0


def _articles(service: SearchService, question: Question) -> Iterable[Article]:
    """Without any condition the archive is read through, so that an export needs no index."""
    from search.service import Question

    is_everything = question == Question(size=question.size)
    return service.archive.all_articles() if is_everything else service.articles(question)


def _shown(articles: Iterable[Article], output: Path | None) -> Iterator[Article]:
    """The articles as they are read, counted where somebody watches."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=output is None or not console.is_terminal, transient=True) as bar:
        yield from bar.track(articles, description="articles written")


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    from archive.errors import StorageError

    if output is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    try:
        with open(output, "wb") as stream:
            yield stream
    except OSError as error:
        raise StorageError(f"{output}: cannot be written ({error.strerror}); choose another file") from error


def _write_methods(reader: CorpusReader, question: Question, file: Path) -> None:
    from archive.errors import StorageError
    from search.addresses import query_string
    from search.reading.methods import methods_text

    said = methods_text(reader.methods(question, f"/?{query_string(question)}"))
    if str(file) == "-":
        click.echo(said, err=True)
        return
    try:
        file.write_text(said, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{file}: cannot be written ({error.strerror}); choose another file") from error
