"""`danvan officials list | show | merge | split | log`: people of the archive and their posts over time."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from archive.errors import UsageError
from archive.settings import current_home


@click.group()
def officials() -> None:
    """People who held posts, across articles: one person per name, province and overlapping posts."""


@officials.command("list")
@click.argument("name", required=False)
@click.option("--province", help='Today\'s province, such as "Bắc Ninh".')
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True)
def list_(name: str | None, province: str | None, limit: int, as_json: bool) -> int:
    """List people, those in most articles first; NAME may be a part, with or without tones.

    \b
    Example:
      danvan officials list "van an" --province "Thái Nguyên"
    """
    from rich.console import Console
    from rich.table import Table

    with _archive() as archive:
        found = archive.people.find(name, province, limit)
    if as_json:
        _print(found)
        return 0
    if not found:
        click.echo("no such official; crawl first, or try a part of the name")
        return 0
    table = Table("no.", "name", "province", "articles", "last post", "seen")
    for person in found:
        last = max(person.tenures, key=lambda one: one.last_day or "", default=None)
        seen = f"{last.first_day or '?'} … {last.last_day or '?'}" if last else "–"
        post = last.printed if last else "–"
        table.add_row(str(person.id), person.name, person.province or "central", str(len(person.articles)), post, seen)
    Console().print(table)
    return 0


@officials.command()
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True)
def show(number: int, as_json: bool) -> int:
    """Show a person: every post with the first and last dated article that names it.

    \b
    Example:
      danvan officials show 12
    """
    with _archive() as archive:
        person = archive.people.person(number)
    if person is None:
        raise UsageError(f"person {number}: not in this archive; `danvan officials list` prints numbers")
    if as_json:
        _print(person)
        return 0
    click.echo(f"{person.id}  {click.style(person.name, bold=True)}  {person.province or 'central'}")
    if person.merged_into:
        click.echo(f"merged into {person.merged_into}")
    for one in person.tenures:
        days = f"{one.first_day or 'no date'} … {one.last_day or 'no date'}"
        former = " (former)" if one.former else ""
        click.echo(f"  {days}  {one.printed}{former}  articles {', '.join(map(str, one.articles))}")
    return 0


@officials.command()
@click.argument("keep", type=int)
@click.argument("others", type=int, nargs=-1, required=True)
def merge(keep: int, others: tuple[int, ...]) -> int:
    """Make persons one: KEEP takes the mentions of OTHERS. The log says which they were.

    \b
    Example:
      danvan officials merge 12 40
    """
    with _archive() as archive:
        moved = archive.people.merge(keep, list(dict.fromkeys(others)))
    click.echo(f"{', '.join(map(str, others))} merged into {keep}: {moved} mentions moved")
    return 0


@officials.command()
@click.argument("number", type=int)
@click.option("--articles", required=True, help="Numbers of the articles that mean somebody else: 5,9.")
def split(number: int, articles: str) -> int:
    """Part a person: the mentions of some articles become another person of the same name.

    \b
    Example:
      danvan officials split 12 --articles 5,9
    """
    if not all(part.strip().isdigit() for part in articles.split(",")):
        raise click.UsageError(f"--articles {articles!r}: write numbers with commas, such as 5,9")
    with _archive() as archive:
        new = archive.people.split(number, [int(part) for part in articles.split(",")])
    click.echo(f"articles {articles} of {number} are now person {new}")
    return 0


@officials.command()
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True)
def log(limit: int, as_json: bool) -> int:
    """Show merges and splits, newest first.

    \b
    Example:
      danvan officials log --json
    """
    with _archive() as archive:
        found = archive.people.log(limit)
    if as_json:
        _print(found)
        return 0
    for row in found:
        arrow = "←" if row["op"] == "merge" else "→"
        click.echo(f"{row['at']}  {row['op']}  {row['person_id']} {arrow} {row['other_id']}  {row['detail']}")
    if not found:
        click.echo("no person was merged or split")
    return 0


def _archive() -> Any:
    from archive.repository import Archive  # SQLAlchemy takes 0.3 s: not for --help

    return Archive.open(current_home())


def _print(value: Any) -> None:
    from archive.cli import print_json

    print_json(msgspec.to_builtins(value))
