"""Coverage as plain values: for JSON, for spreadsheets, and in words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from archive.coverage.records import Counts, Gap, Month, PortalCoverage
from archive.exports.csv import harmless

COLUMNS = (
    "portal", "month", "seen", "captured", "archived", "removed", "off_topic", "rejected", "failed", "skipped",
    "waiting", "missing", "undated", "unlisted", "unlisted_archived", "crawls", "failed_crawls", "reasons", "gaps",
)  # fmt: skip


def coverage_values(one: PortalCoverage) -> dict[str, Any]:
    """A portal's coverage for JSON."""
    return {
        "portal": one.portal,
        "name": one.name,
        "first_crawl": one.first_crawl and one.first_crawl.isoformat(),
        "last_crawl": one.last_crawl and one.last_crawl.isoformat(),
        "last_try": one.last_try and one.last_try.isoformat(),
        "condition": one.health and str(one.health),
        "condition_detail": one.health and one.health.detail,
        "months": [month_values(month) for month in one.months],
    }


def month_values(one: Month) -> dict[str, Any]:
    """A month for JSON: addresses that lists showed, those that no list showed, crawls, gaps."""
    return {
        "month": one.month,
        **{"seen" if name == "addresses" else name: value for name, value in counts_values(one.listed).items()},
        "unlisted": counts_values(one.unlisted),
        "crawls": one.crawls,
        "failed_crawls": one.failed_crawls,
        "gaps": [gap_values(gap) for gap in one.gaps],
    }


def counts_values(one: Counts) -> dict[str, Any]:
    """Counts for JSON; `addresses` is the sum of the six states."""
    return {
        "addresses": one.addresses,
        "captured": one.captured,
        "archived": one.archived,
        "removed": one.removed,
        "off_topic": one.off_topic,
        "rejected": dict(one.rejected),
        "failed": dict(one.failed),
        "skipped": dict(one.skipped),
        "waiting": one.waiting,
        "missing": one.missing,
        "undated": one.undated,
    }


def gap_values(one: Gap) -> dict[str, Any]:
    """A gap for JSON; `words` may be cited."""
    return {"from": one.begins, "to": one.ends, "failed": one.failed, "reason": one.reason, "words": one.words}


def reason_words(one: Counts) -> str:
    """Every reason with its count.

    >>> reason_words(Counts(failed={"HTTP 404": 3}, skipped={"robots.txt": 1}))
    '3 failed: HTTP 404; 1 skipped: robots.txt'
    """
    kinds: tuple[tuple[str, Mapping[str, int]], ...] = (
        ("rejected", one.rejected), ("failed", one.failed), ("skipped", one.skipped),
    )  # fmt: skip
    return "; ".join(f"{count} {kind}: {why}" for kind, reasons in kinds for why, count in reasons.items())


def write_csv(found: Iterable[PortalCoverage], stream: TextIO) -> None:
    """A header, then one row a portal and month."""
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for portal in found:
        for month in portal.months:
            rows.writerow([harmless(cell) for cell in (portal.portal, *month_row(month))])


def month_row(one: Month) -> tuple[str | int, ...]:
    """A month's values in the order of `COLUMNS`, without the portal."""
    listed, unlisted = one.listed, one.unlisted
    return (
        one.month,
        listed.addresses,
        listed.captured,
        listed.archived,
        listed.removed,
        listed.off_topic,
        *(sum(reasons.values()) for reasons in (listed.rejected, listed.failed, listed.skipped)),
        listed.waiting,
        listed.missing,
        listed.undated,
        unlisted.addresses,
        unlisted.archived,
        one.crawls,
        one.failed_crawls,
        reason_words(listed),
        "; ".join(gap.words for gap in one.gaps),
    )
