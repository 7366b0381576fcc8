"""`danvan portals check | draft | fixture`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from archive.cli import print_json


@click.command()
@click.argument("key", metavar="PORTAL")
@click.option("--articles", default=3, show_default=True, type=click.IntRange(1, 20))
@click.option("--json", "as_json", is_flag=True)
def check(key: str, articles: int, as_json: bool) -> int:
    """Look at a live portal before crawling it: are its lists and article fields where the profile says?

    Captures what it looks at, archives nothing. A good check lets an unverified profile crawl.

    \b
    Example:
      danvan portals check baothainguyen
    """
    from crawler.portals.check import check_portal, print_check
    from crawler.progress import run_with_progress
    from spiders.registry import load_registry

    found = check_portal(load_registry().crawlable(key).key, articles, run_with_progress)
    (print_json if as_json else print_check)(found)
    return 0 if found["passed"] else 1


@click.command()
@click.argument("listing", metavar="LIST")
@click.argument("article", metavar="[ARTICLE]", required=False)
@click.option("--list-url", help="Address of a saved LIST, where the page does not say it.")
@click.option("--article-url", help="Address of a saved ARTICLE, where the page does not say it.")
@click.option("--key", help="Key of the profile; default: the registry's, or made of the host.")
@click.option("--name", help="What the portal calls itself; default: as the registry or its pages say.")
@click.option("--kind", help="provincial_newspaper, provincial_gov, district_gov, party_committee …")
@click.option("--province", help="Before July 2025, without its type word; required for a host not in the registry.")
@click.option("--district", help="Before July 2025, where the portal is a district's.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file or folder; default: stdout.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print profile, doubts and the article as read, as JSON.")
def draft(
    listing: str,
    article: str | None,
    list_url: str | None,
    article_url: str | None,
    output: Path | None,
    force: bool,
    as_json: bool,
    **asked: str | None,
) -> int:
    """Draft a profile from one list page and one article page, and say what is unsure.

    LIST and ARTICLE are each an address or a saved file. Addresses are fetched as a check would, and captured; of a
    list given alone up to three articles are looked at. Exit code 1: no rule for the article's text holds.

    \b
    Example:
      danvan portals draft https://giavien.ninhbinh.gov.vn/tin-tuc -o ~/profiles/giavien.toml
      danvan portals draft list.html article.html --list-url https://a.vn/tin/ --province "Ninh Bình"
    """
    from crawler.portals.drafting import command

    found = command.drafted((listing, article), (list_url, article_url), asked, output)
    path = command.write(found, output, is_forced=force) if output else None
    (print_json(command.as_json(found, path)) if as_json else command.print_draft(found, path))
    return 0 if found.is_by_rule else 1


@click.command()
@click.argument("page")
@click.option("--url", help="Address of a saved PAGE, where it does not say it.")
@click.option(
    "--portal", "key", help="Read it by this portal's profile; default: the profile of its host, else its family."
)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to."
)
@click.option("--name", help="Name of the two files; default: the portal's key and the article's id.")
@click.option("--reviewed", is_flag=True, help="You have read the result by eye; on a terminal you are asked.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--json", "as_json", is_flag=True, help="Print files, result and problems as JSON.")
def fixture(
    page: str, url: str | None, key: str | None, output: Path, reviewed: bool, as_json: bool, **naming: Any
) -> int:
    """Make a test page of a real one: its markup, addresses and date forms, with prose and names of our own.

    PAGE is an archived article (number or address: its newest capture), a saved file, or an address, which is fetched
    as a check would and captured. NAME.html and NAME.json are written. Exit code 1: words of the page are left, or a
    field is read otherwise than on the page.

    \b
    Example:
      danvan portals fixture 12 -o tests/data/families/bbg
      danvan portals fixture page.html --url https://a.vn/tin/mot-bai-12.html -o tests/data/families/bbg
    """
    from crawler.portals.fixtures import command

    made = command.made(page, url, key)
    if not as_json:
        command.print_fixture(made.fixture)
    is_reviewed = not made.fixture.problems and command.asks_for_review(reviewed)
    paths = command.write(made, output, is_reviewed=is_reviewed, **naming)
    (print_json if as_json else click.echo)(command.said(made, paths, is_reviewed=is_reviewed, as_json=as_json))
    for problem in made.fixture.problems:
        click.echo(f"problem: {problem}", err=True)
    return 1 if made.fixture.problems else 0
