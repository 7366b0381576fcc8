"""The verdict of a run, and its report in words."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from archive.health import FailureKind
from archive.records import RunReport
from crawler.reports import FAILURE_WORDS, judge, print_reports

REFUSED = "http://mau.test/tin-dan-van/: Connection was refused by other side"


@pytest.mark.parametrize(
    ("links", "lists_read", "problems", "verdict"),
    [
        (12, 3, [], "ok"),
        (12, 2, [REFUSED], "ok"),
        (0, 0, [], "failed"),
        (4, 0, [REFUSED], "failed"),
        (4, 0, [], "ok"),
    ],
    ids=["all lists", "some lists", "none", "none, but articles left by a run before", "the end of a resumed crawl"],
)
def test_run_that_could_read_no_list_has_failed(links: int, lists_read: int, problems: list[str], verdict: str) -> None:
    counts = {"links": links, "fetched": 0}
    assert judge(counts, {}, problems, "finished", lists_read=lists_read)[0] == verdict


NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
REPORT = RunReport(
    run_id=1, portal="mau", started_at=NOON, finished_at=NOON, scope="all", verdict="ok", counts={"new": 2}, rejected={}
)


def printed(report: RunReport) -> str:
    out = io.StringIO()
    print_reports([report], Console(file=out, width=80))
    return out.getvalue()


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (replace(REPORT, counts={"resumed": 1200}), "went on with an unfinished crawl, which had left 1,200 addresses"),
        (replace(REPORT, counts={"retries": 1}), "1 address asked for again that had failed before"),
        (
            replace(REPORT, counts={"failed": 3}),
            "3 articles not got; `danvan coverage mau` says which are still missing",
        ),
        (
            replace(REPORT, failures={"timeout": 2, "server-error": 5}),
            "failures: 5 × server error (5xx), 2 × no answer in time",
        ),
        (replace(REPORT, not_before=NOON), "the portal asks for patience until 2026-03-02 05:00 UTC"),
        (replace(REPORT, moved_to="moi.test"), "its addresses lead to moi.test now"),
        (replace(REPORT, failures={"of-tomorrow": 1}), "failures: 1 × of-tomorrow"),
    ],
    ids=["resumed", "retries", "failed", "failures", "patience", "moved", "a kind of a newer version"],
)
def test_report_says_it_in_words(report: RunReport, said: str) -> None:
    assert f"mau: {said}" in printed(report)


def test_report_without_trouble_says_nothing_of_it() -> None:
    assert "mau: " not in printed(REPORT)


def test_every_kind_of_failure_has_words() -> None:
    assert set(FAILURE_WORDS) == set(FailureKind)
