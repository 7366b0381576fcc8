"""The same archive on a PostgreSQL server; its change feed hides what may still be overtaken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from archive.ledger import Verdict, add_capture
from archive.records import SaveOutcome
from archive.repository import Archive
from archive.settings import Home
from tests import postgres
from tests.archive import build

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgres.server() as url:
        yield url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def archive(address: str, tmp_path: Path) -> Iterator[Archive]:
    opened, _ = Archive.create(Home(folder=tmp_path, database_url=address))
    with opened:
        opened.store_portals([build.PORTAL])
        yield opened
        with opened._engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")


def test_article_reads_back_as_it_was_saved(archive: Archive) -> None:
    saved = archive.save(build.entry(), build.text(), build.description())
    [article] = archive.articles([saved.article_id])
    assert (article.text, article.description) == (build.text(), build.description())
    assert archive.save(build.entry(), build.text(), build.description()).outcome is SaveOutcome.UNCHANGED
    assert archive.counts()["captures"] == 2


def test_feed_loses_no_row_of_a_writer_that_commits_late(archive: Archive) -> None:
    from archive.saving import save_article

    slow_url, fast_url = "https://mau.test/slow.html", "https://mau.test/fast.html"
    with archive._engine.begin() as slow:
        entry = build.entry(slow_url)
        capture_id = add_capture(slow, entry, Verdict(kind="article"))
        save_article(slow, portal="mau", url_key=slow_url, province="Thái Nguyên", text=build.text(url=slow_url),
                     description=build.description(), capture_id=capture_id, seen_at=build.NOON)  # fmt: skip
        archive.save(build.entry(fast_url), build.text(url=fast_url), build.description())
        assert archive.changes() == []
    seen = archive.changes()
    assert len(seen) == 2
    assert len({change.article_id for change in seen}) == 2
    assert archive.changes(seen[-1].cursor) == []


def test_down_and_up_again(archive: Archive) -> None:
    from alembic import command

    from archive import database

    with archive._engine.begin() as connection:
        command.downgrade(database.migration_config(archive._engine, connection), "base")
    assert database.migrate(archive.home, archive._engine) == "created"


def test_moves_and_near_duplicates_are_found(archive: Archive) -> None:
    body = " ".join(f"Xóm {n} của xã Tân Lập có {n + 2} hộ hiến đất làm đường." for n in range(12))
    urls = [f"https://mau.test/{number}.html" for number in range(3)]
    for day, url in enumerate(urls):
        at = build.NOON + timedelta(days=day)
        archive.save(build.entry(url, at), build.text(url=url, body=body), build.description())
    assert archive.duplicates.update() == (3, 3)
    assert [len(cluster.members) for cluster in archive.duplicates.clusters()] == [3]
    archive.history.moved(1, urls[1], urls[1], build.NOON + timedelta(days=5))
    archive.remove(2, build.NOON + timedelta(days=6))
    assert archive.history.settle() == 1
    assert archive.history.living_end(1) == 3
    assert [change.moved_to for change in archive.changes()][3:] == [urls[1], None, urls[2]]
    assert [row.article_id for row in archive.history.living("mau")] == [3]


def test_write_that_fails_is_undone_alone_among_those_written_together(archive: Archive) -> None:
    lost = replace(build.entry("https://mau.test/lost.html"), run_id=999)  # there is no such run
    with archive.together():
        archive.save(build.entry(), build.text(), build.description())
        with pytest.raises(IntegrityError):
            archive.enter(lost, Verdict(kind="failed"))
        archive.enter(build.entry("https://mau.test/2.html"), Verdict(kind="failed"))
    assert archive.counts()["captures"] == 2
