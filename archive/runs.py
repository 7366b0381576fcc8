"""Runs: a lease on a portal while a crawl, import or replay lives, a report for ever.

The lease is the row `running` of a portal, of which the database lets one be. A living process beats; one that is
known to be dead, or silent on another machine, loses the lease to whoever asks for it next.
"""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive.errors import ArchiveLockedError
from archive.fixity import seals
from archive.fixity.seals import SEALED
from archive.models import RunRow
from archive.records import RunReport
from archive.run_history.findings import restored, stored
from archive.saving import stamp

# A crawl beats every 10 s; one silent for 2 minutes on another machine is taken for dead.
LEASE_SECONDS = 120


def begin_run(connection: Connection, portal: str, scope: str, *, is_full: bool, now: datetime) -> int:
    """Take the portal's lease. A running crawl refuses a second one; a dead one is marked `lost`.

    On PostgreSQL two that ask at once both look first: the index `uq_run_running` then refuses the slower one.
    """
    mark_lost(connection, now, portal)
    if holder := lease_holder(connection, portal):
        raise ArchiveLockedError(f"{portal}: is being crawled by {holder}; wait for it, or stop it")
    row = {
        "portal": portal,
        "scope": scope,
        "is_full": is_full,
        "started_at": stamp(now),
        "heartbeat_at": stamp(now),
        "finished_at": None,
        "process": f"{socket.gethostname()}:{os.getpid()}",
        "verdict": "running",
        "counts": {},
        "rejected": {},
        "detail": None,
    }
    return int(connection.execute(insert(RunRow).values(**row).returning(RunRow.id)).scalar_one())


def mark_lost(connection: Connection, now: datetime, portal: str | None = None) -> list[str]:
    """Take their leases from dead processes, of one portal or of all; says which portals are free again."""
    running = select(RunRow.__table__).where(RunRow.verdict == "running")
    found = connection.execute(running.where(RunRow.portal == portal) if portal else running).all()
    dead = [run for run in found if not is_alive(run, now)]
    for run in dead:
        lost = {"verdict": "lost", "finished_at": run.heartbeat_at, "detail": "its process ended without a report"}
        connection.execute(update(RunRow).where(RunRow.id == run.id).values(**lost))
        seals.seal_stored(connection, SEALED["run"], RunRow.id == run.id)
    return [run.portal for run in dead]


def lease_holder(connection: Connection, portal: str) -> str | None:
    """Which process (host:pid) has a portal's lease, and since when; None while it is free."""
    run = connection.execute(
        select(RunRow.process, RunRow.started_at).where(RunRow.portal == portal, RunRow.verdict == "running")
    ).one_or_none()
    return f"{run.process} since {run.started_at}" if run else None


def beat(connection: Connection, run_id: int, counts: dict[str, int], now: datetime) -> bool:
    """Renew the lease and show progress; False if the run was taken for lost, and stays as it was sealed."""
    running = (RunRow.id == run_id, RunRow.verdict == "running")
    done = connection.execute(update(RunRow).where(*running).values(heartbeat_at=stamp(now), counts=counts))
    return bool(done.rowcount)


def finish_run(connection: Connection, report: RunReport) -> None:
    """Turn the lease into the report; a run that was taken for lost stays as it was sealed."""
    finished = stamp(report.finished_at or datetime.now(UTC))
    done = connection.execute(
        update(RunRow)
        .where(RunRow.id == report.run_id, RunRow.verdict == "running")
        .values(
            finished_at=finished,
            heartbeat_at=finished,
            verdict=report.verdict,
            counts=report.counts,
            rejected=report.rejected,
            detail=report.detail,
            failures=report.failures,
            not_before=stamp(report.not_before) if report.not_before else None,
            moved_to=report.moved_to,
            **({"checks": stored(report.checks)} if report.checks is not None else {}),
        )
    )
    if done.rowcount:
        seals.seal_stored(connection, SEALED["run"], RunRow.id == report.run_id)


def read_runs(connection: Connection, portal: str | None = None, limit: int = 50) -> list[RunReport]:
    """The latest runs, newest first."""
    query = select(RunRow.__table__).order_by(RunRow.id.desc()).limit(limit)
    if portal:
        query = query.where(RunRow.portal == portal)
    return [report_of(row) for row in connection.execute(query).mappings()]


def has_complete_walk(connection: Connection, portal: str) -> bool:
    """Whether the portal's latest run without limits came to its end: then known links mean "seen it all"."""
    verdict = connection.execute(
        select(RunRow.verdict)
        .where(RunRow.portal == portal, RunRow.is_full.is_(True), RunRow.verdict != "running")
        .order_by(RunRow.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return verdict in ("ok", "suspicious")


def has_passed_check(connection: Connection, portal: str) -> bool:
    """Whether the portal's latest finished check was good."""
    verdict = connection.execute(
        select(RunRow.verdict)
        .where(RunRow.portal == portal, RunRow.scope == "check", RunRow.verdict != "running")
        .order_by(RunRow.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return verdict == "ok"


def is_alive(run: Any, now: datetime) -> bool:
    """Whether a running run's process still works on it.

    Silence counts on this machine too: after a restart another process may have the number. A clock that is set
    back makes heartbeats of the future, which count as silence; a living process beats again within seconds.
    """
    if abs(now - datetime.fromisoformat(run.heartbeat_at)) >= timedelta(seconds=LEASE_SECONDS):
        return False
    host, _, pid = run.process.rpartition(":")
    return host != socket.gethostname() or (int(pid) != os.getpid() and _process_exists(int(pid)))


def _process_exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def report_of(row: Any) -> RunReport:
    """A row of `run` as a report."""
    return RunReport(
        run_id=row["id"],
        portal=row["portal"],
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
        scope=row["scope"],
        verdict=row["verdict"],
        counts=row["counts"],
        rejected=row["rejected"],
        detail=row["detail"],
        failures=row["failures"],
        not_before=datetime.fromisoformat(row["not_before"]) if row["not_before"] else None,
        moved_to=row["moved_to"],
        checks=restored(row["checks"]),
    )
