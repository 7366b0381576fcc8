"""`danvan portals check`."""

from __future__ import annotations

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
