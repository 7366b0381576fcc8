"""A crawl that differs from its portal's past is suspicious: in its report, its history, its exit code and its alarm."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from archive.records import RunReport
from archive.repository import Archive
from archive.settings import Home
from tests.crawler.alarms.listener import Listener
from tests.crawler.monitoring.grammar import read
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
    with Listener(status=500) as listener:
        done = with_past.run("crawl", KEY, "--json", code=1, DANVAN_WEBHOOK=f"http://{listener.host}/secret")
    [report] = json.loads(done.stdout)
    assert f"danvan: warning: the webhook http://{listener.host}/… answered HTTP 500" in done.stderr
    [alarm] = listener.messages
    assert [(run["portal"], run["verdict"]) for run in alarm["not_ok"]] == [(KEY, "suspicious")]
    assert report["detail"] in alarm["text"]
    counts = report["counts"]
    assert report["scope"] == SCOPE
    assert counts["read"] == counts["new"] >= 3
    assert counts["answers"] > counts["fetched"]
    [finding] = report["checks"]
    assert (finding["check"], finding["verdict"], finding["expected"]) == ("length", "suspicious", 60.0)
    assert finding["value"] == counts["body_chars"] > 300
    figures = read((with_past.home / "metrics.prom").read_text(encoding="utf-8"))
    assert figures["danvan_run_verdict"].samples[("portal", KEY), ("verdict", "suspicious")] == 1
    assert figures["danvan_run_finding"].samples[("portal", KEY), ("check", "length")] == finding["value"]
    assert figures["danvan_articles"].samples[(("portal", KEY),)] == counts["new"]
    [newest] = with_past.json("schedule", "history", KEY, "--limit", "1")
    assert newest["checks"] == report["checks"]
    assert finding["words"] == newest["detail"] == report["detail"]
    assert "texts have" in with_past.run("schedule", "history", KEY, "--limit", "1", COLUMNS="240").stdout
    assert with_past.json("verify")["counts"]["damage"] == 0
    with Listener() as listener:
        done = with_past.run("crawl", KEY, DANVAN_WEBHOOK=f"http://{listener.host}/secret")
    assert done.stderr == ""
    done = with_past.run("crawl", KEY, DANVAN_METRICS_FILE="/nowhere/danvan.prom")
    assert done.stderr.startswith(
        "danvan: warning: /nowhere/danvan.prom: cannot be written (No such file or directory)"
    )
    assert [run["portal"] for run in listener.messages[0]["recovered"]] == [KEY]


def test_alarm_can_be_tried(danvan: Danvan) -> None:
    assert "DANVAN_WEBHOOK is not set" in danvan.run("schedule", "alarm-test", code=2).stderr
    refused = danvan.run("schedule", "alarm-test", code=2, DANVAN_WEBHOOK="file:///etc/passwd").stderr
    assert "is no http or https address" in refused
    with Listener() as listener:
        address = f"http://{listener.host}/secret"
        said = danvan.run("schedule", "alarm-test", DANVAN_WEBHOOK=address).stdout
        assert said == f"sent to http://{listener.host}/…\n"
        listener.status = 410
        said = danvan.run("schedule", "alarm-test", code=1, DANVAN_WEBHOOK=address).stderr
        assert "answered HTTP 410" in said
    assert [one["is_test"] for one in listener.messages] == [True, True]


def test_json_log_has_an_object_a_line_with_run_and_portal(danvan: Danvan) -> None:
    assert "DANVAN_LOG='xml'" in danvan.run("crawl", KEY, code=2, DANVAN_LOG="xml").stderr
    danvan.run("crawl", KEY, "--max-articles", "2", DANVAN_LOG="json")
    [log] = (danvan.home / "runs").glob("*.log")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    [run] = danvan.json("schedule", "history", KEY)
    said = [line["message"] for line in lines if (line.get("run"), line.get("portal")) == (run["run"], KEY)]
    assert any("Spider closed" in message for message in said), lines
