"""What coverage says: addresses in exactly one state each, stretches without a good crawl, months, portals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from archive.health import Health


class State(StrEnum):
    """What became of an article's address; each has exactly one."""

    ARCHIVED = "archived"
    OFF_TOPIC = "off_topic"  # read, and not about the topic
    REJECTED = "rejected"  # read, and no article
    FAILED = "failed"  # asked for, and not got
    SKIPPED = "skipped"  # shown, and not asked for
    WAITING = "waiting"  # wanted, and not asked for yet


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Addresses of one portal that share everything below."""

    portal: str
    moment: str  # a day, or the UTC hour of the first sight where no day is known
    is_listed: bool  # a list, feed or sitemap showed them
    state: State
    reason: str | None
    addresses: int
    captured: int  # of which the archive holds an answer
    removed: int  # archived, and gone from the portal since


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Addresses by state: `addresses` is the sum of the six states; reasons add up to theirs."""

    addresses: int = 0
    captured: int = 0
    archived: int = 0
    removed: int = 0
    off_topic: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    undated: int = 0  # counted in the month of the first sight, since neither page nor list gives a day

    @property
    def missing(self) -> int:
        """Addresses that were wanted and of which the archive has no page."""
        return sum(self.failed.values()) + self.waiting


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A stretch without a good crawl, by local days: of the one before, and of the one after if there was one."""

    begins: str
    ends: str | None
    failed: int  # crawls that failed or were lost in it; 0: none was tried
    reason: str | None = None  # of the last of them

    @property
    def words(self) -> str:
        """The gap as it may be cited."""
        stretch = (
            f"no successful crawl from {self.begins} to {self.ends}"
            if self.ends
            else (f"no successful crawl since {self.begins}")
        )
        tried = f"{self.failed} failed" if self.failed else "none was tried"
        return f"{stretch} ({tried}{f': {self.reason}' if self.reason else ''})"


@dataclass(frozen=True, kw_only=True)
class Month:
    """One portal's month."""

    month: str  # "2025-08"
    listed: Counts  # addresses that a list, feed or sitemap showed
    unlisted: Counts  # known without one: imports, and crawls before links were kept
    crawls: int = 0  # that succeeded
    failed_crawls: int = 0  # that failed or were lost
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PortalCoverage:
    """One portal's months, oldest first, and when it was crawled."""

    portal: str
    name: str
    first_crawl: datetime | None  # that succeeded
    last_crawl: datetime | None
    last_try: datetime | None
    health: Health | None  # the verdict on the portal by its latest crawls
    months: tuple[Month, ...]
