"""`danvan alerts`: saved searches and what is new in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.settings import current_home
from search.cli import filter_options, question_of

if TYPE_CHECKING:
    from archive.saved_searches.records import SavedSearch
    from search.alerts import NewHit
    from search.service import SearchService

_NOTHING_SAVED = "no search is saved; danvan alerts save"


@click.group()
def alerts() -> None:
    """Saved searches, and what is new in them; the web pages have a feed of each."""


@alerts.command()
@click.argument("name")
@click.argument("query", nargs=-1)
@filter_options
def save(name: str, query: tuple[str, ...], **filters: Any) -> int:
    """Save a search under a name; from now on its new hits are told.

    \b
    Example:
      danvan alerts save "Định Hóa" '"dân vận khéo"' --locality "huyện Định Hóa"
    """
    from search.addresses import query_string

    question = question_of(query, filters)
    with _service() as service:
        service.asked(question)  # what cannot be understood is not saved
        newest = service.archive.latest_changes(limit=1)
        saved = service.archive.saved_searches.save(name, query_string(question), newest[0].cursor if newest else "0-0")
    click.echo(f"saved {saved.name!r}: danvan alerts check tells its new hits; feed: /feed.atom?{saved.address}")
    return 0


@alerts.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> int:
    """Every saved search.

    \b
    Example:
      danvan alerts list
    """
    with _service() as service:
        saved = service.archive.saved_searches.every()
    if as_json:
        print_json([_saved_values(one) for one in saved])
    else:
        click.echo(
            "\n".join(f"{one.name}: /?{one.address}" for one in saved) or "no search is saved; danvan alerts save"
        )
    return 0


@alerts.command()
@click.argument("name")
def remove(name: str) -> int:
    """Forget a saved search.

    \b
    Example:
      danvan alerts remove "Định Hóa"
    """
    with _service() as service:
        service.archive.saved_searches.forget(name)
    click.echo(f"removed {name!r}")
    return 0


@alerts.command()
@click.argument("names", nargs=-1)
@click.option("--keep", is_flag=True, help="Tell the same again next time.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(names: tuple[str, ...], keep: bool, as_json: bool) -> int:
    """New and changed articles of saved searches since the last check; all searches if none is named.

    \b
    Example:
      danvan alerts check "Định Hóa" --json
    """
    from search.addresses import question_at
    from search.alerts import new_hits

    with _service() as service:
        register = service.archive.saved_searches
        found: dict[str, list[NewHit]] = {}
        for one in [register.named(name) for name in names] or register.every():
            found[one.name], cursor = new_hits(service, question_at(one.address), one.cursor)
            if not keep:
                register.read_up_to(one.name, cursor)
    if as_json:
        print_json({name: [_hit_values(hit) for hit in hits] for name, hits in found.items()})
    else:
        _print_hits(found)
    return 0


@contextmanager
def _service() -> Iterator[SearchService]:
    from archive.repository import Archive
    from search.service import SearchService

    with Archive.open(current_home()) as archive:
        yield SearchService(archive)


def _saved_values(one: SavedSearch) -> dict[str, str]:
    return {"name": one.name, "address": one.address, "created_at": one.created_at.isoformat(), "cursor": one.cursor}


def _hit_values(hit: NewHit) -> dict[str, Any]:
    article = hit.article
    return {
        "id": article.id,
        "is_new": hit.is_new,
        "at": hit.change.at.isoformat(),
        "title": article.text.title,
        "portal": article.portal.key,
        "url": article.url,
    }


def _print_hits(found: dict[str, list[NewHit]]) -> None:
    for name, hits in found.items():
        click.echo(f"{name}: {len(hits)} new" if hits else f"{name}: nothing new")
        for hit in hits:
            kind = "new" if hit.is_new else "changed"
            click.echo(
                f"  [{hit.article.id}] {kind} {hit.change.at:%Y-%m-%d}: {hit.article.text.title} {hit.article.url}"
            )
    if not found:
        click.echo(_NOTHING_SAVED)
