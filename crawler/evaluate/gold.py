"""`danvan evaluate`: reads every page of a gold file as a crawl would, writes predictions, prints scores."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.authorities import Authorities
from archive.errors import UsageError
from archive.records import LOCAL_ZONE, ArticlePage, PortalIdentity
from crawler.evaluate.scoring import score
from crawler.reading import PageReading, Reader
from spiders.registry import load_registry

# Gold entries without a fetch time were fetched on this day.
_FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)


def evaluate_gold(
    gold: Path, predictions: Path | None, *, use_families: bool = True, family: str | None = None
) -> dict[str, Any]:
    """Describe and score; a page is known only by its bytes, address, publisher and fetch time."""
    entries = _entries(gold, family)
    reader = Reader(load_registry(), Authorities.load())
    found = [predicted(entry["id"], _read(reader, gold.parent, entry, use_families=use_families)) for entry in entries]
    if predictions is not None:
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
        try:
            predictions.write_text(lines, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{predictions}: cannot be written ({error.strerror})") from error
    return dict(score(found, entries))


def predicted(id_: str, reading: PageReading) -> dict[str, Any]:
    """A reading in the scorer's form."""
    text, description = reading.text, reading.description
    if description is None:
        return {"id": id_, "is_article": False}
    primary = description.primary_locality
    return {
        "id": id_,
        "is_article": True,
        "title": text.title,
        "body": text.body,
        "authors": list(text.authors),
        "published": text.published.iso() if text.published else None,
        "dan_van": description.relevance.verdict,
        "localities": [
            {"name": place.name, "level": place.level, "province": place.province, "district": place.district}
            for place in description.localities
        ],
        "primary_locality": primary and {"name": primary.name, "level": primary.level, "province": primary.province},
        "officials": [
            {"name": official.name, "titles": [title.printed for title in official.titles]}
            for official in description.officials
        ],
        "figures": [{"value": figure.value, "unit": figure.unit} for figure in description.figures],
        "documents": [document.number for document in description.documents],
    }


def _entries(gold: Path, family: str | None) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = json.loads(gold.read_text(encoding="utf-8"))
        chosen = [entry for entry in entries if family is None or entry["family"] == family]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{gold}: is no gold file ({type(error).__name__}: {error})") from error
    if not chosen:
        raise UsageError(f"{gold}: no page of family {family!r}; leave --family out to see all")
    return chosen


def _read(reader: Reader, folder: Path, entry: dict[str, Any], *, use_families: bool) -> PageReading:
    path = folder / entry["file"]
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    publisher = entry["portal"]
    home = PortalIdentity(
        key=publisher["key"],
        name=publisher["name"],
        kind=publisher["kind"],
        province=publisher["province_before_2025"],
        district=publisher["district"],
    )
    written = entry.get("fetched_at")
    fetched_at = datetime.fromisoformat(written) if written else _FETCHED_AT
    fetched_at = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=LOCAL_ZONE)
    page = ArticlePage(url=entry["url"], body=body, fetched_at=fetched_at)
    return reader.read_as(page, None, home, use_families=use_families)
