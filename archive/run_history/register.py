"""What schedules ask of the history of runs; `Archive.run_history` is one register."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine

from archive import database
from archive.records import RunReport
from archive.run_history import crawls


class RunRegister:
    """Reads of the `run` table; crawls write it by `Archive.begin_run` and `finish_run`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def crawls(self, portals: Collection[str], now: datetime) -> dict[str, list[crawls.Crawl]]:
        """Every crawl of the portals that were crawled, in the order in which they began."""
        with database.reading(self._engine) as connection:
            return crawls.read_crawls(connection, portals, now)

    def passed_checks(self) -> set[str]:
        """The portals whose latest `danvan portals check` found what their profile promises."""
        with database.reading(self._engine) as connection:
            return crawls.read_passed_checks(connection)

    def recent(self) -> dict[str, list[RunReport]]:
        """Each portal's crawls from its last good one on, newest first; see archive.health."""
        with database.reading(self._engine) as connection:
            return crawls.read_recent(connection)

    def reports(
        self,
        portal: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
        scope: str | None = None,
    ) -> list[RunReport]:
        """Runs of any kind, or of one scope, newest first."""
        with database.reading(self._engine) as connection:
            return crawls.read_history(connection, portal, since, limit, scope)
