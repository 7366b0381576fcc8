"""The history of runs as the schedule reads it, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.models import RunRow
from archive.records import RunReport
from archive.repository import Archive
from archive.run_history.findings import RunFinding
from archive.settings import Home
from tests import postgres
from tests.archive import build

NOW = datetime.now(UTC)
PATIENCE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    if request.param == "sqlite":
        with build.new_archive(tmp_path) as opened:
            yield opened
        return
    with postgres.server() as url:
        home = Home(folder=tmp_path, database_url=url.replace("postgresql://", "postgresql+psycopg://"))
        with Archive.create(home)[0] as opened:
            yield opened


def finished(archive: Archive, portal: str, verdict: str = "ok", scope: str = "all", **counts: int) -> RunReport:
    run_id = archive.begin_run(portal, scope, is_full=True)
    report = RunReport(run_id=run_id, portal=portal, started_at=NOW, finished_at=NOW, scope=scope, verdict=verdict,
                       counts=counts, rejected={}, failures={}, not_before=PATIENCE)  # fmt: skip
    archive.finish_run(report)
    return report


def test_crawls_come_in_their_order_with_their_news(archive: Archive) -> None:
    finished(archive, "mau", new=3, changed=1, unchanged=7)
    finished(archive, "khac", new=9)
    finished(archive, "mau", "failed")
    finished(archive, "mau", scope="check", new=5)
    finished(archive, "mau", unchanged=4)
    found = archive.run_history.crawls({"mau"}, NOW)
    assert list(found) == ["mau"]
    assert [(one.verdict, one.news) for one in found["mau"]] == [("ok", 4), ("failed", 0), ("ok", 0)]


def test_findings_of_a_run_come_back_as_they_were(archive: Archive) -> None:
    found = RunFinding(
        check="layout", verdict="suspicious", value=0.05, expected=0.98, since=PATIENCE, words="Bố cục đã đổi"
    )
    archive.finish_run(
        RunReport(run_id=archive.begin_run("mau", "all", is_full=True), portal="mau", started_at=NOW, finished_at=NOW,
                  scope="all", verdict="suspicious", counts={"new": 3}, rejected={}, checks=(found,))
    )  # fmt: skip
    finished(archive, "mau", scope="all, since 2026-01-01")
    [stored] = archive.run_history.reports("mau", scope="all")
    assert stored.checks == (found,)
    [unchecked] = archive.run_history.reports("mau", scope="all, since 2026-01-01")
    assert unchecked.checks is None


def test_recent_crawls_are_those_from_the_last_good_one_on(archive: Archive) -> None:
    finished(archive, "mau", new=3)
    finished(archive, "mau", "suspicious", unchanged=4)
    finished(archive, "mau", "failed")
    finished(archive, "mau", "ok", scope="check")
    finished(archive, "mau", "lost")
    finished(archive, "khac", "failed")
    found = archive.run_history.recent()
    assert [run.verdict for run in found["mau"]] == ["lost", "failed", "suspicious"]
    assert [run.verdict for run in found["khac"]] == ["failed"]


def test_latest_finished_check_decides(archive: Archive) -> None:
    for portal, verdicts in {"mau": ("failed", "ok"), "khac": ("ok", "failed"), "crawled": ("ok",)}.items():
        for verdict in verdicts:
            finished(archive, portal, verdict, scope="all" if portal == "crawled" else "check")
    archive.begin_run("mau", "check", is_full=False)
    assert archive.run_history.passed_checks() == {"mau"}


def test_crawl_whose_process_died_is_lost_and_one_that_lives_is_running(archive: Archive) -> None:
    run_id = archive.begin_run("mau", "all", is_full=True)
    host = os.uname().nodename
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        with archive._engine.begin() as connection:
            change = RunRow.__table__.update().where(RunRow.id == run_id)  # type: ignore[attr-defined]
            connection.execute(change.values(process=f"{host}:{child.pid}"))
        living = archive.run_history.crawls({"mau"}, datetime.now(UTC))["mau"]
        child.communicate(b"\n")
    dead = archive.run_history.crawls({"mau"}, datetime.now(UTC))["mau"]
    assert [one.verdict for one in living] == ["running"]
    assert [one.verdict for one in dead] == ["lost"]


def test_reports_are_those_since_a_moment_newest_first(archive: Archive) -> None:
    runs = [finished(archive, "mau"), finished(archive, "khac", scope="check"), finished(archive, "mau", "failed")]
    found = archive.run_history.reports()
    assert [(run.run_id, run.scope, run.verdict) for run in found] == [
        (run.run_id, run.scope, run.verdict) for run in reversed(runs)
    ]
    assert [run.run_id for run in archive.run_history.reports("mau", limit=1)] == [runs[2].run_id]
    assert archive.run_history.reports(since=NOW + timedelta(hours=1)) == []
    assert len(archive.run_history.reports(since=NOW - timedelta(hours=1))) == 3
    assert replace(found[0], started_at=NOW, finished_at=NOW) == runs[2]
    assert archive.run_history.crawls({"mau"}, NOW)["mau"][0].not_before == PATIENCE
