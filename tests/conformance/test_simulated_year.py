"""After a simulated year `danvan coverage` and `schedule status` tell what the simulator knows.

The clock is libfaketime's: the command itself runs a day at a time, as a timer would run it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from crawler.demo.server import DemoServer
from tests.conformance.year import BEGIN, END, PORTALS, SimulatedPortal, Year
from tests.end_to_end.running import Danvan

pytestmark = pytest.mark.conformance
STEP = 3  # days between two ticks; the portals' cadence
BY_KEY = {portal.key: portal for portal in PORTALS}


def at(danvan: Danvan, day: date, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command at three in the morning of a day."""
    command = ["faketime", "-f", f"@{day} 03:00:00", sys.executable, "-m", "archive.command", *arguments]
    environment = danvan.environment | {"TZ": "Asia/Ho_Chi_Minh", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, cwd=danvan.home, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Danvan, Counter[int]]]:
    """The archive after the year, and how often tick ended with which exit code."""
    home = tmp_path_factory.mktemp("year")
    with DemoServer() as unused, Year() as year:
        danvan = Danvan(home, unused)
        for path in (home / "profiles").glob("*.toml"):
            path.unlink()
        year.write_profiles(home / "profiles")
        danvan.run("init")
        codes = Counter[int]()
        for day in year.days(STEP):
            done = at(danvan, day, "schedule", "tick")
            assert done.returncode in (0, 1), done.stderr
            assert "Traceback" not in done.stderr
            codes[done.returncode] += 1
        danvan.environment["YEAR_NEW_HOST"] = year.new_host
        yield danvan, codes


@pytest.fixture(scope="module")
def coverage(lived: tuple[Danvan, Counter[int]]) -> dict[str, dict[str, Any]]:
    done = at(lived[0], END, "coverage", "--json", *BY_KEY)
    return {one["portal"]: one for one in json.loads(done.stdout)}


@pytest.fixture(scope="module")
def status(lived: tuple[Danvan, Counter[int]]) -> dict[str, dict[str, Any]]:
    done = at(lived[0], END, "schedule", "status", "--json")
    return {row["portal"]: row for row in json.loads(done.stdout) if row["portal"] in BY_KEY}


def could_be_seen(portal: SimulatedPortal) -> Counter[str]:
    """Articles by month that some tick could see on the list: all but those hidden by a failure to the end."""
    last = max(day for day in ticks() if not portal.fails_on(day))
    return Counter(f"{day:%Y-%m}" for day in portal.published(last))


def ticks() -> list[date]:
    """The days on which the timer ran."""
    return [BEGIN + timedelta(days=n) for n in range(0, (END - BEGIN).days + 1, STEP)]


@pytest.mark.parametrize("key", BY_KEY)
def test_coverage_counts_what_was_published_and_could_be_seen(coverage: dict[str, dict[str, Any]], key: str) -> None:
    months = {month["month"]: month for month in coverage[key]["months"]}
    wanted = could_be_seen(BY_KEY[key])
    assert {name: month["seen"] for name, month in months.items() if month["seen"]} == dict(wanted)
    assert {name: month["archived"] for name, month in months.items() if month["archived"]} == dict(wanted)


@pytest.mark.parametrize("key", BY_KEY)
def test_coverage_says_when_no_crawl_succeeded(coverage: dict[str, dict[str, Any]], key: str) -> None:
    portal = BY_KEY[key]
    failing = {f"{day:%Y-%m}" for day in ticks() if portal.fails_on(day)}
    told = {month["month"] for month in coverage[key]["months"] if month["failed_crawls"]}
    assert told <= failing
    assert bool(told) == bool(failing)
    good = {f"{day:%Y-%m}" for day in ticks() if not portal.fails_on(day)}
    gaps = {month["month"] for month in coverage[key]["months"] if month["gaps"]}
    if key != "im-lang":  # looked at every 24 days in the end, which are gaps too
        assert failing - good <= gaps <= failing | {max(good)}


@pytest.mark.parametrize(
    ("key", "condition", "since"),
    [
        ("deu-dan", "alive", None),
        ("hong-may-chu", "alive", None),
        ("im-lang", "alive", None),
        ("doi-ten-mien", "moved", None),
        ("da-mat", "dead", "since 2025-05-01"),
        ("bi-chan", "blocked", None),
    ],
)
def test_status_says_how_each_portal_is(
    lived: tuple[Danvan, Counter[int]], status: dict[str, dict[str, Any]], key: str, condition: str, since: str | None
) -> None:
    host = lived[0].environment["YEAR_NEW_HOST"]
    assert status[key]["condition"] == (f"moved to {host}" if condition == "moved" else condition)
    assert status[key]["moved_to"] == (host if condition == "moved" else None)
    assert since is None or since in status[key]["condition_detail"]


def test_quiet_portal_is_asked_more_and_more_seldom_and_a_steady_one_at_its_cadence(
    lived: tuple[Danvan, Counter[int]], coverage: dict[str, dict[str, Any]], status: dict[str, dict[str, Any]]
) -> None:
    crawls = {key: sum(month["crawls"] for month in one["months"]) for key, one in coverage.items()}
    assert crawls["deu-dan"] == len(ticks())
    assert crawls["im-lang"] < len(ticks()) / 4
    assert status["im-lang"]["interval"] == "24d"


def test_dead_portals_are_asked_seldom(lived: tuple[Danvan, Counter[int]]) -> None:
    done = at(lived[0], END, "schedule", "history", "da-mat", "--json")
    failed = [run for run in json.loads(done.stdout) if run["verdict"] == "failed"]
    dead_days = (END - BY_KEY["da-mat"].fails_from).days
    assert dead_days / 14 < len(failed) < dead_days / 5


def test_ticks_raise_the_alarm_by_exit_code_only_when_something_failed(lived: tuple[Danvan, Counter[int]]) -> None:
    _, codes = lived
    assert codes[1] >= 30
    assert codes[0] >= 20
