"""danvan over pages, with the runner's clock: extraction alone, which is what peers do, and with description.

python -m tests.scoreboard.ours families|form pages.json out.json
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from archive.authorities import Authorities
from archive.records import LOCAL_ZONE, ArticlePage, PortalIdentity
from crawler.evaluate.prediction import predicted
from crawler.extract import extract
from crawler.reading import PageReading, Reader
from spiders.registry import load_registry
from tests.scoreboard.runner import pages_per_cpu_second

# The day on which all gold pages were fetched: their header clocks show it.
_FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=LOCAL_ZONE)


def main(kind: str, pages_file: str, out_file: str) -> None:
    use_families = kind == "families"
    registry = load_registry()
    reader = Reader(registry, Authorities.load())
    pages = json.loads(Path(pages_file).read_text(encoding="utf-8"))
    for page in pages:
        body = Path(page["file"]).read_bytes()
        page["page"] = ArticlePage(url=page["url"], body=body, fetched_at=_FETCHED_AT)
        page["home"] = _publisher(page["portal"])

    def extracted(page: dict[str, Any]) -> dict[str, Any]:
        return {"text": extract(page["page"], None, registry, use_families=use_families)}

    def described(page: dict[str, Any]) -> PageReading:
        return reader.read_as(page["page"], None, page["home"], use_families=use_families)

    result = {
        "pages_per_cpu_second": pages_per_cpu_second(extracted, pages),
        "described_per_cpu_second": pages_per_cpu_second(lambda page: {"reading": described(page)}, pages),
        "predictions": [predicted(page["id"], described(page)) for page in pages],
    }
    Path(out_file).write_bytes(msgspec.json.encode(result))


def _publisher(portal: dict[str, Any]) -> PortalIdentity:
    return PortalIdentity(
        key=portal["key"],
        name=portal["name"],
        kind=portal["kind"],
        province=portal["province_before_2025"],
        district=portal["district"],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
