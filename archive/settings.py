"""Where the archive lives; the only place of this package that reads the environment.

`DANVAN_HOME`          folder of archive.db, warc/, index/ and runs/; default ./danvan-data
`DANVAN_DATABASE_URL`  a PostgreSQL address instead of archive.db
`DANVAN_ARCHIVE_ID`    who keeps the archive, in the identifiers of captures; a host name is best; default danvan
`DANVAN_TOPIC`         a topic file, or the name of a shipped one; default dan-van
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError

BUSY_SECONDS = 10  # a writer waits so long for another; saving one article takes about 2 ms


@dataclass(frozen=True, kw_only=True)
class Home:
    """The folder of one archive, and the address of its database."""

    folder: Path
    database_url: str

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    @property
    def gazetteer(self) -> Path:
        """The gazetteer with a list laid over it, where one was imported."""
        return self.folder / "gazetteer.tsv.gz"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def current_topic() -> str:
    """The topic by which articles are judged: a shipped name or a file's path."""
    return os.environ.get("DANVAN_TOPIC") or "dan-van"


def current_archive_id() -> str:
    """The archive's name in persistent identifiers; UsageError where a URN cannot hold it."""
    name = os.environ.get("DANVAN_ARCHIVE_ID") or "danvan"
    if not re.fullmatch(r"[A-Za-z0-9._~-]+", name):
        raise UsageError(
            f"DANVAN_ARCHIVE_ID={name[:40]!r}: only letters without tones, digits and . _ ~ - may stand in it"
        )
    return name


def current_home(folder: Path | str | None = None) -> Home:
    """The home named by the argument, else by the environment; its folder is made absolute, not created."""
    path = Path(folder or os.environ.get("DANVAN_HOME") or "danvan-data").absolute()
    url = os.environ.get("DANVAN_DATABASE_URL") or f"sqlite:///{path / 'archive.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    return Home(folder=path, database_url=url)
