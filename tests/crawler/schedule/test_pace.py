"""The cadence in force follows news and failures, by the history alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule.pace import pace
from spiders.times import cadence
from tests.crawler.schedule.runs import MONDAY, crawl, every

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADAPTIVE, DAILY = cadence("adaptive"), cadence("1d")

OUTCOMES = {"+": crawl(news=3), "-": crawl(), "f": crawl(verdict="failed"), "l": crawl(verdict="lost"),
            "s": crawl(verdict="suspicious"), "S": crawl(verdict="suspicious", news=1),
            "1": crawl(is_full=False), "2": crawl(is_full=False, news=2), "F": crawl(verdict="failed", news=9)}  # fmt: skip


def history(signs: str, interval: timedelta = DAY) -> list:  # type: ignore[type-arg]
    return every(interval, [OUTCOMES[sign] for sign in signs])


@pytest.mark.parametrize(
    ("signs", "hours"),
    [
        ("", 24),
        ("+", 12),
        ("-", 36),
        ("++", 6),
        ("+++++", 6),
        ("-" * 9, 7 * 24),
        ("-" * 9 + "+", 84),
        ("+-+-", 13.5),
        ("s", 36),
        ("S", 12),
        ("+f", 12),
        ("+l-", 18),
        ("F", 24),
        ("1", 24),
        ("2", 12),
    ],
    ids=["never crawled", "news", "none", "twice news", "not under min", "not over max", "back from max", "by turns",
         "suspicious without news", "suspicious with news", "failed", "lost, then none", "failed with news",
         "limited without news", "limited with news"],
)  # fmt: skip
def test_interval_follows_the_news(signs: str, hours: float) -> None:
    assert pace(ADAPTIVE, history(signs)).interval == hours * HOUR


def test_fixed_cadence_stays() -> None:
    assert {pace(DAILY, history(signs)).interval for signs in ("", "+", "----", "+f")} == {DAY}


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        ("", "the profile's first"),
        ("+", "halved after 3 new or changed on 2026-03-02"),
        ("++", "halved after 3 new or changed on 2026-03-03, the shortest"),
        ("+-", "longer by half after nothing new on 2026-03-03"),
        ("-" * 9, "longer by half after nothing new on 2026-03-10, the longest"),
    ],
)
def test_reason_names_the_run_that_decided(signs: str, said: str) -> None:
    assert pace(ADAPTIVE, history(signs)).why == said


def test_day_of_the_reason_is_the_local_one() -> None:
    assert "2026-03-03" in pace(ADAPTIVE, [crawl(MONDAY.replace(hour=20), news=1)]).why


@pytest.mark.parametrize(
    ("signs", "hours"),
    [("f", 6), ("ff", 12), ("fff", 24), ("ffff", 24), ("f" * 10, 24), ("-f", 6), ("f-", 24), ("ff-f", 6), ("l", 6),
     ("lf", 12)],
)  # fmt: skip
def test_failures_are_retried_after_a_quarter_then_doubled_up_to_the_cadence(signs: str, hours: float) -> None:
    assert pace(DAILY, history(signs)).wait == hours * HOUR


def test_adaptive_portal_is_retried_by_the_interval_in_force() -> None:
    found = pace(ADAPTIVE, history("+f"))
    assert (found.interval, found.wait) == (12 * HOUR, 3 * HOUR)
    assert found.wait_why == "failed on 2026-03-03: again after 3h"


@pytest.mark.parametrize(
    ("failing_days", "wait"),
    [(13, DAY), (14, 7 * DAY), (400, 7 * DAY)],
    ids=["not yet dead", "dead", "dead for a year"],
)
def test_dead_portal_is_asked_once_a_week(failing_days: int, wait: timedelta) -> None:
    assert pace(DAILY, history("-" + "f" * (failing_days + 1))).wait == wait


def test_dead_portal_with_a_longer_cadence_keeps_it() -> None:
    assert pace(cadence("30d"), history("f" * 9, 30 * DAY)).wait == 30 * DAY


def test_lost_runs_make_no_portal_dead() -> None:
    assert pace(DAILY, history("l" * 40)).wait == DAY
    assert pace(DAILY, history("f" + "l" * 40)).wait == DAY


@given(st.text("+-flsS12F", max_size=60))
def test_interval_stays_within_bounds_and_no_wait_is_longer(signs: str) -> None:
    found = pace(ADAPTIVE, history(signs))
    assert 6 * HOUR <= found.interval <= 7 * DAY
    assert HOUR <= found.wait <= 7 * DAY
    assert (found.wait_why is None) == (found.wait == found.interval and signs[-1:] not in ("f", "l", "F"))
