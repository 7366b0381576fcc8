"""What a run's counts mean, and how its report looks on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

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
    if moved := report.counts.get("moved"):
        yield f"{moved} {'article' if moved == 1 else 'articles'} moved to another address"
    if report.rejected:
        yield "not archived: " + ", ".join(f"{count} {why}" for why, count in sorted(report.rejected.items()))
    if missed := report.counts.get("no_layout"):
        said = "1 article fitted" if missed == 1 else f"{missed} articles fitted"
        yield f"{said} no layout of the profile, read by form instead"
    if report.detail:
        yield report.detail
    if report.verdict == "ok" and not any(report.counts.get(name) for name in _NEWS):
        yield "nothing new"


def exit_code(reports: Sequence[RunReport]) -> int:
    """1 if any run was suspicious or failed."""
    return int(any(report.verdict != "ok" for report in reports))
