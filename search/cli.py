"""`danvan search | index | serve`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.settings import current_home

if TYPE_CHECKING:
    from search.service import Question


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
            click.option(
                "--places",
                type=click.Choice(["as-was", "inside", "lineage"]),
                default="inside",
                help="A place alone; with all in it (as usual); or also with what it came from and became.",
                callback=lambda _context, _parameter, value: value.replace("-", "_"),
            ),
            click.option(
                "--abbreviations",
                type=click.Choice(["on", "all", "off"]),
                default="on",
                help="UBND is also Ủy ban nhân dân, sĩ also sỹ (on); CT is also Chủ tịch (all); as typed (off).",
            ),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("query", nargs=-1)
@filter_options
@click.option(
    "--fold", "duplicates", flag_value="folded", default="all", help="Of articles with the same text only the first."
)
@click.option("--facets", "show_facets", is_flag=True, help="Count hits by portal, year, province, place, official.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1))
@click.option("--size", default=20, show_default=True, type=click.IntRange(1, 200))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(query: tuple[str, ...], show_facets: bool, as_json: bool, **filters: Any) -> int:
    """Search the archive.

    Words must all occur; "phrases", VÀ HOẶC KHÔNG (AND OR NOT), parentheses, vận* and vận~, "dân vận" GẦN/5 xã, and
    the fields tiêu đề: nơi: tỉnh: huyện: xã: cán bộ: chức vụ: báo: ngày: văn bản: thẻ:. A word typed with tones matches
    exactly; a query without any tone matches every tone. What was understood is printed above the hits. A query that
    begins with a dash stands behind two: danvan search -- -dân

    \b
    Example:
      danvan search '"dân vận khéo"' --locality "huyện Định Hóa" --from 2023 --facets
      danvan search 'chức vụ:"bí thư huyện ủy" tỉnh:"Bắc Giang" ngày:"từ 2020 đến 6/2023"' --places lineage
    """
    from archive.repository import Archive
    from search.service import SearchService

    with Archive.open(current_home()) as archive:
        found = SearchService(archive).search(question_of(query, filters), with_facets=show_facets or as_json)
    if as_json:
        from search.web.views import page_json

        print_json(page_json(found))
    else:
        from search.page_text import print_page

        print_page(found, show_facets=show_facets)
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
@click.option(
    "--processes", type=click.IntRange(1, 64), help="How many answer side by side; as a rule one a core, up to 4."
)
def serve(host: str, port: int, processes: int | None) -> int:
    """Serve the search pages and the JSON API.

    \b
    Example:
      danvan serve --port 8080
    """
    from archive.repository import Archive
    from search.web import serving

    Archive.open(current_home()).close()  # says at once where there is none
    with serving.listening(host, port) as bound:
        click.echo(f"http://{host}:{bound.getsockname()[1]}/  (Ctrl-C ends it)")
        sys.stdout.flush()
        serving.run(bound, processes or serving.usual_processes())
    return 0


def question_of(query: tuple[str, ...], filters: dict[str, Any]) -> Question:
    from search.service import Question

    text = query[0] if len(query) == 1 else " ".join(map(_as_typed, query))
    return Question(text=text, **filters)


def _as_typed(argument: str) -> str:
    """An argument with the quotes that the shell took off: with spaces it was a phrase, or a field with one."""
    from search.query.fields import field_named

    if " " not in argument or '"' in argument or "(" in argument:
        return argument
    field, colon, value = argument.partition(":")
    return f'{field}:"{value}"' if colon and value and field_named(field) else f'"{argument}"'


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
