"""Migrations, writers that wait for each other, and one-line errors."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from archive import database
from archive.errors import ArchiveNewerError, StorageError
from archive.models import Base
from archive.repository import Archive
from archive.views import VIEWS
from tests.archive import build


def test_migrations_make_the_models_exactly(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive, archive._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert set(inspect(connection).get_view_names()) == set(VIEWS)


def test_down_and_up_again_leaves_the_same_schema(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        engine = archive._engine
        with engine.begin() as connection:
            command.downgrade(database.migration_config(engine, connection), "base")
        assert database.revision_state(engine) == "empty"
        assert database.migrate(archive.home, engine) == "created"


def test_newer_archive_is_refused_and_untouched(tmp_path: Path) -> None:
    home = build.new_home(tmp_path)
    build.new_archive(tmp_path).close()
    engine = database.make_engine(home)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(ArchiveNewerError, match="newer danvan"):
        Archive.open(home)


def test_damaged_database_is_one_line(tmp_path: Path) -> None:
    home = build.new_home(tmp_path)
    home.folder.joinpath("archive.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match="damaged"):
        Archive.open(home)


def test_six_writers_lose_nothing(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:

        def write(worker: int) -> None:
            for number in range(10):
                url = f"https://mau.test/{worker}-{number}.html"
                archive.save(build.entry(url), build.text(url=url), build.description())

        threads = [threading.Thread(target=write, args=(worker,)) for worker in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert archive.counts()["articles"] == 60
        assert [change.cursor for change in archive.changes()] == [f"0-{seq}" for seq in range(1, 61)]
