"""What crawls, imports and commands ask of fixity; `Archive.fixity` is one register."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from archive import database
from archive.fixity import log
from archive.fixity.findings import Baseline
from archive.records import Capture


class FixityRegister:
    """Digests of files as they come in; the log of checks."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def record_closed(self, name: str, size: int, sha256: str) -> None:
        """Keep the digest of a WARC file that a crawl just closed."""
        self._record(name, size, sha256, "closed")

    def record_imported(self, name: str, size: int, sha256: str) -> None:
        """Keep the digest of a file of others as it was taken in, whole or damaged."""
        self._record(name, size, sha256, "imported")

    def _record(self, name: str, size: int, sha256: str, source: str) -> None:
        with database.writing(self.engine) as connection:
            log.record_file(connection, name, Baseline(size=size, sha256=sha256), source=source)

    def runs(self, limit: int = 10) -> list[log.FixityRun]:
        """The latest checks, newest first."""
        with database.reading(self.engine) as connection:
            return log.read_runs(connection, limit)

    def last_check(self, capture: Capture) -> tuple[datetime, str | None] | None:
        """When a capture was last checked and what was wrong with it; None if never."""
        with database.reading(self.engine) as connection:
            return log.last_check(connection, capture.warc_file, capture.offset)
