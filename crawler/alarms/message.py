"""What an alarm says: the runs that were not ok, and the portals that have recovered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from archive.records import RunReport
from archive.run_history.crawls import Crawl
from crawler.schedule.shown import run_values

Message = dict[str, Any]


def message(
    reports: Sequence[RunReport], crawls: Mapping[str, Sequence[Crawl]], archive_id: str, now: datetime
) -> Message | None:
    """The JSON object to send; None where there is nothing to tell.

    `crawls` are each portal's, oldest first, with the reported one as the last. `text` is the whole in words, which
    chat services show as it is.
    """
    bad = [report for report in reports if report.verdict != "ok"]
    well_again = [report for report in reports if has_recovered(report, crawls.get(report.portal, ()))]
    if not bad and not well_again:
        return None
    lines = [f"{report.portal}: {report.verdict}: {report.detail or 'no reason given'}" for report in bad]
    lines += [f"{report.portal}: ok again" for report in well_again]
    return {
        "text": "\n".join([f"danvan ({archive_id}): {len(bad)} of {len(reports)} crawls were not ok", *lines]),
        "archive": archive_id,
        "at": now.isoformat(timespec="seconds"),
        "is_test": False,
        "not_ok": [run_values(report) for report in bad],
        "recovered": [run_values(report) for report in well_again],
    }


def has_recovered(report: RunReport, crawls: Sequence[Crawl]) -> bool:
    """Whether a portal's crawl is ok and the one before it was not."""
    before = crawls[-2].verdict if len(crawls) > 1 else "ok"
    return report.verdict == "ok" and before in ("suspicious", "failed", "lost")


def trial(archive_id: str, now: datetime) -> Message:
    """What `danvan schedule alarm-test` sends."""
    at = now.isoformat(timespec="seconds")
    text = f"danvan ({archive_id}): a test; alarms arrive here"
    return {"text": text, "archive": archive_id, "at": at, "is_test": True, "not_ok": [], "recovered": []}
