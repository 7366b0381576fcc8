"""The reports of imports and replays on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from crawler.past.importing import ImportReport
from crawler.past.replaying import ReadingChange, ReplayReport
from crawler.past.tally import FileReport
from crawler.reports import print_reports

_COLUMNS = ("captured", "fetched", "new", "changed", "earlier", "unchanged", "removed", "rejected")
_REPLAYED = ("captured", "reread", "adopted", "rejudged", "parted", "no-article", "unchanged")
_HOSTS = 5
_EXAMPLES = 10


def print_import(report: ImportReport, console: Console) -> None:
    """The runs as a crawl's, then every file with what was not taken from it and why."""
    if report.runs:
        print_reports(report.runs, console, _COLUMNS)
    for file in report.files:
        for line in _about(file):
            console.print(f"{file.file}: {line}", soft_wrap=True, highlight=False, markup=False)


def _about(file: FileReport) -> Iterator[str]:
    said = f"{file.records:,} records, {file.added:,} captures added"
    if file.known:
        said += f", {file.known:,} were in the archive already"
    if not file.added:
        said += "; nothing added"
    kept = f"; kept as warc/{file.stored_as}" if file.stored_as else "; not kept"
    yield said + kept + (", its records packed one by one" if file.stored_as and file.is_repacked else "")
    if file.elsewhere:
        hosts = [f"{host} ({count:,})" for host, count in list(file.elsewhere.items())[:_HOSTS]]
        more = f" and {len(file.elsewhere) - _HOSTS} more" if len(file.elsewhere) > _HOSTS else ""
        total = sum(file.elsewhere.values())
        yield f"{total:,} responses of hosts of no portal: {', '.join(hosts)}{more}; --portal KEY takes them"
    if file.unusable:
        yield "not usable: " + ", ".join(f"{count:,} {why}" for why, count in sorted(file.unusable.items()))
    yield from file.examples
    if file.torn_at is not None:
        yield f"torn at byte {file.torn_at:,}: the whole records before it were taken; get the file again for the rest"


def print_replay(report: ReplayReport, console: Console) -> None:
    """The runs, the fields that read differently by portal, and examples."""
    for portal, count in report.left_out.items():
        why = "no profile here to read them by; DANVAN_PROFILES names a folder of yours"
        console.print(f"{portal}: {count:,} captures left out, {why}", soft_wrap=True, highlight=False, markup=False)
    if not report.runs:
        console.print("no captures to read again", highlight=False)
        return
    print_reports(report.runs, console, _REPLAYED)
    for portal, counts in report.fields.items():
        said = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        console.print(f"{portal}: read differently: {said}", soft_wrap=True, highlight=False, markup=False)
    for portal, count in report.attachments.items():
        console.print(f"{portal}: {count:,} attachments say something else now", highlight=False, markup=False)
    for change in report.changes[:_EXAMPLES]:
        console.print(_said(change), soft_wrap=True, highlight=False, markup=False)
    if (more := len(report.changes) - _EXAMPLES) > 0:
        console.print(f"… and {more:,} more" + (f" in {report.log}" if report.log else "; --json lists them"))
    for line in report.damaged:
        console.print(f"not read: {line}", soft_wrap=True, highlight=False, markup=False)
    if report.is_dry:
        console.print("nothing was changed: this was a dry run", highlight=False)


def _said(change: ReadingChange) -> str:
    where = f"article {change.article} version {change.version}" if change.article else f"capture {change.capture}"
    match change.what:
        case "reread":
            return f"{where}: {', '.join(change.fields)}"
        case "parted":
            return f"{where}: capture {change.capture} no longer reads like the version's first"
        case "no-article":
            return f"{where}: reads as {change.kind_after} now ({change.reason}); kept"
    return f"{where}: {change.kind_before} → {change.kind_after}  {change.url}"
