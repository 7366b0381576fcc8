"""What an archive holds, without what rightly differs between two runs: numbers of rows and times."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

_MENTIONS = {
    "locality_mention": "m.unit_id, m.name, m.type, m.level, m.cited_as, m.is_primary",
    "official_mention": "m.person, m.name, m.printed, m.post, m.organisation, m.level, m.locality, m.former",
    "figure_mention": "m.value, m.of, m.unit, m.what, m.locality, m.cited_as",
    "document_mention": "m.kind, m.number, m.date, m.issuer, m.cited_as",
}
_VERSION = "JOIN version v ON v.id = m.version_id JOIN article a ON a.id = v.article_id"
_QUERIES = {
    "articles": "SELECT url_key, portal, version, removed_at IS NULL FROM article",
    "versions": "SELECT a.url_key, v.number, v.digest, v.title, v.published, v.relevance_score, v.relevance_verdict"
    " FROM version v JOIN article a ON a.id = v.article_id",
    **{name: f"SELECT a.url_key, v.number, {columns} FROM {name} m {_VERSION}" for name, columns in _MENTIONS.items()},
    "captured payloads": "SELECT DISTINCT url_key, payload_digest, kind FROM capture WHERE status = 200",
    # Every text must be proven by a capture that shows it.
    "proofs": "SELECT DISTINCT a.url_key, v.number, c.payload_digest FROM version_capture vc"
    " JOIN version v ON v.id = vc.version_id JOIN article a ON a.id = v.article_id JOIN capture c ON c.id = vc.capture_id"
    " WHERE c.status = 200",
    "links": "SELECT portal, url_key, title, day, skipped, failure FROM link",
}
_FAULTS = {
    "addresses left in the frontier": "SELECT portal, key, state FROM frontier",
    "articles twice": "SELECT url_key FROM article GROUP BY url_key HAVING count(*) > 1",
    "versions twice": "SELECT article_id, digest FROM version GROUP BY article_id, digest HAVING count(*) > 1",
    "runs that still run": "SELECT portal, process FROM run WHERE verdict = 'running'",
    "articles without a change": "SELECT url_key FROM article WHERE id NOT IN (SELECT article_id FROM change)",
}


def contents(database_url: str) -> dict[str, list[str]]:
    """Every table's content as sorted lines."""
    return _answers(database_url, _QUERIES)


def faults(database_url: str, warc: Path) -> list[str]:
    """What must not be there after the last run."""
    found = [f"{name}: {lines[:3]}" for name, lines in _answers(database_url, _FAULTS).items() if lines]
    if torn := sorted(path.name for path in warc.glob("*.open")):
        found.append(f"WARC files not salvaged: {torn}")
    return found


def differences(wanted: dict[str, list[str]], found: dict[str, list[str]]) -> list[str]:
    """Where an archive is not the other, in words."""
    told = []
    for name, lines in wanted.items():
        lost, more = set(lines) - set(found[name]), set(found[name]) - set(lines)
        if lost or more or len(lines) != len(found[name]):
            told.append(f"{name}: {len(lost)} lost {sorted(lost)[:1]}, {len(more)} more {sorted(more)[:1]}")
    return told


def _answers(database_url: str, queries: dict[str, str]) -> dict[str, list[str]]:
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            return {name: _lines(connection, query) for name, query in queries.items()}
    finally:
        engine.dispose()


def _lines(connection: Connection, query: str) -> list[str]:
    return sorted(
        json.dumps([_plain(value) for value in row], ensure_ascii=False) for row in connection.execute(text(query))
    )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value  # SQLite has no booleans
