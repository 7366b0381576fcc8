"""The database against itself: seals, digests of texts, and every row against the rows it belongs to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, String, cast, func, select
from sqlalchemy.exc import OperationalError

from archive import database
from archive.fixity import seals
from archive.fixity.findings import Finding
from archive.fixity.neighbours import CHECKS
from archive.fixity.references import check_version
from archive.fixity.scope import Batch, Scope, batches, snapshot
from archive.fixity.seals import SEALED
from archive.fixity.tables import SealRow
from archive.fixity.versions import parts_of


class RowCheck:
    """Reads every row of the scope; `findings` yields what is wrong, `counts` says how many were read."""

    def __init__(self, engine: Engine, scope: Scope) -> None:
        self._engine, self._scope = engine, scope
        self.advance: Callable[[int], None] = lambda _: None
        self.counts: Counter[str] = Counter()

    def total(self) -> int:
        """How many rows there are to read."""
        with snapshot(self._engine) as connection:
            return sum(
                connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
                for table, conditions in self._tables()
            )

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with the rows, table by table."""
        for table, conditions in self._tables():
            for batch in batches(self._engine, table, conditions):
                found, missing = self._batch(table.name, batch)
                yield from found
                self.counts[table.name] += len(batch.rows)
                self._seal(table.name, missing)
                self.advance(len(batch.rows))
        if self._scope.is_all:
            yield from self._lost()

    def _tables(self) -> Iterator[tuple[Any, Sequence[Any]]]:
        for name, table in SEALED.items():
            conditions = self._scope.of(name)
            if conditions is not None:
                yield table, conditions

    def _batch(self, name: str, batch: Batch) -> tuple[list[Finding], dict[str, str]]:
        """What is wrong in a batch, and the digests of its sound rows that have no seal yet."""
        table = SEALED[name]
        found = [
            Finding(kind="row-unreadable", detail=reason, row=f"{name} {key}")
            for key, reason in batch.unreadable.items()
        ]
        rows = [row for row in batch.rows if not (name == "run" and row["verdict"] == "running")]
        mentions, unread = _mentions(batch.connection, rows) if name == "version" else ({}, [])
        found += unread
        digests = {
            seals.key_of(table, row): seals.digest_of(table, row, mentions.get(row.get("id", 0), ())) for row in rows
        }
        known = seals.newest(batch.connection, name, list(digests))
        found += self._checked(name, batch.connection, rows, mentions)
        for row in rows:
            key = seals.key_of(table, row)
            if key in known and known[key][0] != digests[key] and not _is_decided(batch.connection, name, row):
                detail = f"is not what was sealed at {known[key][1]}"
                found.append(Finding(kind="row-changed", detail=detail, url=row.get("url"), row=f"{name} {key}"))
        damaged = {finding.row for finding in found}
        fresh = {key: digest for key, digest in digests.items() if key not in known or known[key][0] != digest}
        return found, {key: digest for key, digest in fresh.items() if f"{name} {key}" not in damaged}

    def _checked(
        self, name: str, connection: Connection, rows: Sequence[Mapping[str, Any]], mentions: Mapping[int, Any]
    ) -> list[Finding]:
        if name == "version":
            self.counts["mentions"] += sum(map(len, mentions.values()))
            return [finding for parts in parts_of(connection, rows, mentions) for finding in check_version(parts)]
        check = CHECKS.get(name)
        return list(check(connection, rows)) if check else []

    def _seal(self, of: str, fresh: Mapping[str, str]) -> None:
        if not fresh:
            return
        with database.writing(self._engine) as connection:
            seals.add(connection, [(of, key, digest) for key, digest in fresh.items()])
        self.counts["sealed"] += len(fresh)

    def _lost(self) -> Iterator[Finding]:
        """Rows that were sealed and are not there."""
        for name, table in SEALED.items():
            keys = [cast(column, String) for column in table.primary_key]
            key = keys[0] if len(keys) == 1 else keys[0] + ":" + keys[1]
            newest = select(func.max(SealRow.id)).where(SealRow.of == name).group_by(SealRow.row)
            sealed = select(SealRow.row).where(SealRow.id.in_(newest), SealRow.digest != seals.WITHDRAWN)
            with snapshot(self._engine) as connection:
                for row in connection.execute(sealed.except_(select(key))).scalars():
                    yield Finding(kind="row-missing", detail="was sealed and is gone", row=f"{name} {row}")


def _mentions(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> tuple[dict[int, list[Any]], list[Finding]]:
    """The mentions of versions; those of a version that cannot be read are a finding of their own."""
    try:
        return seals.mentions_of(connection, [row["id"] for row in rows]), []
    except (ValueError, TypeError, OperationalError):
        pass
    found: dict[int, list[Any]] = defaultdict(list)
    unread = []
    for row in rows:
        try:
            found |= seals.mentions_of(connection, [row["id"]])
        except (ValueError, TypeError, OperationalError) as error:
            detail = f"its mentions cannot be read ({str(error).splitlines()[0]})"
            unread.append(Finding(kind="row-unreadable", detail=detail, row=f"version {row['id']}"))
    return found, unread


def _is_decided(connection: Connection, name: str, row: Mapping[str, Any]) -> bool:
    """An archivist may give a mention another person; the log has the decision."""
    if name != "person_mention":
        return False
    log = SEALED["person_log"]
    gave = ((log.c.op == "merge") & (log.c.person_id == row["person_id"])) | (
        (log.c.op == "split") & (log.c.other_id == row["person_id"])
    )
    return connection.execute(select(log.c.id).where(gave).limit(1)).first() is not None
