"""The fixity log: each run, what it read and what it found; and the digests of closed WARC files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive.fixity.findings import Baseline, Finding
from archive.fixity.tables import FixityFindingRow, FixityRunRow, WarcFileRow


@dataclass(frozen=True, kw_only=True)
class FixityRun:
    """One run of `danvan verify`, as logged."""

    id: int
    started_at: datetime
    finished_at: datetime | None  # None: running, or stopped before its end
    scope: Mapping[str, Any]
    counts: Mapping[str, int]
    verdict: str
    findings: Sequence[Finding] = ()


def begin(connection: Connection, scope: Mapping[str, Any]) -> int:
    """Enter a run; returns its number."""
    row = {"started_at": now(), "finished_at": None, "scope": dict(scope), "counts": {}, "verdict": "running"}
    return int(connection.execute(insert(FixityRunRow).values(**row).returning(FixityRunRow.id)).scalar_one())


def add_findings(connection: Connection, run_id: int, findings: Sequence[Finding]) -> None:
    """Enter findings as they come, so that a run that is stopped leaves what it found."""
    rows = [
        {
            "run_id": run_id,
            "kind": finding.kind,
            "is_damage": finding.is_damage,
            "file": finding.file,
            "offset": finding.offset,
            "url": finding.url,
            "row": finding.row,
            "detail": finding.detail,
            "advice": finding.advice,
        }
        for finding in findings
    ]
    if rows:
        connection.execute(insert(FixityFindingRow), rows)


def finish(connection: Connection, run_id: int, counts: Mapping[str, int]) -> None:
    """Close a run with what it counted."""
    values = {"finished_at": now(), "counts": dict(counts), "verdict": "damaged" if counts["damage"] else "clean"}
    connection.execute(update(FixityRunRow).where(FixityRunRow.id == run_id).values(**values))


def read_runs(connection: Connection, limit: int) -> list[FixityRun]:
    """The latest runs with their findings, newest first."""
    rows = connection.execute(select(FixityRunRow.__table__).order_by(FixityRunRow.id.desc()).limit(limit)).all()
    return [
        FixityRun(
            id=row.id,
            started_at=datetime.fromisoformat(row.started_at),
            finished_at=datetime.fromisoformat(row.finished_at) if row.finished_at else None,
            scope=row.scope,
            counts=row.counts,
            verdict=row.verdict,
            findings=_findings(connection, row.id),
        )
        for row in rows
    ]


def baseline(connection: Connection, name: str) -> Baseline | None:
    """Size and digest of a WARC file as recorded, None where they were not yet."""
    query = select(WarcFileRow.size, WarcFileRow.sha256).where(WarcFileRow.name == name)
    row = connection.execute(query).one_or_none()
    return Baseline(size=row.size, sha256=row.sha256) if row else None


def record_file(connection: Connection, name: str, found: Baseline, *, source: str) -> None:
    """Keep a file's size and digest, once."""
    if baseline(connection, name) is None:
        row = {"name": name, "size": found.size, "sha256": found.sha256, "recorded_at": now(), "source": source}
        connection.execute(insert(WarcFileRow), row | {"checked_at": None})


def mark_checked(connection: Connection, name: str) -> None:
    """Say that a file was read again just now."""
    connection.execute(update(WarcFileRow).where(WarcFileRow.name == name).values(checked_at=now()))


def last_check(connection: Connection, file: str, offset: int) -> tuple[datetime, str | None] | None:
    """When a capture's file was last read again, and what the last run found at the capture; None if never."""
    checked = connection.execute(select(WarcFileRow.checked_at).where(WarcFileRow.name == file)).scalar_one_or_none()
    latest = (
        select(FixityFindingRow.kind, FixityRunRow.started_at)
        .join(FixityRunRow, FixityRunRow.id == FixityFindingRow.run_id)
        .where(FixityFindingRow.file == file, FixityFindingRow.is_damage)
        .where((FixityFindingRow.offset == offset) | FixityFindingRow.offset.is_(None))
        .order_by(FixityFindingRow.id.desc())
        .limit(1)
    )
    found = connection.execute(latest).one_or_none()
    if found and (checked is None or found.started_at >= checked):
        return datetime.fromisoformat(found.started_at), found.kind
    return (datetime.fromisoformat(checked), None) if checked else None


def now() -> str:
    """The time as the log keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _findings(connection: Connection, run_id: int) -> list[Finding]:
    table = FixityFindingRow.__table__
    rows = connection.execute(select(table).where(table.c.run_id == run_id).order_by(table.c.id))
    return [
        Finding(kind=row.kind, detail=row.detail, file=row.file, offset=row.offset, url=row.url, row=row.row)
        for row in rows
    ]
