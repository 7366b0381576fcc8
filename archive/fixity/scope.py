"""What a check looks at: everything, or some portals, or what was captured since a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, select, tuple_
from sqlalchemy.exc import OperationalError

from archive import database
from archive.models import ArticleRow, CaptureRow, RunRow, VersionRow
from archive.records import LOCAL_ZONE
from archive.saving import stamp

BATCH = 200  # versions with their mentions: a few MB


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Portals by key, and the first day; neither means everything."""

    portals: tuple[str, ...] = ()
    since: date | None = None

    @property
    def is_all(self) -> bool:
        return not self.portals and self.since is None

    def captures(self) -> list[ColumnElement[bool]]:
        """Conditions on captures."""
        return self._conditions(CaptureRow.portal, CaptureRow.fetched_at)

    def of(self, table: str) -> list[ColumnElement[bool]] | None:
        """Conditions on a table's rows; None where a part of it has no meaning."""
        if self.is_all:
            return []
        if table == "capture":
            return self.captures()
        if table == "run":
            return self._conditions(RunRow.portal, RunRow.started_at)
        if table == "article":
            return self._conditions(ArticleRow.portal, ArticleRow.last_seen)
        if table == "version":
            within = select(ArticleRow.id).where(*self._conditions(ArticleRow.portal, ArticleRow.last_seen))
            return [VersionRow.article_id.in_(within)]
        return None

    def _conditions(self, portal: Any, moment: Any) -> list[ColumnElement[bool]]:
        found = [portal.in_(self.portals)] if self.portals else []
        if self.since:
            found.append(moment >= stamp(datetime.combine(self.since, time(), LOCAL_ZONE)))
        return found


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A reading transaction that sees one state of the archive, so that a crawl beside it is no contradiction."""
    with database.reading(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield connection


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows read together, and the keys of those that cannot be read, with the reason."""

    connection: Connection
    rows: Sequence[Mapping[str, Any]]
    unreadable: Mapping[str, str]


def batches(engine: Engine, table: Table, conditions: Sequence[Any]) -> Iterator[Batch]:
    """A table's rows by key, each batch in a snapshot of its own; a row that cannot be read hides no other."""
    keys = list(table.primary_key)
    last: tuple[Any, ...] | None = None
    while True:
        query = select(*keys).where(*conditions).order_by(*keys).limit(BATCH)
        if last is not None:
            query = query.where(tuple_(*keys) > tuple_(*last))
        with snapshot(engine) as connection:
            found = [tuple(row) for row in connection.execute(query)]
            if not found:
                return
            last = found[-1]
            yield _read(connection, table, found)


def _read(connection: Connection, table: Table, found: Sequence[tuple[Any, ...]]) -> Batch:
    keys = list(table.primary_key)
    try:
        rows = _rows(connection, select(table).where(tuple_(*keys).in_(found)).order_by(*keys))
        return Batch(connection=connection, rows=rows, unreadable={})
    except (ValueError, TypeError, OperationalError):
        pass  # one of them; which, is seen one by one
    rows, unreadable = [], {}
    for key in found:
        try:
            rows += _rows(connection, select(table).where(tuple_(*keys) == tuple_(*key)))
        except (ValueError, TypeError, OperationalError) as error:
            unreadable[":".join(map(str, key))] = str(error).splitlines()[0]
    return Batch(connection=connection, rows=rows, unreadable=unreadable)


def _rows(connection: Connection, query: Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
