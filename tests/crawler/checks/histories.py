"""Histories of runs as portals make them, by a seeded generator: each run's counts with the scatter of its kind."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from archive.records import RunReport

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How a portal publishes and answers; a change of any of them is what the checks look for."""

    a_day: float = 10.0
    rhythm: bool = False  # hardly anything at weekends
    bursts: float = 0.0  # 0: as dice fall; 1: some days bring several times as much as others
    undated: float = 0.02
    unread: float = 0.02
    misses: float = 0.02  # of the profile's layout
    broken: float = 0.02  # addresses answered by 5xx
    wander: float = 0.0  # how much the shares differ from day to day
    characters: float = 1800.0
    spread: float = 0.6  # of the lengths' logarithm
    revisited: int = 5


class Dice:
    """Seeded chance."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def times(self, mean: float) -> int:
        """A Poisson number (Knuth's product of uniform numbers, in parts that do not underflow)."""
        count = 0
        while mean > 0:
            part, mean = min(mean, 50.0), mean - 50.0
            left = self.random.random()
            while left > math.exp(-part):
                left *= self.random.random()
                count += 1
        return count

    def hits(self, total: int, share: float, wander: float = 0.0) -> int:
        share = min(1.0, max(0.0, share * math.exp(self.random.gauss(0, wander)) if wander else share))
        return sum(self.random.random() < share for _ in range(total))

    def median_length(self, count: int, characters: float, spread: float) -> int:
        lengths = sorted(characters * math.exp(self.random.gauss(0, spread)) for _ in range(count))
        return round(lengths[count // 2]) if lengths else 0


def run(number: int, habits: Habits, dice: Dice, hours: float = 24.0) -> RunReport:
    """The run of one day."""
    at = MONDAY + timedelta(hours=hours * number)
    mean = habits.a_day * hours / 24 * (0.1 if habits.rhythm and at.weekday() >= 5 else 1.0)
    if habits.bursts:
        mean *= dice.random.gammavariate(1 / habits.bursts, habits.bursts)
    new = dice.times(mean) if number else 300  # the first takes in what there is
    pages = new + habits.revisited
    unread = dice.hits(pages, habits.unread, habits.wander)
    broken = dice.hits(pages + 4, habits.broken, habits.wander)
    read = pages - unread
    counts = {
        "links": pages, "fetched": pages, "new": new, "read": read, "answers": pages + 4, "status_5xx": broken,
        "without_date": dice.hits(new, habits.undated, habits.wander),
        "no_layout": dice.hits(read, habits.misses, habits.wander),
        "body_chars": dice.median_length(read, habits.characters, habits.spread),
    }  # fmt: skip
    return RunReport(run_id=number + 1, portal="mau", started_at=at, finished_at=at + timedelta(minutes=9), scope="all",
                     verdict="ok", counts=counts, rejected={"list": unread} if unread else {}, checks=())  # fmt: skip


def series(length: int, habits: Habits, seed: int, hours: float = 24.0) -> list[RunReport]:
    dice = Dice(seed)
    return [run(number, habits, dice, hours) for number in range(length)]


def changed(
    before: int, after: int, habits: Habits, seed: int, **change: float
) -> tuple[list[RunReport], list[RunReport]]:
    """Runs before and after the habits changed."""
    dice, later = Dice(seed), replace(habits, **change)  # type: ignore[arg-type]
    first = [run(number, habits, dice) for number in range(before)]
    return first, [run(before + number, later, dice) for number in range(after)]


def runs_until(
    before: list[RunReport], after: list[RunReport], is_found: Callable[[list[RunReport]], bool]
) -> int | None:
    """How many runs after the change it took to find it."""
    return next((n for n in range(1, len(after) + 1) if is_found([*before, *after[:n]])), None)


PORTALS = {
    "steady": Habits(),
    "small": Habits(a_day=1.0),
    "weekdays": Habits(a_day=14.0, rhythm=True),
    "restless": Habits(bursts=0.2, wander=0.4, undated=0.1, misses=0.1, unread=0.1, broken=0.1),
    "erratic": Habits(bursts=0.7, wander=0.8, undated=0.1, misses=0.1, unread=0.1, broken=0.1),
}
# What happens to a portal, and the check that is to find it.
CHANGES: dict[str, tuple[str, dict[str, float]]] = {
    "broken layout": ("layout", {"misses": 0.95}),
    "dates vanish": ("undated", {"undated": 0.95}),
    "texts cut": ("length", {"characters": 500.0}),
    "unreadable pages": ("unread", {"unread": 0.4}),
    "5xx": ("errors", {"broken": 0.3}),
    "no articles": ("articles", {"a_day": 0.0}),
    "half the articles": ("articles", {"a_day": 0.5}),
}


def after_change(portal: str, change: str, seed: int, before: int = 100, after: int = 40) -> tuple[str, int | None]:
    """The check that is to find a change, and how many runs it took; None: it did not."""
    from crawler.checks.checking import findings

    check, values = CHANGES[change]
    habits = PORTALS[portal]
    if change == "half the articles":
        values = {"a_day": habits.a_day / 2}
    first, then = changed(before, after, habits, seed, **values)
    took = runs_until(first, then, lambda runs: any(one.check == check for one in findings(runs[:-1], runs[-1], None)))
    return check, took


def false_alarms(portal: str, seed: int, length: int = 200) -> dict[str, int]:
    """Runs of a portal that does not change in which a check found something, by check."""
    from crawler.checks.checking import findings

    runs = series(length, PORTALS[portal], seed)
    found = Counter[str]()
    for end in range(1, length + 1):
        found.update(one.check for one in findings(runs[: end - 1], runs[end - 1], None))
    return found
