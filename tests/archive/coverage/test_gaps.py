"""Gaps between good crawls, as they may be cited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.coverage.gaps import gaps
from archive.coverage.report import portal_coverage
from archive.run_history.crawls import Crawl

DAY = timedelta(days=1)
AUGUST = datetime(2025, 8, 1, 2, 0, tzinfo=UTC)
NOW = datetime(2025, 10, 2, 2, 0, tzinfo=UTC)


def run(day: float, verdict: str = "ok", detail: str | None = None) -> Crawl:
    return Crawl(portal="mau", started_at=AUGUST + (day - 1) * DAY, verdict=verdict, detail=detail)


@pytest.mark.parametrize(
    ("crawls", "said"),
    [
        ([], []),
        ([run(day) for day in range(1, 64)], []),
        ([run(day) for day in range(1, 64, 7)], []),
        (
            [*map(run, (1, 2, 3)), *map(run, range(29, 64)), run(40.5, "failed", "HTTP 503")],
            ["no successful crawl from 2025-08-03 to 2025-08-29 (none was tried)"],
        ),
        (
            [run(3), run(4, "failed", "HTTP 503"), run(20, "lost"), run(21, "failed", "DNS lookup failed"),
             *map(run, range(29, 64))],
            ["no successful crawl from 2025-08-03 to 2025-08-29 (3 failed: DNS lookup failed)"],
        ),
        ([*map(run, range(1, 32))], ["no successful crawl since 2025-08-31 (none was tried)"]),
        ([run(1, "failed", "HTTP 403")], ["no successful crawl since 2025-08-01 (1 failed: HTTP 403)"]),
        ([run(1, "failed"), run(40), *map(run, range(41, 64))], []),
        ([run(1, "suspicious"), *map(run, range(8, 64))], []),
    ],
    ids=["never crawled", "daily", "weekly", "nobody crawled", "it failed", "until now", "never succeeded",
         "failures before the first success", "suspicious is a success"],
)  # fmt: skip
def test_gap_says_when_and_why(crawls: list[Crawl], said: list[str]) -> None:
    assert [one.words for one in gaps(crawls, NOW)] == said


def test_day_of_a_gap_is_the_local_one() -> None:
    [gap] = gaps([run(3.7), *map(run, range(29, 64))], NOW)
    assert gap.begins == "2025-08-04"


def test_long_reason_is_cut() -> None:
    [gap] = gaps([run(1, "failed", "https://mau.test/danh-sach: không trả lời " * 20)], NOW)
    assert gap.reason
    assert len(gap.reason) <= 160
    assert gap.reason.endswith(" …")


def test_every_month_that_a_gap_touches_shows_it() -> None:
    found = portal_coverage("mau", "Báo Mẫu", (), [run(-40), run(3), run(60), run(2, "failed")], (), NOW)
    assert [(one.month, one.crawls, one.failed_crawls, len(one.gaps)) for one in found.months] == [
        ("2025-06", 1, 0, 1),
        ("2025-07", 0, 0, 1),
        ("2025-08", 1, 1, 2),
        ("2025-09", 1, 0, 1),
    ]
    assert (found.first_crawl, found.last_crawl, found.last_try) == (
        AUGUST - 41 * DAY,
        AUGUST + 59 * DAY,
        AUGUST + 59 * DAY,
    )
