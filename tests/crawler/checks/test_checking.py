"""What a run's checks say, of the portal's past and of its profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.records import RunReport
from crawler.checks.checking import checked, findings
from tests.crawler.checks.histories import Habits, changed, series

STEADY = Habits()


def with_counts(run: RunReport, **counts: int) -> RunReport:
    return replace(run, counts=run.counts | counts)


@pytest.mark.parametrize("past", range(1, 11))
def test_portal_with_a_short_past_raises_no_alarm(past: int) -> None:
    first, [broken] = changed(past - 1, 1, STEADY, 5, misses=1.0, undated=1.0, broken=0.9, a_day=3)
    assert findings(first, broken, None) == ()


def test_finding_says_what_since_when_and_what_was_before() -> None:
    first, then = changed(40, 3, STEADY, 5, misses=1.0)
    [found] = findings([*first, *then[:-1]], then[-1], None)
    assert (found.check, found.verdict, found.value) == ("layout", "suspicious", 0.0)
    assert found.since == then[0].started_at
    assert found.expected > 0.95
    assert "0% of articles fit the profile's layout since 2026-04-11" in found.words


def test_change_that_lasts_becomes_normal() -> None:
    first, then = changed(60, 30, STEADY, 5, misses=0.4)
    ends = [bool(findings([*first, *then[:n]], then[n], None)) for n in range(30)]
    assert ends[2]
    assert not any(ends[16:])


def test_portal_that_has_recovered_raises_no_alarm() -> None:
    first, [bad, good] = changed(40, 2, STEADY, 5)
    bad = with_counts(bad, no_layout=bad.counts["read"], without_date=bad.counts["new"], body_chars=90)
    assert {one.check for one in findings(first, bad, None)} == {"layout", "undated", "length"}
    assert findings([*first, bad], good, None) == ()


def test_run_without_articles_says_nothing_of_layouts() -> None:
    first, [bad, idle] = changed(40, 2, STEADY, 5, misses=1.0, undated=1.0, characters=100.0)
    assert len(findings(first, bad, None)) == 3
    idle = replace(idle, counts={"links": 12, "fetched": 12, "unchanged": 12, "answers": 14})
    assert findings([*first, bad], idle, None) == ()


def test_runs_of_another_scope_are_no_past() -> None:
    first, [broken] = changed(40, 1, STEADY, 5, misses=1.0)
    assert findings(first, broken, None)
    assert findings([replace(run, scope="all, since 2026-01-01") for run in first], broken, None) == ()


def test_limited_run_says_nothing_of_the_number_of_articles() -> None:
    first, then = changed(40, 10, STEADY, 5, a_day=0.0)
    runs = [replace(run, scope="all, at most 20 articles") for run in [*first, *then]]
    assert findings([*first, *then[:-1]], then[-1], None)
    assert "articles" not in {one.check for one in findings(runs[:-1], runs[-1], None)}


def test_run_that_goes_on_with_another_does_not_count_as_a_rate() -> None:
    runs = [with_counts(run, new=900, resumed=40) if n < 12 else run for n, run in enumerate(series(30, STEADY, 5))]
    assert findings(runs[:-1], runs[-1], None) == ()


def test_first_crawl_of_years_is_no_rate() -> None:
    runs = series(15, STEADY, 5)
    assert runs[0].counts["new"] == 300
    assert findings(runs[:-1], runs[-1], None) == ()


def test_far_fewer_articles_than_the_profile_expects() -> None:
    runs = series(20, Habits(a_day=0.3), 5)
    [found] = findings(runs[:-1], runs[-1], 90)
    assert (found.check, found.verdict) == ("expected", "suspicious")
    assert "its profile expects 90 a month" in found.words
    assert findings(runs[:-1], runs[-1], 12) == ()
    assert findings(runs[:10], runs[10], 90) == ()
    assert findings(series(20, STEADY, 5)[:-1], series(20, STEADY, 5)[-1], 300) == ()


def test_a_profile_that_expects_thousands_is_no_false_alarm() -> None:
    runs = series(20, Habits(a_day=100.0), 5)
    assert findings(runs[:-1], runs[-1], 3000) == ()


def test_run_that_got_none_of_its_articles_has_failed() -> None:
    run = replace(series(1, STEADY, 5)[0], counts={"links": 9, "fetched": 0, "failed": 9})
    report = checked(run, [], None)
    assert report.verdict == "failed"
    assert report.detail == "none of 9 articles was got: is the portal down?"
    assert checked(with_counts(run, failed=2), [], None).verdict == "ok"


def test_findings_are_in_verdict_detail_and_checks() -> None:
    first, [broken] = changed(40, 1, STEADY, 5, misses=1.0)
    report = checked(replace(broken, detail="tin/: HTTP 500"), first, None)
    assert report.checks is not None
    assert report.verdict == "suspicious"
    assert report.detail == f"tin/: HTTP 500; {report.checks[0].words}"


def test_run_that_ended_early_is_not_checked() -> None:
    first, [broken] = changed(40, 1, STEADY, 5, misses=1.0)
    failed = replace(broken, verdict="failed", checks=None)
    assert checked(failed, first, None) == failed


def test_failed_and_lost_runs_are_no_past() -> None:
    first, [broken] = changed(40, 1, STEADY, 5, misses=1.0)
    lost = [replace(run, verdict="lost", checks=None) for run in first]
    assert findings(lost, broken, None) == ()


def test_time_since_the_run_before_counts_not_the_number_of_runs() -> None:
    """Crawls four times a day bring a quarter each."""
    runs, quick = series(40, STEADY, 5), series(41, STEADY, 6, hours=6)
    later = [replace(run, run_id=run.run_id + 40, started_at=run.started_at + timedelta(days=39)) for run in quick]
    for end in range(1, 41):
        assert findings([*runs, *later[1:end]], later[end], None) == ()
