"""A crawl that differs from its portal's past is suspicious: in its report, its history, its exit code and its alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from archive.records import RunReport
from archive.repository import Archive
from archive.settings import Home
from tests.end_to_end.running import Danvan

KEY, SCOPE = "demo-yenbai", "all"
FIRST = datetime.fromisoformat("2026-03-02T08:00:00+00:00")


@pytest.fixture
def with_past(danvan: Danvan) -> Danvan:
    """One portal whose texts had always been of sixty characters."""
    counts = {"links": 12, "fetched": 9, "new": 0, "read": 9, "body_chars": 60, "resumed": 1}
    home = Home(folder=danvan.home, database_url=f"sqlite:///{danvan.home / 'archive.db'}")
    with Archive.open(home) as archive:
        for number in range(30):
            run_id = archive.begin_run(KEY, SCOPE, is_full=False)
            at = FIRST + timedelta(days=number)
            archive.finish_run(RunReport(run_id=run_id, portal=KEY, started_at=at, finished_at=at, scope=SCOPE,
                                         verdict="ok", counts=counts, rejected={}, checks=()))  # fmt: skip
    return danvan


def test_crawl_unlike_its_past_is_suspicious(with_past: Danvan) -> None:
    [report] = with_past.json("crawl", KEY, code=1)
    counts = report["counts"]
    assert report["scope"] == SCOPE
    assert counts["read"] == counts["new"] >= 3
    assert counts["answers"] > counts["fetched"]
    [finding] = report["checks"]
    assert (finding["check"], finding["verdict"], finding["expected"]) == ("length", "suspicious", 60.0)
    assert finding["value"] == counts["body_chars"] > 300
    [newest] = with_past.json("schedule", "history", KEY, "--limit", "1")
    assert newest["checks"] == report["checks"]
    assert finding["words"] == newest["detail"] == report["detail"]
    assert "texts have" in with_past.run("schedule", "history", KEY, "--limit", "1", COLUMNS="240").stdout
    assert with_past.json("verify")["counts"]["damage"] == 0
