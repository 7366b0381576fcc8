"""What a run's counts mean, and how its report looks on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from rich.console import Console
from rich.table import Table

from archive.health import FailureKind
from archive.records import RunReport

# Of fetched article pages; above it a layout has probably changed. Soft 404s and galleries stay far below.
SUSPICIOUS_SHARE = 0.5
_NOT_SUSPICIOUS = ("off-topic",)  # a fact about the article, not about the layout


def judge(
    counts: dict[str, int],
    rejected: dict[str, int],
    problems: Sequence[str],
    reason: str,
    *,
    lists_read: int | None = None,
    is_check: bool = False,
) -> tuple[str, str | None]:
    """The verdict of a run (ok, suspicious, failed) and its reason in one line.

    `links` also counts articles that an earlier run left or failed to get: they prove no list that this
    one could read. `lists_read` is None for runs that have no lists.
    """
    detail = "; ".join(problems[:3]) or None
    if reason != "finished":
        return "failed", f"ended early: {reason}" + (f"; {detail}" if detail else "")
    if counts["links"] == 0 or (problems and lists_read == 0):
        return "failed", detail or "no article links seen on any list: has the portal moved or changed?"
    if unfinished := counts.get("unfinished"):
        said = f"{unfinished} addresses met an error of danvan's own and wait for the next crawl; see the log in runs/"
        return "suspicious", said + (f"; {detail}" if detail else "")
    unread = sum(count for why, count in rejected.items() if why not in _NOT_SUSPICIOUS)
    if not is_check and counts["fetched"] and unread / counts["fetched"] > SUSPICIOUS_SHARE:
        return (
            "suspicious",
            f"{unread} of {counts['fetched']} pages were no readable articles: has the layout changed?",
        )
    if (missed := counts.get("no_layout", 0)) > SUSPICIOUS_SHARE * max(1, counts["fetched"]):
        return (
            "suspicious",
            f"{missed} of {counts['fetched']} articles fitted no layout of the profile: has it changed?",
        )
    return "ok", detail


FAILURE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        FailureKind.DNS: "host name unknown",
        FailureKind.PRIVATE: "host in a private network",
        FailureKind.REFUSED: "connection refused",
        FailureKind.TLS: "certificate or TLS wrong",
        FailureKind.TIMEOUT: "no answer in time",
        FailureKind.BROKEN: "answer broken off",
        FailureKind.TOO_LARGE: "answer too large",
        FailureKind.FORBIDDEN: "access forbidden (401, 403, 451)",
        FailureKind.THROTTLED: "too many requests (429, 503)",
        FailureKind.SERVER: "server error (5xx)",
        FailureKind.OTHER_STATUS: "another status",
        FailureKind.GONE: "list gone (404, 410)",
        FailureKind.CHALLENGE: "page for browsers only",
        FailureKind.BLANK: "blank page",
        FailureKind.ROBOTS: "forbidden by robots.txt",
        FailureKind.OFF_PORTAL: "leads off the portal",
        FailureKind.REDIRECTS: "redirects without end",
        FailureKind.OTHER: "another failure",
    }
)
_COLUMNS = ("links", "fetched", "captured", "new", "changed", "unchanged", "removed", "rejected")


_NEWS = ("new", "changed", "earlier", "removed", "moved", "reread", "adopted", "rejudged")
_SHORT = {"unchanged": "same", "removed": "gone", "adopted": "newly", "rejudged": "judged", "no-article": "none"}


def print_reports(reports: Sequence[RunReport], console: Console, columns: Sequence[str] = _COLUMNS) -> None:
    """A table of runs, then each run's scope, why pages were rejected, and what went wrong."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))  # 80 columns hold it
    table.add_column("portal", no_wrap=True)
    for name in columns:
        table.add_column(_SHORT.get(name, name), justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for report in reports:
        numbers = [f"{report.counts.get(name, 0):,}" for name in columns]
        table.add_row(report.portal, *numbers, report.verdict)
    console.print(table)
    for report in reports:
        for line in _remarks(report):
            console.print(f"{report.portal}: {line}", soft_wrap=True, highlight=False, markup=False)


def _remarks(report: RunReport) -> Iterator[str]:
    if report.scope not in ("all", "sections-and-keywords", "import", "replay"):
        yield f"scope {report.scope}"
    yield from _left_by_others(report)
    if moved := report.counts.get("moved"):
        yield f"{moved} {'article' if moved == 1 else 'articles'} moved to another address"
    if report.rejected:
        yield "not archived: " + ", ".join(f"{count} {why}" for why, count in sorted(report.rejected.items()))
    if files := _of_files(report.counts):
        yield files
    if missed := report.counts.get("no_layout"):
        said = "1 article fitted" if missed == 1 else f"{missed} articles fitted"
        yield f"{said} no layout of the profile, read by form instead"
    yield from _troubles(report)
    if report.detail:
        yield report.detail
    if report.verdict == "ok" and not any(report.counts.get(name) for name in _NEWS):
        yield "nothing new"


def _left_by_others(report: RunReport) -> Iterator[str]:
    """What earlier runs had left to this one."""
    if resumed := report.counts.get("resumed"):
        yield f"went on with an unfinished crawl, which had left {_many(resumed, 'address', 'addresses')}"
    if retries := report.counts.get("retries"):
        yield f"{_many(retries, 'address', 'addresses')} asked for again that had failed before"


def _troubles(report: RunReport) -> Iterator[str]:
    """What was not got and why, and what the portal asks of us."""
    if failed := report.counts.get("failed"):
        missing = f"`danvan coverage {report.portal}` says which are still missing"
        yield f"{_many(failed, 'article', 'articles')} not got; {missing}"
    if report.failures:
        often = sorted(report.failures.items(), key=lambda pair: (-pair[1], pair[0]))
        yield "failures: " + ", ".join(f"{count} × {FAILURE_WORDS.get(kind, kind)}" for kind, count in often)
    if report.not_before:
        yield f"the portal asks for patience until {report.not_before:%Y-%m-%d %H:%M} UTC; the rest comes after that"
    if report.moved_to:
        yield f"its addresses lead to {report.moved_to} now: has it moved? Its profile would need that host"


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _of_files(counts: dict[str, int]) -> str | None:
    """What became of attachments, where there were any."""
    words = {"attachments": "captured", "attachments_unchanged": "not modified", "attachments_failed": "not got",
             "attachments_skipped": "not asked for"}  # fmt: skip
    said = [f"{counts[name]} {word}" for name, word in words.items() if counts.get(name)]
    return f"attachments: {', '.join(said)}" if said else None


def exit_code(reports: Sequence[RunReport]) -> int:
    """1 if any run was suspicious or failed."""
    return int(any(report.verdict != "ok" for report in reports))
