"""Statements that are made once: to build one anew costs more than SQLite takes to run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, insert


def insert_row(connection: Connection, table: Any, values: Mapping[str, Any]) -> int:
    """Insert one row of a mapped table; returns its id."""
    return int(connection.execute(_insert_returning(table), dict(values)).scalar_one())


def insert_rows(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of a mapped table, if there are any."""
    if rows:
        connection.execute(_insert(table), [dict(row) for row in rows])


@cache
def _insert(table: Any) -> Insert:
    return insert(table.__table__)


@cache
def _insert_returning(table: Any) -> Any:
    return _insert(table).returning(table.__table__.c.id)
