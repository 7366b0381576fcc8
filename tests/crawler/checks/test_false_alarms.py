"""The rate of false alarms that crawler.checks states, and the runs it takes to find what changed."""

from __future__ import annotations

import pytest

from tests.crawler.checks.histories import after_change, false_alarms

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("portal", ["steady", "small", "weekdays", "restless"])
def test_a_check_cries_wolf_in_fewer_than_two_runs_of_a_thousand(portal: str) -> None:
    found = [false_alarms(portal, seed) for seed in SEEDS]
    for check in {name for counts in found for name in counts}:
        assert sum(counts.get(check, 0) for counts in found) < 0.002 * 200 * len(SEEDS), (check, found)


@pytest.mark.parametrize(
    ("portal", "change", "within"),
    [
        ("steady", "broken layout", 2),
        ("restless", "broken layout", 4),
        ("small", "broken layout", 3),
        ("steady", "dates vanish", 2),
        ("weekdays", "dates vanish", 4),
        ("steady", "texts cut", 3),
        ("small", "texts cut", 5),
        ("steady", "unreadable pages", 6),
        ("steady", "5xx", 5),
        ("small", "5xx", 8),
        ("steady", "no articles", 3),
        ("weekdays", "no articles", 6),
        ("steady", "half the articles", 21),
        ("weekdays", "half the articles", 28),
    ],
)
def test_change_is_found_within_the_stated_runs(portal: str, change: str, within: int) -> None:
    for seed in SEEDS:
        check, took = after_change(portal, change, seed, after=within)
        assert took is not None, (check, seed)
