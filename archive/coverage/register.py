"""What commands and pages ask of coverage; `Archive.coverage` is one register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from archive import database
from archive.coverage.addresses import read_cells
from archive.coverage.records import Cell, PortalCoverage
from archive.coverage.report import portal_coverage, within
from archive.models import ArticleRow, PortalRow, RunRow
from archive.run_history.crawls import read_crawls, read_recent


class CoverageRegister:
    """Reads only; nothing is kept, so every answer is of now."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def portals(
        self, keys: Sequence[str], now: datetime, first: str | None = None, last: str | None = None
    ) -> list[PortalCoverage]:
        """The coverage of the portals named, or of all that have runs or addresses, in the months of the range."""
        with database.reading(self._engine) as connection:
            names = {row.key: row.name for row in connection.execute(select(PortalRow.key, PortalRow.name))}
            cells, crawls = _cells(connection, keys), read_crawls(connection, keys or None, now)
            recent = read_recent(connection)
        found = [
            portal_coverage(key, names.get(key, key), cells.get(key, ()), crawls.get(key, ()), recent.get(key, ()), now)
            for key in keys or sorted({*cells, *crawls})
        ]
        return [replace(one, months=within(one, first, last)) for one in found]

    def archived(self) -> dict[str, int]:
        """How many articles are archived and not removed, by portal."""
        query = select(ArticleRow.portal, func.count()).where(ArticleRow.removed_at.is_(None))
        with database.reading(self._engine) as connection:
            return {row[0]: int(row[1]) for row in connection.execute(query.group_by(ArticleRow.portal))}

    def known(self) -> set[str]:
        """The keys of all portals that were stored or ever run."""
        with database.reading(self._engine) as connection:
            stored = connection.execute(select(PortalRow.key)).scalars()
            return {*stored, *connection.execute(select(RunRow.portal).distinct()).scalars()}


def _cells(connection: Connection, keys: Sequence[str]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in read_cells(connection, keys):
        found.setdefault(cell.portal, []).append(cell)
    return found
