"""The words of the live display."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.progress import Pace
from crawler.watching import PortalStand, Stand


def test_first_look_says_what_is_done_and_guesses_nothing() -> None:
    stand = Stand(portals={"mau": PortalStand(fetched=1, links=1200, new=1, done=2, open=1199)}, waiting=2)
    said = Pace().words(stand, 0.0)
    assert said == ["0 of 3 portals done, 1 of 1,200 known articles fetched, 1 new", "1,199 addresses wait"]


def test_time_left_is_that_of_the_slowest_portal() -> None:
    pace = Pace()
    pace.words(Stand(portals={"mau": PortalStand(open=600), "khac": PortalStand(open=60)}, waiting=0), 0.0)
    later = {"mau": PortalStand(done=20, open=580, failed=3), "khac": PortalStand(done=20, open=40)}
    first, second = pace.words(Stand(portals=later, waiting=0), 20.0)
    assert first == "0 of 2 portals done, 0 of 0 known articles fetched, 0 new, 3 failed"
    assert second == "2.0 pages/s, 620 addresses wait, 9m left"


def test_pace_is_that_of_the_last_minute() -> None:
    pace = Pace()
    for second in range(0, 300, 10):
        done = second * 10 if second < 100 else 1000
        said = pace.words(Stand(portals={"mau": PortalStand(done=done, open=50)}, waiting=0), float(second))
    assert said[1] == "0.0 pages/s, 50 addresses wait"


@pytest.mark.parametrize(
    ("waiting", "done", "left"), [(0, 100, "under a minute left"), (1, 100, "at least under a minute left")]
)
def test_portals_that_are_not_begun_make_it_a_least(waiting: int, done: int, left: str) -> None:
    pace = Pace()
    pace.words(Stand(portals={"mau": PortalStand()}, waiting=waiting), 0.0)
    assert left in pace.words(Stand(portals={"mau": PortalStand(done=done, open=5)}, waiting=waiting), 10.0)[1]


def test_portal_that_is_done_has_no_pace_and_nothing_left() -> None:
    stand = Stand(portals={"mau": PortalStand(fetched=9, links=9, done=12, open=4, is_running=False)}, waiting=0)
    assert Pace().words(stand, 9.0) == ["1 of 1 portal done, 9 of 9 known articles fetched, 0 new"]


def test_crawl_of_the_past_says_how_far_back_its_lists_are() -> None:
    """The one that is least far: it has most before it."""
    portals = {"mau": PortalStand(reached=date(2024, 3, 1)), "khac": PortalStand(reached=date(2022, 5, 9))}
    assert Pace().words(Stand(portals=portals, waiting=0), 0.0)[1] == "lists walked back to 2024-03-01"
