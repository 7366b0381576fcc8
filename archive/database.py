"""Opening the archive's database: engine set-up, migrations, and their one-line errors.

SQLite runs in WAL mode and every transaction that may write begins IMMEDIATE: with plain BEGIN 131 of 360
read-modify-write transactions of six threads were lost, with IMMEDIATE none.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from archive.errors import ArchiveLockedError, ArchiveMissingError, ArchiveNewerError, StorageError
from archive.settings import BUSY_SECONDS, Home
from archive.views import create_views, drop_views

_PRAGMAS = ("journal_mode=wal", "foreign_keys=on", "synchronous=normal", "temp_store=memory")


def make_engine(home: Home) -> Engine:
    """An engine for the home's database, its SQLite connections configured."""
    if home.database_file is None:
        return create_engine(home.database_url, pool_pre_ping=True)
    engine = create_engine(home.database_url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # sqlite3 must not open transactions itself
    for pragma in _PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


# The transaction that `together` keeps open, with whose engine it is.
_open: ContextVar[tuple[Engine, Connection] | None] = ContextVar("open", default=None)


@contextmanager
def together(engine: Engine) -> Iterator[None]:
    """Every read and write inside is one transaction: hundreds of pages then cost one commit."""
    with writing(engine) as connection:
        token = _open.set((engine, connection))
        try:
            yield
        finally:
            _open.reset(token)


def _opened(engine: Engine) -> Connection | None:
    found = _open.get()
    return found[1] if found and found[0] is engine else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads and never waits for a writer."""
    if opened := _opened(engine):
        yield opened
        return
    with translated(), engine.connect().execution_options(reads_only=True) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; all or nothing. Inside `together` a part of that one."""
    if opened := _opened(engine):
        if engine.dialect.name == "sqlite":  # one writer: no conflict that a part would have to be undone for
            yield opened
        else:
            with opened.begin_nested():
                yield opened
        return
    with translated(), engine.begin() as connection:
        yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Database failures as our errors, with what to do next."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
        if "locked" in said:
            raise ArchiveLockedError(
                f"the archive is being written by another process for more than {BUSY_SECONDS} s; "
                "wait for it to end, then run the command again"
            ) from error
        if any(sign in said for sign in ("disk is full", "No space left", "readonly", "unable to open")):
            raise StorageError(
                f"the archive cannot be written ({said}); free space or permissions, then run again"
            ) from error
        if any(sign in said for sign in ("malformed", "not a database")):
            raise StorageError(f"the archive database is damaged ({said}); restore it from a copy") from error
        if "connection" in said.lower() and error.connection_invalidated is not None:
            raise StorageError(f"no connection to the database ({said}); is the server running?") from error
        raise


def migration_config(engine: Engine, connection: Connection | None = None) -> Config:
    """Alembic's configuration for the scripts in this package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    config.attributes["connection"] = connection
    return config


def revision_state(engine: Engine) -> str:
    """`current`, `empty`, `older` or `newer`: the database's schema against this program's."""
    scripts = ScriptDirectory.from_config(migration_config(engine))
    with reading(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return "empty"
    if found == scripts.get_current_head():
        return "current"
    known = {script.revision for script in scripts.walk_revisions()}
    return "older" if found in known else "newer"


def migrate(home: Home, engine: Engine) -> str:
    """Create or migrate the schema; returns `created`, `migrated` or `current`. A SQLite file is copied first."""
    state = revision_state(engine)
    if state == "newer":
        raise ArchiveNewerError(_newer(home))
    if state == "current":
        with writing(engine) as connection:  # DANVAN_ARCHIVE_ID may be another today
            drop_views(connection)
            create_views(connection)
        return "current"
    if state == "older" and home.database_file:
        shutil.copy2(home.database_file, home.database_file.with_suffix(".db.before-migration"))
    with translated(), engine.begin() as connection:
        command.upgrade(migration_config(engine, connection), "head")
    return "created" if state == "empty" else "migrated"


def require_current(home: Home, engine: Engine) -> None:
    """Raise unless the archive exists and has this program's schema."""
    if home.database_file and not home.database_file.exists():
        raise ArchiveMissingError(f"no archive in {home.folder}; run `danvan init` there, or set DANVAN_HOME")
    state = revision_state(engine)
    if state == "empty":
        raise ArchiveMissingError(f"no archive in {_where(home)}; run `danvan init`")
    if state == "newer":
        raise ArchiveNewerError(_newer(home))
    if state == "older":
        raise ArchiveMissingError(f"the archive in {_where(home)} is of an older danvan; run `danvan init` to migrate")


def _newer(home: Home) -> str:
    return f"the archive in {_where(home)} is of a newer danvan; update danvan, nothing was changed"


def _where(home: Home) -> str:
    return str(home.folder) if home.database_file else "the PostgreSQL database of DANVAN_DATABASE_URL"
