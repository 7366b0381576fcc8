"""The capture ledger and the runs: what was fetched, by which crawl, and what became of it."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive.errors import ArchiveLockedError
from archive.fixity import seals
from archive.fixity.seals import SEALED
from archive.models import ArticleRow, CaptureRow, RunRow
from archive.records import Capture, RunReport
from archive.saving import stamp

# A crawl beats every 10 s; one silent for 2 minutes on another machine is taken for dead.
LEASE_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class KnownPage:
    """What the ledger knows of an address, for a conditional request and for the next decision."""

    capture_id: int
    article_id: int | None
    etag: str | None
    last_modified: str | None
    kind: str
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A capture with what the ledger needs beside it: whose it is and how to ask for the page again."""

    capture: Capture
    portal: str
    url_key: str
    run_id: int | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a captured page was taken for."""

    kind: str  # discovery, failed, or a PageKind
    reason: str | None = None
    score: float | None = None


def add_capture(connection: Connection, entry: Entry, verdict: Verdict) -> int:
    """Enter one capture; returns its id."""
    capture = entry.capture
    values = {
        "run_id": entry.run_id,
        "portal": entry.portal,
        "url": capture.url,
        "url_key": entry.url_key,
        "fetched_at": stamp(capture.fetched_at),
        "status": capture.status,
        "content_type": capture.content_type,
        "etag": entry.etag,
        "last_modified": entry.last_modified,
        "payload_digest": capture.payload_digest,
        "warc_file": capture.warc_file,
        "warc_offset": capture.offset,
        "warc_length": capture.length,
        "record_id": capture.record_id,
        "is_revisit": capture.is_revisit,
        "kind": verdict.kind,
        "reason": verdict.reason,
        "score": verdict.score,
    }
    added = int(connection.execute(insert(CaptureRow).values(**values).returning(CaptureRow.id)).scalar_one())
    seals.seal_rows(connection, SEALED["capture"], [values | {"id": added}])
    return added


def known_page(connection: Connection, url_key: str) -> KnownPage | None:
    """The newest capture of an address that was no failure, or None."""
    row = connection.execute(
        select(
            CaptureRow.id,
            CaptureRow.etag,
            CaptureRow.last_modified,
            CaptureRow.kind,
            CaptureRow.fetched_at,
            ArticleRow.id.label("article_id"),
        )
        .outerjoin(ArticleRow, ArticleRow.url_key == CaptureRow.url_key)
        .where(CaptureRow.url_key == url_key, CaptureRow.kind != "failed")
        .order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return KnownPage(
        capture_id=row.id,
        article_id=row.article_id,
        etag=row.etag,
        last_modified=row.last_modified,
        kind=row.kind,
        fetched_at=datetime.fromisoformat(row.fetched_at),
    )


def was_missing(connection: Connection, url_key: str, before: datetime) -> bool:
    """Whether the newest capture of an address up to a moment was answered 404 or 410."""
    status = connection.execute(
        select(CaptureRow.status)
        .where(CaptureRow.url_key == url_key, CaptureRow.fetched_at <= stamp(before))
        .order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return status in (404, 410)


def longest_unseen(connection: Connection, portal: str, asked: set[str], limit: int) -> list[tuple[str, str]]:
    """Address and key of a portal's living articles that are not in `asked`, the longest unseen first."""
    rows = connection.execute(
        select(ArticleRow.url, ArticleRow.url_key)
        .where(ArticleRow.portal == portal, ArticleRow.removed_at.is_(None))
        .order_by(ArticleRow.last_seen, ArticleRow.id)
    )
    return [(row.url, row.url_key) for row in rows if row.url_key not in asked][:limit]


def first_with_digest(connection: Connection, payload_digest: str) -> tuple[str, str] | None:
    """Address and time of the capture that holds a payload in full: what a revisit record refers to."""
    row = connection.execute(
        select(CaptureRow.url, CaptureRow.fetched_at)
        .where(CaptureRow.payload_digest == payload_digest, CaptureRow.is_revisit.is_(False))
        .order_by(CaptureRow.id)
        .limit(1)
    ).one_or_none()
    return (row.url, row.fetched_at) if row else None


def begin_run(connection: Connection, portal: str, scope: str, *, is_full: bool, now: datetime) -> int:
    """Take the portal's lease. A running crawl refuses a second one; a dead one is marked `lost`."""
    for run in connection.execute(
        select(RunRow.__table__).where(RunRow.portal == portal, RunRow.verdict == "running")
    ).all():
        if _is_alive(run, now):
            raise ArchiveLockedError(
                f"{portal}: is being crawled since {run.started_at} by {run.process}; wait for it, or stop it"
            )
        lost = {"verdict": "lost", "finished_at": run.heartbeat_at, "detail": "its process ended without a report"}
        connection.execute(update(RunRow).where(RunRow.id == run.id).values(**lost))
        seals.seal_stored(connection, SEALED["run"], RunRow.id == run.id)
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


def beat(connection: Connection, run_id: int, counts: dict[str, int], now: datetime) -> None:
    """Renew the lease and show progress; a run taken for lost stays as it was sealed."""
    running = (RunRow.id == run_id, RunRow.verdict == "running")
    connection.execute(update(RunRow).where(*running).values(heartbeat_at=stamp(now), counts=counts))


def finish_run(connection: Connection, report: RunReport) -> None:
    """Turn the lease into the report."""
    finished = stamp(report.finished_at or datetime.now(UTC))
    connection.execute(
        update(RunRow)
        .where(RunRow.id == report.run_id)
        .values(
            finished_at=finished,
            heartbeat_at=finished,
            verdict=report.verdict,
            counts=report.counts,
            rejected=report.rejected,
            detail=report.detail,
        )
    )
    seals.seal_stored(connection, SEALED["run"], RunRow.id == report.run_id)


def read_runs(connection: Connection, portal: str | None = None, limit: int = 50) -> list[RunReport]:
    """The latest runs, newest first."""
    query = select(RunRow.__table__).order_by(RunRow.id.desc()).limit(limit)
    if portal:
        query = query.where(RunRow.portal == portal)
    return [_report(row) for row in connection.execute(query).mappings()]


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


def _is_alive(run: Any, now: datetime) -> bool:
    host, _, pid = run.process.rpartition(":")
    if host == socket.gethostname():
        return int(pid) != os.getpid() and _process_exists(int(pid))
    return now - datetime.fromisoformat(run.heartbeat_at) < timedelta(seconds=LEASE_SECONDS)


def _process_exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _report(row: Any) -> RunReport:
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
    )
