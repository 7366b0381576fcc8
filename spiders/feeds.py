"""XML that portals publish, read without trust: feeds and sitemaps, their dates and texts."""

from __future__ import annotations

import gzip
import io
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from archive.dates import parse_date, parse_iso
from archive.records import LOCAL_ZONE

# What an unpacked sitemap may weigh; the protocol allows 50 MB.
MAX_UNPACKED = 64 * 1024 * 1024

# APIs give milliseconds since 1970; Vietnam has had the web since November 1997, so a smaller number is no date.
_FIRST_MILLISECOND = 880_000_000_000


def parse_xml(body: bytes) -> Any:
    if body[:2] == b"\x1f\x8b":
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            body = packed.read(MAX_UNPACKED)
    root = etree.fromstring(
        body.strip(), etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    )
    if root is None or str(root.tag).lower().endswith("html"):
        raise ValueError("an HTML page, no XML")
    return root


def child_text(element: Any, name: str) -> str:
    found = element.xpath(f"descendant::*[local-name()='{name}'][1]/text()")
    return "".join(found)


def feed_day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).astimezone(LOCAL_ZONE).date()
    except (ValueError, TypeError, IndexError):
        return item_day(text)


def item_day(value: Any) -> date | None:
    if isinstance(value, (int, float)) and value > _FIRST_MILLISECOND:
        try:
            return datetime.fromtimestamp(value / 1000, LOCAL_ZONE).date()
        except (ValueError, OverflowError, OSError):
            return None
    parsed = parse_iso(str(value or "")) or parse_date(str(value or ""))
    return parsed.moment.date() if parsed else None
