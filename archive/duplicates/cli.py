"""`danvan clusters`: articles of (nearly) the same text."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
import msgspec

from archive.cli import print_json
from archive.errors import CannotRunError, UsageError
from archive.settings import current_home

if TYPE_CHECKING:
    from archive.duplicates.reading import Cluster, Member
    from archive.repository import Archive

_COLUMNS = ("cluster", "article_id", "portal", "portal_name", "url", "title", "authors", "published", "first_seen",
            "is_removed", "resemblance")  # fmt: skip


@click.group()
def clusters() -> None:
    """Articles of (nearly) the same text: in one portal and across portals; they are named, never merged.

    Two texts are near-duplicates where at least half of their runs of five syllables are the same; a cluster is what
    such pairs hold together.
    """


@clusters.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def update(as_json: bool) -> int:
    """Compare texts that are new or changed with all others; also finds articles that moved without a redirect.

    \b
    Example:
      danvan clusters update
    """
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        with _progress(as_json) as advance:
            compared, pairs = archive.duplicates.update(advance)
        moved = archive.history.settle()
    if as_json:
        print_json({"compared": compared, "pairs": pairs, "moved": moved})
    else:
        click.echo(f"{compared:,} texts compared, {pairs:,} pairs found, {moved:,} articles moved without a redirect")
    return 0


@clusters.command("list")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--across", is_flag=True, help="Only clusters of several portals.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(limit: int, across: bool, as_json: bool) -> int:
    """List clusters by the number of their first article.

    \b
    Example:
      danvan clusters list --across
    """
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        found = list(islice(_wanted(archive, across), limit))
        waiting = archive.duplicates.left_to_compare()
    if as_json:
        print_json([_as_json(cluster) for cluster in found])
        return 0
    for cluster in found:
        title = cluster.members[0].title or "(no title)"
        click.echo(f"{cluster.id:>7}  {len(cluster.members)} articles, {cluster.portals} portals  {title}")
    if not found:
        click.echo("no clusters")
    if waiting:
        click.echo(f"{waiting:,} texts are not compared yet; run `danvan clusters update`")
    return 0


@clusters.command()
@click.argument("article", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(article: int, as_json: bool) -> int:
    """Show the cluster of an article, in the order of publication.

    \b
    Example:
      danvan clusters show 12
    """
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        if not archive.articles([article]):
            raise UsageError(f"{article}: no such article in {archive.home.folder}; `danvan search` prints numbers")
        cluster = archive.duplicates.cluster_of(article)
    if as_json:
        print_json(_as_json(cluster) if cluster else None)
    elif cluster is None:
        click.echo(f"article {article} is in no cluster; `danvan clusters update` compares new texts")
    else:
        click.echo(f"cluster {cluster.id}: {len(cluster.members)} articles, {cluster.portals} portals")
        for member in cluster.members:
            click.echo(_line(member))
    return 0


@clusters.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option("--across", is_flag=True, help="Only clusters of several portals.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; default: the screen.")
def export(form: str, across: bool, output: Path | None) -> int:
    """Write every cluster: a line each (jsonl), or a row for each article (csv).

    \b
    Example:
      danvan clusters export --format csv --output clusters.csv
    """
    from archive.repository import Archive

    with Archive.open(current_home()) as archive, _stream(output) as stream:
        found = _wanted(archive, across)
        _write_rows(stream, found) if form == "csv" else _write_lines(stream, found)
    return 0


def _wanted(archive: Archive, across: bool) -> Iterator[Cluster]:
    return (cluster for cluster in archive.duplicates.clusters() if cluster.portals > 1 or not across)


def _write_lines(stream: IO[str], found: Iterator[Cluster]) -> None:
    for cluster in found:
        stream.write(msgspec.json.encode(_as_json(cluster)).decode() + "\n")


def _write_rows(stream: IO[str], found: Iterator[Cluster]) -> None:
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for cluster in found:
        for member in cluster.members:
            row = msgspec.to_builtins(member) | {"cluster": cluster.id, "authors": "; ".join(member.authors)}
            writer.writerow(row)


def _as_json(cluster: Cluster) -> dict[str, Any]:
    return {"cluster": cluster.id, "portals": cluster.portals, "articles": msgspec.to_builtins(cluster.members)}


def _line(member: Member) -> str:
    when = (member.published or "no date")[:10]
    gone = ", removed" if member.is_removed else ""
    by = ", ".join(member.authors) or "no byline"
    title = f"  {when}  {member.portal_name}: {member.title or '(no title)'} ({by})"
    return f"{title}\n    {member.url} (article {member.article_id}, {member.resemblance:.0%} alike{gone})"


@contextmanager
def _stream(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    try:
        with open(output, "w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise CannotRunError(f"{output}: cannot be written ({error.strerror}); choose another place") from error


@contextmanager
def _progress(as_json: bool) -> Iterator[Any]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if as_json or not console.is_terminal:
        yield lambda _done, _total: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("texts", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
