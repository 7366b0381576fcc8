"""Attachments in the archive: linked with their article, told of in the feed when they say something else, asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from archive import database
from archive.attachments import asking
from archive.attachments.records import AttachedFile, AttachmentText
from archive.frontier.records import Setback, Task, TaskKind
from archive.repository import Archive
from archive.settings import Home
from tests import postgres
from tests.archive import build

PAGE, PLAN, OTHER = "https://mau.test/1.html", "https://mau.test/ke-hoach.pdf", "https://mau.test/khac.pdf"
FILES = [
    AttachedFile(url=PLAN, role="document", label="Kế hoạch"),
    AttachedFile(url=OTHER, role="document"),
]
TEXT = AttachmentText(media_type="application/pdf", text="Trồng chè hữu cơ", pages=2, method="pdfium")
LATER, LAST = build.NOON + timedelta(days=1), build.NOON + timedelta(days=2)
ARTICLE = Task(key=PAGE, url=PAGE, kind=TaskKind.ARTICLE)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        yield opened


def save(archive: Archive, files: list[AttachedFile], at: datetime = build.NOON, **more: Any) -> None:
    entry = replace(build.entry(PAGE, at), task=more.pop("task", None))
    archive.save(entry, build.text(**more), build.description(), files)


def captured(archive: Archive, read: AttachmentText = TEXT, at: datetime = build.NOON, url: str = PLAN) -> bool:
    return archive.attachments.save(build.entry(url, at), 1234, read)


def changes(archive: Archive) -> list[tuple[str, int]]:
    return [(change.op, change.version) for change in archive.changes()]


def test_article_has_its_files_in_the_pages_order_with_what_was_read(archive: Archive) -> None:
    save(archive, FILES)
    captured(archive)
    [article] = archive.articles([1])
    plan, other = article.attachments
    assert (plan.url, plan.label, plan.text, plan.pages, plan.size) == (PLAN, "Kế hoạch", TEXT.text, 2, 1234)
    assert (plan.version, plan.captured_at, plan.payload_digest) == (1, build.NOON, "sha1:AAAA")
    assert (other.url, other.captured_at, other.text) == (OTHER, None, None)


def test_feed_tells_of_an_article_whose_file_says_something_else(archive: Archive) -> None:
    save(archive, FILES)
    assert captured(archive)
    assert changes(archive) == [("upsert", 1)] * 2
    assert not captured(archive, at=LATER)
    assert changes(archive) == [("upsert", 1)] * 2
    assert captured(archive, replace(TEXT, text="Nuôi ong"), LAST)
    assert not captured(archive, TEXT, LATER)  # came late, and is older than what is known
    assert changes(archive) == [("upsert", 1)] * 3
    assert archive.articles([1])[0].attachments[0].text == "Nuôi ong"


def test_feed_says_nothing_of_a_removed_article(archive: Archive) -> None:
    save(archive, FILES)
    archive.remove(1, LATER)
    captured(archive, at=LATER)
    assert changes(archive) == [("upsert", 1), ("remove", 1)]


def test_file_that_the_page_lost_is_gone_and_may_come_back(archive: Archive) -> None:
    save(archive, FILES)
    captured(archive)
    save(archive, FILES[1:], LATER)
    other, plan = archive.articles([1])[0].attachments
    assert (plan.url, plan.gone_at, other.gone_at) == (PLAN, LATER, None)
    save(archive, FILES, LAST)
    assert [file.gone_at for file in archive.articles([1])[0].attachments] == [None, None]
    assert changes(archive) == [("upsert", 1)] * 4  # new, read, gone, back


def test_older_page_leaves_what_the_newest_attaches(archive: Archive) -> None:
    save(archive, FILES[:1], LATER)
    save(archive, FILES[1:], build.NOON, body="Một bản cũ hơn của bài này.")
    assert [(file.url, file.gone_at) for file in archive.articles([1])[0].attachments] == [(PLAN, None), (OTHER, LATER)]


def test_page_that_nobody_searched_for_files_leaves_them(archive: Archive) -> None:
    save(archive, FILES)
    archive.save(build.entry(PAGE, LATER), build.text(), build.description())
    assert len(archive.articles([1])[0].attachments) == 2


def crawl(archive: Archive) -> tuple[int, Task]:
    """A running crawl that has taken the article's task."""
    run_id = archive.begin_run("mau", "all", is_full=True)
    archive.frontier.begin("mau", "all", [ARTICLE], retries=False)
    [task] = archive.frontier.take("mau", "all", run_id, 1)
    return run_id, task


def test_files_are_queued_with_their_article_each_once(archive: Archive) -> None:
    run_id, task = crawl(archive)
    save(archive, [*FILES, replace(FILES[0], url="https://la.test/a.pdf", skipped="elsewhere")], task=task)
    queued = archive.frontier.take("mau", "all", run_id, 10)
    assert [(one.kind, one.url, one.asked) for one in queued] == [
        (TaskKind.ATTACHMENT, url, {"role": "document"}) for url in (PLAN, OTHER)
    ]
    save(archive, FILES, LATER, task=task)
    assert archive.frontier.take("mau", "all", run_id, 10) == []


def test_article_that_was_not_modified_has_its_files_asked_for(archive: Archive) -> None:
    save(archive, FILES)
    run_id, task = crawl(archive)
    archive.touch(replace(build.entry(PAGE, LATER), task=task), 1)
    assert [one.url for one in archive.frontier.take("mau", "all", run_id, 10)] == [PLAN, OTHER]


def test_nothing_is_queued_where_the_article_cannot_be_saved(archive: Archive) -> None:
    run_id, task = crawl(archive)
    broken = [replace(FILES[0], role=None)]  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        save(archive, broken, task=task)
    assert archive.frontier.take("mau", "all", run_id, 10) == []
    assert archive.articles([1]) == []


def due(archive: Archive, at: datetime) -> list[str]:
    """The files that a crawl begun at a moment asks for by itself."""
    with database.writing(archive.fixity.engine) as connection:
        connection.execute(sql("DELETE FROM frontier"))
        return [task.url for task in asking.due(connection, "mau", at, 10)]


def test_failed_file_has_its_reason_and_its_time(archive: Archive) -> None:
    run_id, task = crawl(archive)
    save(archive, FILES, task=task)
    plan, other = archive.frontier.take("mau", "all", run_id, 10)
    archive.frontier.set_back("mau", run_id, plan, Setback(failure="HTTP 503", not_before=LATER))
    archive.frontier.skip("mau", run_id, other, "robots.txt forbids it")
    shown = {file.url: file.failure for file in archive.articles([1])[0].attachments}
    assert shown == {PLAN: "HTTP 503", OTHER: "robots.txt forbids it"}
    assert due(archive, build.NOON) == []
    assert due(archive, LAST) == [PLAN]
    captured(archive, at=LAST)
    assert due(archive, datetime.now(UTC)) == []
    assert archive.articles([1])[0].attachments[0].failure is None


def test_file_that_was_never_asked_for_is_due(archive: Archive) -> None:
    save(archive, FILES)  # by an import: there is no crawl
    assert due(archive, LATER) == [PLAN, OTHER]


@pytest.mark.postgres
def test_the_same_on_postgresql(tmp_path: Path) -> None:
    with postgres.server() as url:
        home = Home(folder=tmp_path, database_url=url)
        archive, _ = Archive.create(home)
        with archive:
            archive.store_portals([build.PORTAL])
            run_id, task = crawl(archive)
            save(archive, FILES, task=task)
            captured(archive)
            save(archive, FILES[1:], LATER)
            assert [one.url for one in archive.frontier.take("mau", "all", run_id, 10)] == [PLAN, OTHER]
            assert changes(archive) == [("upsert", 1)] * 3
            with database.reading(archive.fixity.engine) as connection:
                told = connection.execute(sql("SELECT url, text, gone_at FROM v1_attachment ORDER BY url")).all()
            assert [tuple(row) for row in told] == [(PLAN, TEXT.text, told[0].gone_at), (OTHER, None, None)]
