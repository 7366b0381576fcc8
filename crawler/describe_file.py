"""Reading a saved page outside any archive."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archive.errors import UsageError
from archive.records import ArticlePage, PortalIdentity
from crawler.reading import PageReading, Reader


def describe_file(
    file: Path,
    url: str,
    *,
    key: str | None = None,
    province: str | None = None,
    district: str | None = None,
    topic: str | None = None,
    fetched_at: datetime | None = None,
) -> PageReading:
    """Read a file by a named profile, by the profile of its host, or by the family its page shows."""
    from archive.authorities import Authorities
    from spiders.registry import load_registry

    registry = load_registry()
    reader = Reader(registry, Authorities.load(topic))
    portal = registry.portal(key) if key else registry.for_url(url)
    home = portal.identity if portal else None
    if province:
        home = PortalIdentity(key="", name="", kind="unknown", province=province, district=district)
    try:
        body = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    return reader.read_as(ArticlePage(url=url, body=body, fetched_at=fetched_at), portal, home)


def print_description(found: dict[str, Any]) -> None:
    """A described page as lines for people."""
    if not found["is_article"]:
        click.echo(f"no article: {found['reason']}")
        return
    published = found["published"]
    rows = {
        "title": found["title"],
        "published": published and f"{published['value']} ({published['source']}: {published['printed']})",
        "authors": ", ".join(found["authors"]),
        "sapo": found["sapo"],
        "dân vận": f"{found['dan_van']['verdict']} ({found['dan_van']['score']})",
        "localities": "; ".join(f"{p['type']} {p['name']}" for p in found["localities"]),
        "officials": "; ".join(o["name"] for o in found["officials"]),
        "figures": "; ".join(f["cited_as"] for f in found["figures"]),
        "documents": "; ".join(d["cited_as"] for d in found["documents"]),
        "family": found["family"],
    }
    for name, value in rows.items():
        click.echo(f"{name:<11}{value or '–'}")
    click.echo("\n" + found["body"])
