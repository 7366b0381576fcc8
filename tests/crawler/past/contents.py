"""What an archive holds, without numbers and times of its making: two archives with equal contents say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from archive.repository import Archive
from tests.archive.build import new_home


def contents(home: Path) -> dict[str, Any]:
    """Articles with versions and mentions by key; the ledger as a sorted list."""
    with Archive.open(new_home(home)) as archive:
        articles = {article.url_key: _article(archive, article) for article in archive.all_articles()}
        with archive._engine.connect() as connection:
            ledger = connection.exec_driver_sql(
                "SELECT url, url_key, portal, fetched_at, status, payload_digest, is_revisit, kind, reason FROM capture"
            ).all()
    return {"articles": articles, "ledger": sorted(map(str, ledger))}


def _article(archive: Archive, article: Any) -> dict[str, Any]:
    return {
        "text": msgspec.to_builtins(article.text),
        "description": msgspec.to_builtins(article.description),
        "seen": (article.first_seen, article.last_seen, article.removed_at),
        "versions": [
            (version.digest, version.first_seen, version.last_seen, [one.payload_digest for one in version.captures])
            for version in archive.versions(article.id)
        ],
    }
