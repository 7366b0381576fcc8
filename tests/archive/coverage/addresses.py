"""Addresses in every state, put into a real archive by what crawls, imports and lists call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from archive.frontier.records import Setback, Sighting, Task, TaskKind
from archive.ledger import Entry, Verdict
from archive.repository import Archive
from tests.archive import build

AUGUST = datetime(2025, 8, 10, 5, 0, tzinfo=UTC)
STATES = ("waiting", "skipped", "robots", "failed", "HTTP 404", "off-topic", "blank", "list", "archived", "removed",
          "off-topic then 404")  # fmt: skip
# What each is to be counted as: state and reason.
COUNTED = {
    "waiting": ("waiting", None),
    "skipped": ("skipped", "none of the portal's sections"),
    "robots": ("skipped", "Forbidden by robots.txt"),
    "failed": ("failed", "HTTP 503"),
    "HTTP 404": ("failed", "HTTP 404"),
    "off-topic": ("off_topic", None),
    "blank": ("failed", "next to nothing"),
    "list": ("rejected", "list"),
    "archived": ("archived", None),
    "removed": ("archived", None),
    "off-topic then 404": ("off_topic", None),
}
# Without a list nothing is known of an address but what its page said.
UNLISTED_STATES = ("off-topic", "list", "archived", "removed", "off-topic then 404")


def put(
    archive: Archive, number: int, state: str, *, day: date | None, is_listed: bool = True, at: datetime = AUGUST
) -> None:
    """One address of portal `mau` in a state."""
    url = f"https://mau.test/{number}.html"
    run_id = archive.begin_run("mau", "all", is_full=True)
    task = Task(key=url, url=url, kind=TaskKind.ARTICLE)
    if is_listed:
        _list(archive, run_id, url, day, "none of the portal's sections" if state == "skipped" else None)
    if state == "robots":
        archive.frontier.skip("mau", run_id, task, "Forbidden by robots.txt")
    elif state in ("failed", "blank"):
        if state == "blank":
            _enter(archive, url, Verdict(kind="blank", reason="next to nothing"), at)
        failure = "HTTP 503" if state == "failed" else "next to nothing"
        archive.frontier.set_back("mau", run_id, task, Setback(failure=failure, not_before=None))
    elif state == "list":
        _enter(archive, url, Verdict(kind="list", reason="links and hardly any text"), at)
    elif state.startswith("off-topic"):
        _enter(archive, url, Verdict(kind="off-topic", reason="score 0.10", score=0.1), at)
    elif state in ("archived", "removed"):
        saved = archive.save(_entry(url, at), build.text(url=url, day=day), build.description())
        if state == "removed":
            archive.remove(saved.article_id, at)
    if state.endswith("404"):
        _enter(archive, url, Verdict(kind="failed", reason="HTTP 404"), at.replace(hour=6))
    finish(archive, run_id, "ok", at)


def finish(archive: Archive, run_id: int, verdict: str, at: datetime, detail: str | None = None) -> None:
    """End a run, as if it had begun and ended at a moment."""
    from archive.models import RunRow
    from archive.records import RunReport
    from archive.saving import stamp

    archive.finish_run(
        RunReport(run_id=run_id, portal="mau", started_at=at, finished_at=at, scope="all", verdict=verdict, counts={},
                  rejected={}, detail=detail)
    )  # fmt: skip
    with archive._engine.begin() as connection:
        change = RunRow.__table__.update().where(RunRow.id == run_id)  # type: ignore[attr-defined]
        connection.execute(change.values(started_at=stamp(at)))


def crawl(archive: Archive, at: datetime, verdict: str = "ok", detail: str | None = None) -> None:
    """One crawl of `mau` that found nothing."""
    finish(archive, archive.begin_run("mau", "all", is_full=True), verdict, at, detail)


def noise(archive: Archive) -> None:
    """What a crawl captures besides: lists, robots.txt, redirects, a check's look; none is an article's address."""
    for number, kind in enumerate(("discovery", "resource", "redirect", "failed", "check")):
        _enter(archive, f"https://mau.test/khac/{number}", Verdict(kind=kind, reason="HTTP 500"), AUGUST)


def _list(archive: Archive, run_id: int, url: str, day: date | None, skipped: str | None) -> None:
    listing = Task(key=f"list of {url}", url="https://mau.test/", kind=TaskKind.LIST)
    archive.frontier.begin("mau", "all", [listing])
    [taken] = archive.frontier.take("mau", "all", run_id, 1)
    seen = Sighting(url_key=url, url=url, title="Dân vận khéo", day=day, found_in="list", skipped=skipped)
    archive.frontier.record_list("mau", "all", run_id, taken, sightings=[seen], wanted=[], follow=[])
    archive.frontier.end("mau", "all", run_id, is_over=True)


def _enter(archive: Archive, url: str, verdict: Verdict, at: datetime) -> None:
    archive.enter(_entry(url, at), verdict)


def _entry(url: str, at: datetime) -> Entry:
    return replace(build.entry(url, at), portal="mau")
