"""`danvan search | index | serve`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.settings import current_home

if TYPE_CHECKING:
    from search.service import Question, SearchPage


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filters that all commands of a question share."""
    for option in reversed(
        (
            click.option(
                "--locality", "localities", multiple=True, help="A unit and what lies in it: 'huyện Định Hóa'."
            ),
            click.option("--official", "officials", multiple=True, help="Name or part of it."),
            click.option("--portal", "portals", multiple=True, help="Key of a portal; several mean any of them."),
            click.option("--from", "first_day", help="Published from: 2023, 7/2023, 11/7/2023 or 2023-07-11."),
            click.option("--to", "last_day", help="Published until, same forms."),
            click.option(
                "--sort", type=click.Choice(["relevance", "newest", "oldest", "locality"]), default="relevance"
            ),
            click.option("--tones", type=click.Choice(["exact", "folded"]), help="Force search with or without tones."),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@click.option("--facets", "show_facets", is_flag=True, help="Count hits by portal, year, province, place, official.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1))
@click.option("--size", default=20, show_default=True, type=click.IntRange(1, 200))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(query: tuple[str, ...], show_facets: bool, as_json: bool, **filters: Any) -> int:
    """Search the archive.

    Words must all occur; "phrases", AND OR NOT, parentheses, and the fields tiêu đề: nơi: cán bộ: báo: ngày:.
    A word typed with tones matches exactly; a query without any tone matches every tone.

    \b
    Example:
      danvan search '"dân vận khéo"' --locality "huyện Định Hóa" --from 2023 --facets
    """
    from archive.repository import Archive
    from search.service import SearchService

    with Archive.open(current_home()) as archive:
        found = SearchService(archive).search(question_of(query, filters), with_facets=show_facets or as_json)
    if as_json:
        from search.web.views import page_json

        print_json(page_json(found))
    else:
        _print_page(found, show_facets)
    return 0


@click.group()
def index() -> None:
    """The search index: it follows the archive, and can always be made anew."""


@index.command()
def update() -> int:
    """Read what changed in the archive since the last update.

    \b
    Example:
      danvan index update
    """
    return _write_index("update")


@index.command()
def rebuild() -> int:
    """Build the index anew beside the old one and swap it in.

    \b
    Example:
      danvan index rebuild
    """
    return _write_index("rebuild")


@index.command()
@click.option("--json", "as_json", is_flag=True)
def verify(as_json: bool) -> int:
    """Compare the index with the archive.

    \b
    Example:
      danvan index verify --json
    """
    from archive.repository import Archive
    from search.indexer import Indexer

    with Archive.open(current_home()) as archive:
        problems = Indexer(archive).verify()
    if as_json:
        print_json({"problems": problems})
    else:
        click.echo("\n".join(problems) or "the index holds exactly the archive's articles")
    return int(bool(problems))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> int:
    """Serve the search pages and the JSON API.

    \b
    Example:
      danvan serve --port 8080
    """
    import socket

    import uvicorn

    from archive.errors import CannotRunError
    from search.web.app import create_app

    app = create_app(current_home())
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise CannotRunError(f"port {port} of {host} is taken ({error.strerror}); use --port") from error
    click.echo(f"http://{host}:{listening.getsockname()[1]}/  (Ctrl-C ends it)")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
    return 0


def question_of(query: tuple[str, ...], filters: dict[str, Any]) -> Question:
    from search.service import Question

    # A shell has taken the quotes off: an argument with spaces was a phrase, unless it is the whole query.
    text = query[0] if len(query) == 1 else " ".join(f'"{part}"' if " " in part else part for part in query)
    return Question(text=text, **filters)


def _write_index(what: str) -> int:
    from rich.console import Console
    from rich.progress import Progress

    from archive.repository import Archive
    from search.indexer import Indexer

    console = Console(stderr=True)
    with Archive.open(current_home()) as archive, Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("indexing", total=None)
        indexer = Indexer(archive)
        action = indexer.update if what == "update" else indexer.rebuild
        count = action(lambda done, total: bar.update(task, completed=done, total=total))
    click.echo(f"{count} articles indexed" if count else "the index is up to date")
    return 0


# Places of a hit that are another unit today; the rest stand in `danvan show`.
_PLACES_SHOWN = 4


def _print_page(found: SearchPage, show_facets: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    from search.documents import changed_places

    console = Console(highlight=False)
    how = "tones as typed" if found.tones == "exact" else "any tones"
    console.print(
        f"{found.total:,} hits ({how})" + (f", page {found.question.page}" if found.question.page > 1 else "")
    )
    if found.behind:
        console.print(f"the index is {found.behind} changes behind the archive; `danvan index update` brings it up")
    if found.notice:
        console.print(found.notice)
    for hit in found.hits:
        article = hit.article
        published = article.text.published
        title = Text(f"\n[{article.id}] ")
        for part in hit.title:
            title.append(part.text, style="bold red" if part.is_hit else "bold")
        console.print(title)
        day = published.value.strftime("%d/%m/%Y") if published else "no date"
        removed = " · removed" if article.removed_at else ""
        console.print(f"    {day} · {article.portal.name}{removed} · {article.url}", style="dim")
        if places := changed_places(article, _PLACES_SHOWN):
            console.print(f"    {'; '.join(places)}", style="dim")
        line = Text("    ")
        if hit.attachment:
            line.append(f"in {hit.attachment.label or hit.attachment.url}: ", style="dim")
        for part in hit.snippet:
            line.append(part.text.replace("\n", " "), style="red" if part.is_hit else "")
        console.print(line)
    if show_facets:
        for name, values in found.facets.items():
            shown = ", ".join(f"{value.label} {value.count}" for value in values[:12])
            console.print(f"\n[bold]{name}[/bold]: {shown or '–'}")
