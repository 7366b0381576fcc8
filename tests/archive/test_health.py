"""What the runs of a portal say of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive.health import Condition, health
from archive.records import RunReport

BEGIN = datetime(2025, 7, 1, tzinfo=UTC)


def run(day: int, verdict: str = "failed", *, latency_ms: int = 300, **more: Any) -> RunReport:
    at = BEGIN + timedelta(days=day)
    return RunReport(
        run_id=day, portal="mau", started_at=at, finished_at=at, scope="all", verdict=verdict,
        counts={"latency_ms": latency_ms}, rejected={}, **more,
    )  # fmt: skip


OK = {"verdict": "ok"}
DNS = {"failures": {"dns": 5}}
BLOCKED = {"failures": {"forbidden": 5, "timeout": 1}}


@pytest.mark.parametrize(
    ("days", "condition", "since"),
    [
        ({0: OK}, Condition.ALIVE, 0),
        ({0: DNS, 1: OK}, Condition.ALIVE, 1),
        ({0: OK, 1: {"verdict": "suspicious"}}, Condition.ALIVE, 0),
        ({0: OK, 1: OK | {"latency_ms": 12_000}}, Condition.SLOW, 1),
        ({0: OK, 1: DNS, 13: DNS}, Condition.FAILING, 1),
        ({0: OK, 1: DNS, 15: DNS}, Condition.DEAD, 1),
        ({0: OK, 1: {}, 9: DNS, 16: {"failures": {"server-error": 3}}}, Condition.DEAD, 1),
        ({0: OK, 1: BLOCKED, 40: BLOCKED}, Condition.BLOCKED, 1),
        ({0: DNS, 1: BLOCKED}, Condition.BLOCKED, 1),
        ({0: OK, 1: {"moved_to": "moi.vn", "failures": {"off-portal": 2}}}, Condition.MOVED, 1),
        ({0: OK, 1: {"moved_to": "moi.vn"}, 30: DNS}, Condition.MOVED, 1),
        ({0: OK, 1: {"moved_to": "moi.vn"}, 30: OK}, Condition.ALIVE, 30),
        ({0: OK, 1: DNS, 2: {"verdict": "lost"}, 3: {"verdict": "running"}}, Condition.FAILING, 1),
    ],
)
def test_condition(days: dict[int, dict[str, Any]], condition: Condition, since: int) -> None:
    found = health([run(day, **values) for day, values in sorted(days.items(), reverse=True)])
    assert found is not None
    assert (found.condition, (found.since - BEGIN).days) == (condition, since)


def test_portal_that_was_never_crawled_to_an_end_has_no_verdict() -> None:
    assert health([]) is None
    assert health([run(1, "running"), run(0, "lost")]) is None


def test_words_name_the_new_host() -> None:
    moved = health([run(1, moved_to="moi.vn")])
    assert str(moved) == "moved to moi.vn"
