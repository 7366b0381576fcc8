"""Runs over the past: one a portal, begun when the first of its pages comes, finished with a report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from archive.errors import ArchiveLockedError, DanVanError
from archive.records import RunReport
from archive.repository import Archive
from crawler.decisions import Decisions
from crawler.reports import judge
from spiders.portal import Portal

_HEARTBEAT_SECONDS = 10  # as crawls do; importing crawler.run_recorder would load scrapy


@dataclass(kw_only=True)
class PortalRun:
    """One portal's lease, its decisions and what went wrong."""

    portal: str
    run_id: int
    started_at: datetime
    decisions: Decisions
    problems: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return self.decisions.counts


class PortalRuns:
    """The runs of one import or replay; what is left unfinished by an error is reported as failed."""

    def __init__(self, archive: Archive, scope: str, *, keeps_all: bool, is_dry: bool = False) -> None:
        self._archive, self._scope, self._keeps_all, self._is_dry = archive, scope, keeps_all, is_dry
        self._runs: dict[str, PortalRun] = {}
        self._beaten = time.monotonic()
        self.reports: list[RunReport] = []

    def of(self, portal: Portal) -> PortalRun:
        """The run of a portal; ArchiveLockedError while a crawl of it lives."""
        if portal.key not in self._runs:
            run_id = 0
            if not self._is_dry:
                self._archive.store_portals([portal.identity])
                run_id = self._archive.begin_run(portal.key, self._scope, is_full=False)
            decisions = Decisions(self._archive, keeps_all=self._keeps_all)
            now = datetime.now(UTC)
            self._runs[portal.key] = PortalRun(portal=portal.key, run_id=run_id, started_at=now, decisions=decisions)
        return self._runs[portal.key]

    @property
    def portals(self) -> list[str]:
        """The portals that have a run."""
        return list(self._runs)

    def beat(self) -> None:
        """Renew the leases now and then."""
        if time.monotonic() - self._beaten > _HEARTBEAT_SECONDS and not self._is_dry:
            self._beaten = time.monotonic()
            for run in self._runs.values():
                if not self._archive.beat(run.run_id, dict(run.counts)):
                    raise ArchiveLockedError(f"{run.portal}: its lease was taken by another process; run again later")

    @contextmanager
    def counting(self) -> Iterator[None]:
        """What is counted inside counts only if it ends well, as a transaction does."""
        before = {run.portal: (run.counts.copy(), run.decisions.rejected.copy()) for run in self._runs.values()}
        try:
            yield
        except BaseException:
            for run in self._runs.values():
                run.decisions.counts, run.decisions.rejected = before.get(run.portal, (Counter(), Counter()))
            raise

    def __enter__(self) -> Self:
        """Begin; what dead processes had left as running is lost, whether this one comes to its portal or not."""
        if not self._is_dry:
            self._archive.mark_lost_runs()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.reports = [self._report(run, error) for _, run in sorted(self._runs.items())]
        if not self._is_dry:
            for report in self.reports:
                self._finish(report, error)

    def _finish(self, report: RunReport, error: BaseException | None) -> None:
        try:
            self._archive.finish_run(report)
        except DanVanError:
            if error is None:  # else the first error is the one to show
                raise

    def _report(self, run: PortalRun, error: BaseException | None) -> RunReport:
        counts = dict(run.counts)
        asked = {"links": 1, "fetched": counts.get("fetched", 0), **counts}  # a file is no list: nothing was to be seen
        reason = "finished" if error is None else str(error) or "stopped"
        verdict, detail = judge(asked, dict(run.decisions.rejected), run.problems, reason)
        return RunReport(
            run_id=run.run_id,
            portal=run.portal,
            started_at=run.started_at,
            finished_at=datetime.now(UTC),
            scope=self._scope,
            verdict=verdict,
            counts=counts,
            rejected=dict(run.decisions.rejected),
            detail=detail,
        )
