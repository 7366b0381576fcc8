"""Several processes share one archive: no page twice, no portal by two at once, a dead one's work taken over."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests import postgres
from tests.end_to_end.running import Danvan
from tests.end_to_end.test_crawl import exported

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[tuple[Danvan, Danvan]]:
    """The command on two machines, so to speak: two homes, one database, answers slow enough to meet."""
    with postgres.server() as url, DemoServer(seconds_an_answer=0.02) as server:
        machines = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            danvan = Danvan(tmp_path / name, server)
            danvan.environment |= {"DANVAN_DATABASE_URL": url, "DANVAN_CONTACT": f"{name}@example.org"}
            danvan.run("init")
            machines.append(danvan)
        yield machines[0], machines[1]


def ended(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    return out


def visits(server: DemoServer) -> dict[str, list[str]]:
    """By portal, who asked, in order."""
    found: dict[str, list[str]] = {}
    for portal, agent, _ in server.visitors:
        found.setdefault(portal, []).append(agent)
    return found


def test_two_processes_fetch_every_page_once_and_never_meet_at_a_portal(shared: tuple[Danvan, Danvan]) -> None:
    one, two = shared
    keys = list(one.server.base_urls)
    both = [danvan.start("crawl", "--share", *keys) for danvan in (one, two)]
    for process in both:
        ended(process)
    asked = Counter((portal, path) for portal, _, path in one.server.visitors if path != "/robots.txt")
    assert [again for again in asked.items() if again[1] > 1] == []
    for portal, agents in visits(one.server).items():
        assert len({agent for agent, _ in groupby(agents)}) == 1, portal
    runs = [run for run in one.json("schedule", "status") if run["portal"] in keys]
    assert {run["verdict"] for run in runs} == {"ok"}


def test_killed_process_loses_its_portals_to_the_other(shared: tuple[Danvan, Danvan], tmp_path: Path) -> None:
    one, two = shared
    keys = list(one.server.base_urls)
    first = one.start("crawl", "--share", *keys)
    while len(one.server.requests) < 40 and first.poll() is None:
        time.sleep(0.01)
    second = two.start("crawl", "--share", *keys)
    while len(one.server.requests) < 70 and first.poll() is None:
        time.sleep(0.01)
    assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.communicate()
    ended(second)
    for portal, agents in visits(one.server).items():
        turns = [agent for agent, _ in groupby(agents)]
        assert len(turns) == len(set(turns)), f"{portal}: visited by both in turn"
    assert len({agent for _, agent, _ in one.server.visitors}) == 2
    asked = Counter((portal, path) for portal, _, path in one.server.visitors if path != "/robots.txt")
    assert sum(times - 1 for times in asked.values()) <= 16 * len(keys)  # at most what was in flight
    whole_home = tmp_path / "whole"
    whole_home.mkdir()
    whole = Danvan(whole_home, one.server)
    whole.run("init")
    whole.run("crawl", *keys)
    assert {name: article["body"] for name, article in exported(two).items()} == {
        name: article["body"] for name, article in exported(whole).items()
    }
