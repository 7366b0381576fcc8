"""Reading a saved page outside any archive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UsageError
from archive.records import ArticlePage, PortalIdentity
from archive.vietnamese import fold
from crawler.reading import PageReading, Reader

if TYPE_CHECKING:
    from archive.authorities import Gazetteer, Unit


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
    authorities = Authorities.load(topic)
    reader = Reader(registry, authorities)
    portal = registry.portal(key) if key else registry.for_url(url)
    home = portal.identity if portal else None
    if province:
        home = _publisher(province, district, authorities.gazetteer)
    try:
        body = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    return reader.read_as(ArticlePage(url=url, body=body, fetched_at=fetched_at), portal, home)


def _publisher(province: str, district: str | None, gazetteer: Gazetteer) -> PortalIdentity:
    """Who published a page, of units that there are or were."""
    provinces = {unit.id: unit for unit in gazetteer.named(province, None, "province")}
    if not provinces:
        raise UsageError(f"--province {province!r}: no such province{_nearest(province, gazetteer.every_province)}")
    if district:
        named = gazetteer.named(district, None, "district")
        if not any(gazetteer.province_of(unit).id in provinces for unit in named):
            inside = [unit for one in provinces.values() for unit in gazetteer.children(one)]
            raise UsageError(f"--district {district!r}: no such district of {province}{_nearest(district, inside)}")
    return PortalIdentity(key="", name="", kind="unknown", province=province, district=district)


def _nearest(name: str, units: Iterable[Unit]) -> str:
    """Names like a mistyped one, as the end of an error's line."""
    names = {fold(unit.name): unit.name for unit in units}
    found = [names[key] for key in get_close_matches(fold(name), names, n=3)]
    return f"; there is {', '.join(found)}" if found else "; write its name without the type word"


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
