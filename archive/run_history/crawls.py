"""Reads the `run` table: every portal's crawls in their order, and whole reports of a stretch of time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from archive.models import RunRow
from archive.records import RunReport
from archive.runs import is_alive, report_of
from archive.saving import stamp

# Scopes of runs that did not look at a portal's lists to archive what they show.
NO_CRAWL = ("check", "look", "import", "replay")
GOOD = ("ok", "suspicious")
Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")


@dataclass(frozen=True, kw_only=True)
class Crawl:
    """One crawl, as far as the next one depends on it."""

    portal: str
    started_at: datetime
    verdict: str  # running | ok | suspicious | failed | lost
    is_full: bool = True  # walked without a date range or a maximum of articles
    news: int = 0  # articles that were new or changed
    not_before: datetime | None = None  # the portal asked for patience until then
    detail: str | None = None  # what went wrong, in words

    @property
    def has_failed(self) -> bool:
        """Whether it says nothing about the portal's news."""
        return self.verdict in ("failed", "lost")

    @property
    def has_succeeded(self) -> bool:
        """Whether it saw the portal's lists to their end."""
        return self.verdict in GOOD


def read_crawls(connection: Connection, portals: Collection[str] | None, now: datetime) -> dict[str, list[Crawl]]:
    """Every crawl of the portals, or of all, in the order in which they began; one whose process died is `lost`."""
    new, changed = (func.coalesce(RunRow.counts[name].as_integer(), 0) for name in ("new", "changed"))
    query = select(
        RunRow.portal, RunRow.started_at, RunRow.verdict, RunRow.is_full, RunRow.process, RunRow.heartbeat_at,
        RunRow.not_before, RunRow.detail, (new + changed).label("news"),
    )  # fmt: skip
    if portals is not None:
        query = query.where(RunRow.portal.in_(portals))
    found: dict[str, list[Crawl]] = {}
    for row in connection.execute(_crawls(query).order_by(RunRow.id)):
        found.setdefault(row.portal, []).append(_crawl(row, now))
    return found


def read_recent(connection: Connection) -> dict[str, list[RunReport]]:
    """Each portal's crawls from its last good one on, newest first: all that its condition depends on."""
    good = _crawls(select(RunRow.portal, func.max(RunRow.id).label("id"))).where(RunRow.verdict.in_(GOOD))
    last_good = good.group_by(RunRow.portal).subquery()
    query = (
        _crawls(select(RunRow.__table__))
        .outerjoin(last_good, last_good.c.portal == RunRow.portal)
        .where(RunRow.id >= func.coalesce(last_good.c.id, 0))
        .order_by(RunRow.id.desc())
    )
    found: dict[str, list[RunReport]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["portal"], []).append(report_of(row))
    return found


def read_passed_checks(connection: Connection) -> set[str]:
    """The portals whose latest finished check was good."""
    checks = select(func.max(RunRow.id)).where(RunRow.scope == "check", RunRow.verdict != "running")
    good = select(RunRow.portal).where(RunRow.id.in_(checks.group_by(RunRow.portal)), RunRow.verdict == "ok")
    return set(connection.execute(good).scalars())


def read_history(
    connection: Connection, portal: str | None, since: datetime | None, limit: int | None, scope: str | None = None
) -> list[RunReport]:
    """Runs of any kind, or of one scope, newest first."""
    query = select(RunRow.__table__).order_by(RunRow.id.desc()).limit(limit)
    if portal:
        query = query.where(RunRow.portal == portal)
    if since:
        query = query.where(RunRow.started_at >= stamp(since))
    if scope:
        query = query.where(RunRow.scope == scope)
    return [report_of(row) for row in connection.execute(query).mappings()]


def _crawls(query: Query) -> Query:
    return query.where(RunRow.scope.not_in(NO_CRAWL))


def _crawl(row: Any, now: datetime) -> Crawl:
    verdict = "lost" if row.verdict == "running" and not is_alive(row, now) else row.verdict
    return Crawl(
        portal=row.portal,
        started_at=datetime.fromisoformat(row.started_at),
        verdict=verdict,
        is_full=row.is_full,
        news=row.news,
        not_before=datetime.fromisoformat(row.not_before) if row.not_before else None,
        detail=row.detail,
    )
