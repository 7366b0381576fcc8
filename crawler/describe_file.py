"""Reading a saved page outside any archive."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

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
    fetched_at: datetime | None = None,
) -> PageReading:
    """Read a file by a named profile, by the profile of its host, or by the family its page shows."""
    from archive.authorities import Authorities
    from spiders.registry import load_registry

    registry = load_registry()
    reader = Reader(registry, Authorities.load())
    portal = registry.portal(key) if key else registry.for_url(url)
    home = portal.identity if portal else None
    if province:
        home = PortalIdentity(key="", name="", kind="unknown", province=province, district=district)
    try:
        body = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    return reader.read_as(ArticlePage(url=url, body=body, fetched_at=fetched_at), portal, home)
