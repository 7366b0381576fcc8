"""Due times under a clock that the test moves: what was missed is caught up once, wrong clocks stop nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive.run_history.crawls import Crawl
from crawler.schedule.planning import Plan, plan
from spiders.portal import Portal
from spiders.profile import AdaptiveCadence
from tests.crawler.schedule.runs import MONDAY, crawl, portal

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def planned(one: Portal, crawls: list[Crawl], now: datetime) -> Plan:
    [found] = plan([one], {one.key: crawls}, (), now)
    return found


def simulated(
    one: Portal, ticks: Iterable[datetime], outcome: Callable[[int], Crawl] = lambda _: crawl()
) -> list[Crawl]:
    """The crawls that ticks at these moments run, each begun 7 seconds after its tick."""
    crawls: list[Crawl] = []
    for now in ticks:
        if planned(one, crawls, now).is_due(now):
            made = outcome(len(crawls))
            crawls.append(crawl(now + timedelta(seconds=7), made.verdict, made.news))
    return crawls


def ticking(start: datetime, days: float, step: timedelta) -> list[datetime]:
    return [start + n * step for n in range(int(days * DAY / step))]


def test_portal_never_crawled_is_due_at_once() -> None:
    assert planned(portal(), [], MONDAY).is_due(MONDAY)


@pytest.mark.parametrize("step", [15 * MINUTE, DAY], ids=["every quarter of an hour", "daily"])
def test_daily_portal_is_crawled_once_a_day_and_does_not_drift(step: timedelta) -> None:
    found = simulated(portal(), ticking(MONDAY, 30, step))
    assert [one.started_at - timedelta(seconds=7) for one in found] == ticking(MONDAY, 30, DAY)


def test_missed_runs_are_caught_up_once() -> None:
    ticks = ticking(MONDAY, 2, 15 * MINUTE) + ticking(MONDAY + 40 * DAY, 1, 15 * MINUTE)
    found = simulated(portal("6h"), ticks)
    assert len([one for one in found if one.started_at > MONDAY + 39 * DAY]) == 4
    assert planned(portal("6h"), found[:8], MONDAY + 40 * DAY).is_due(MONDAY + 40 * DAY)


@pytest.mark.parametrize("back", [5 * MINUTE, HOUR, 3 * HOUR, 5 * DAY, 400 * DAY], ids=str)
def test_clock_set_back_neither_stops_nor_floods(back: timedelta) -> None:
    ticks = ticking(MONDAY, 3, 15 * MINUTE) + ticking(MONDAY + 3 * DAY - back, 3, 15 * MINUTE)
    found = simulated(portal("6h"), ticks)
    after = found[12:]
    assert 11 <= len(after) <= 13
    assert after[0].started_at <= MONDAY + 3 * DAY - back + 12 * HOUR


def test_clock_that_was_years_ahead_for_one_run_stops_nothing() -> None:
    now = MONDAY
    assert planned(portal(), [crawl(MONDAY + 900 * DAY)], now).is_due(now)
    found = planned(portal(), [crawl(MONDAY + 900 * DAY), crawl(now)], now + HOUR)
    assert not found.is_due(now + HOUR)


def test_adaptive_portal_without_news_is_asked_less_and_less() -> None:
    one = portal(AdaptiveCadence(min="6h", max="7d", start="1d"))
    found = simulated(one, ticking(MONDAY, 60, 15 * MINUTE))
    gaps = [later.started_at - earlier.started_at for earlier, later in itertools.pairwise(found)]
    assert gaps == sorted(gaps)
    assert gaps[0] == 36 * HOUR
    assert gaps[-1] == 7 * DAY


def test_portal_that_dies_is_asked_sooner_at_first_and_once_a_week_in_the_end() -> None:
    one = portal()
    found = simulated(one, ticking(MONDAY, 90, 15 * MINUTE), lambda n: crawl(verdict="failed" if n else "ok"))
    gaps = [later.started_at - earlier.started_at for earlier, later in itertools.pairwise(found)]
    assert gaps[:4] == [DAY, 6 * HOUR, 12 * HOUR, DAY]
    assert gaps[-1] == 7 * DAY
    assert set(gaps) == {6 * HOUR, 12 * HOUR, DAY, 7 * DAY}


def test_running_crawl_is_not_due_however_long_it_takes() -> None:
    found = planned(portal("1h"), [crawl(verdict="running")], MONDAY + DAY)
    assert not found.is_due(MONDAY + DAY)
    assert found.is_running


def test_lost_crawl_is_tried_again() -> None:
    assert planned(portal(), [crawl(verdict="lost")], MONDAY + 6 * HOUR).is_due(MONDAY + 6 * HOUR)


def test_portal_that_asked_for_patience_is_left_alone_until_then() -> None:
    patient = replace(crawl(verdict="failed"), not_before=MONDAY + 2 * DAY)
    assert planned(portal(), [patient], MONDAY + 7 * HOUR).due_at == MONDAY + 2 * DAY
    past = replace(crawl(), not_before=MONDAY + HOUR)
    assert planned(portal(), [past], MONDAY + 2 * HOUR).due_at == planned(portal(), [crawl()], MONDAY).due_at
    wrong = replace(crawl(MONDAY + 400 * DAY), not_before=MONDAY + 402 * DAY)
    assert planned(portal(), [wrong], MONDAY).is_due(MONDAY)


def test_crawls_begin_in_the_hours_only() -> None:
    found = simulated(portal("6h", hours=("22:00-05:00",)), ticking(MONDAY, 10, 15 * MINUTE))
    local_hours = {(one.started_at + 7 * HOUR).hour for one in found}
    assert local_hours <= {22, 23, 0, 1, 2, 3, 4}
    assert len(found) == 20


def test_overdue_portal_outside_its_hours_waits_for_them() -> None:
    now = MONDAY + 9 * DAY  # 15:00 local
    found = planned(portal(hours=("01:00-05:00",)), [crawl()], now)
    assert not found.is_due(now)
    assert found.due_at == now + 10 * HOUR


def test_most_overdue_comes_first() -> None:
    plans = plan([portal("6h"), portal("1h")], {portal().key: [crawl()]}, (), MONDAY + DAY)
    assert [str(one.portal.cadence) for one in plans] == ["1h", "6h"]
