"""What an alarm tells of some crawls."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.records import RunReport
from archive.run_history.crawls import Crawl
from archive.run_history.findings import RunFinding
from crawler.alarms.message import message

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
OK = RunReport(
    run_id=7, portal="mau", started_at=NOON, finished_at=NOON, scope="all", verdict="ok", counts={"new": 2}, rejected={}
)
FINDING = RunFinding(check="layout", verdict="suspicious", value=0.0, expected=0.98, since=NOON, words="Bố cục đã đổi")
BAD = replace(OK, portal="khac", verdict="suspicious", detail="Bố cục đã đổi", checks=(FINDING,))


def crawls(*verdicts: str) -> list[Crawl]:
    return [
        Crawl(portal="mau", started_at=NOON + timedelta(days=n), verdict=verdict) for n, verdict in enumerate(verdicts)
    ]


def test_runs_that_were_not_ok_are_told_with_their_findings() -> None:
    told = message([OK, BAD], {}, "kho", NOON)
    assert told is not None
    assert told["text"] == "danvan (kho): 1 of 2 crawls were not ok\nkhac: suspicious: Bố cục đã đổi"
    [run] = json.loads(json.dumps(told))["not_ok"]
    assert (run["portal"], run["checks"][0]["check"]) == ("khac", "layout")
    assert told["recovered"] == []


@pytest.mark.parametrize("before", ["failed", "suspicious", "lost"])
def test_portal_that_is_ok_again_is_told_once(before: str) -> None:
    told = message([OK], {"mau": crawls("ok", before, "ok")}, "kho", NOON)
    assert told is not None
    assert [run["portal"] for run in told["recovered"]] == ["mau"]
    assert "mau: ok again" in told["text"]
    assert message([OK], {"mau": crawls(before, "ok", "ok")}, "kho", NOON) is None


def test_good_crawls_are_not_told() -> None:
    assert message([OK], {"mau": crawls("ok")}, "kho", NOON) is None
    assert message([OK], {"mau": crawls("ok", "ok")}, "kho", NOON) is None
    assert message([], {}, "kho", NOON) is None
