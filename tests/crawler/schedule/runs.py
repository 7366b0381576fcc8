"""Crawls and portals made by hand for the schedule's tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec

from archive.run_history.crawls import Crawl
from spiders.portal import Portal
from spiders.profile import AdaptiveCadence
from spiders.registry import load_registry

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BASE = load_registry().portal("baothainguyen")


def portal(cadence: str | AdaptiveCadence = "1d", hours: tuple[str, ...] = ()) -> Portal:
    """A portal that may be crawled without a check."""
    profile = msgspec.structs.replace(BASE.profile, status="verified", cadence=cadence, hours=hours)
    return Portal(profile=profile, base=BASE.base)


def crawl(at: datetime = MONDAY, verdict: str = "ok", news: int = 0, *, is_full: bool = True) -> Crawl:
    return Crawl(portal=BASE.key, started_at=at, verdict=verdict, news=news, is_full=is_full)


def every(interval: timedelta, crawls: Sequence[Crawl]) -> list[Crawl]:
    """The crawls at equal distances from Monday on."""
    return [replace(one, started_at=MONDAY + n * interval) for n, one in enumerate(crawls)]
