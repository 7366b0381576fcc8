"""The ledger of links: every article address that a list showed, when, and why it was not fetched or not got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from archive.frontier.records import Setback, Sighting, Task
from archive.frontier.tables import LinkRow
from archive.saving import stamp

_BATCH = 500


def note(connection: Connection, portal: str, run_id: int, sightings: Sequence[Sighting], now: datetime) -> None:
    """Enter what a list showed; an address seen before keeps its first day and gets this one as its last."""
    seen = {one.url_key: one for one in reversed(sightings)}
    known = _known(connection, portal, list(seen))
    fresh = [_row(portal, run_id, one, now) for key, one in seen.items() if key not in known]
    if fresh:
        connection.execute(insert(LinkRow), fresh)
    again = [
        {
            "row": known[key].id,
            "last_seen": stamp(now),
            "run_id": run_id,
            "skipped": one.skipped,
            "found_in": one.found_in if known[key].found_in == "archive" else known[key].found_in,
            "title": one.title or known[key].title,
            "day": one.day.isoformat() if one.day else known[key].day,
        }
        for key, one in seen.items()
        if key in known
    ]
    if again:
        statement = update(LinkRow.__table__).where(LinkRow.id == bindparam("row"))  # type: ignore[arg-type]
        connection.execute(statement, again)


def waiting(connection: Connection, portal: str, keys: Sequence[str]) -> dict[str, str | None]:
    """Of some addresses those that failed and are not to be asked for by a list alone: key → when again, if ever."""
    return {key: row.not_before for key, row in _known(connection, portal, keys).items() if row.attempts}


def set_back(connection: Connection, portal: str, run_id: int, task: Task, setback: Setback, now: datetime) -> None:
    """One more attempt failed."""
    values = {
        "failure": setback.failure,
        "not_before": stamp(setback.not_before) if setback.not_before else None,
        "attempts": task.attempts + 1,
    }
    again = update(LinkRow).where(LinkRow.portal == portal, LinkRow.url_key == task.key)
    found = connection.execute(again.values(**values | {"attempts": LinkRow.attempts + 1}))
    if found.rowcount == 0:
        sighting = Sighting(url_key=task.key, url=task.url, title=None, day=None, found_in="archive")
        connection.execute(insert(LinkRow).values(**_row(portal, run_id, sighting, now) | values))


def skip(connection: Connection, portal: str, run_id: int, task: Task, reason: str, now: datetime) -> None:
    """An address that may not be asked for: robots.txt, or it leads off the portal."""
    set_back(connection, portal, run_id, task, Setback(failure=reason, not_before=None), now)
    chosen = (LinkRow.portal == portal, LinkRow.url_key == task.key)
    connection.execute(update(LinkRow).where(*chosen).values(skipped=reason, failure=None, attempts=0))


def recovered(connection: Connection, portal: str, url_key: str) -> None:
    """A failed address was got after all."""
    chosen = (LinkRow.portal == portal, LinkRow.url_key == url_key)
    connection.execute(update(LinkRow).where(*chosen).values(failure=None, not_before=None, attempts=0))


def _known(connection: Connection, portal: str, keys: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(keys), _BATCH):
        query = select(
            LinkRow.url_key,
            LinkRow.id,
            LinkRow.found_in,
            LinkRow.title,
            LinkRow.day,
            LinkRow.attempts,
            LinkRow.not_before,
        ).where(LinkRow.portal == portal, LinkRow.url_key.in_(keys[start : start + _BATCH]))
        found |= {row.url_key: row for row in connection.execute(query)}
    return found


def _row(portal: str, run_id: int, one: Sighting, now: datetime) -> dict[str, Any]:
    return {
        "portal": portal,
        "url_key": one.url_key,
        "url": one.url,
        "title": one.title,
        "day": one.day.isoformat() if one.day else None,
        "found_in": one.found_in,
        "first_seen": stamp(now),
        "last_seen": stamp(now),
        "run_id": run_id,
        "skipped": one.skipped,
        "failure": None,
        "attempts": 0,
        "not_before": None,
    }
