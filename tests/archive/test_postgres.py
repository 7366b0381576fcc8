"""The same archive on a PostgreSQL server; its change feed hides what may still be overtaken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
    from archive.ledger import Verdict, add_capture
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
