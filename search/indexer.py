"""Keeps the index up with the archive: pulls the change feed, rebuilds beside and swaps in.

The archive is the truth. An index of another schema, a damaged or a missing one is rebuilt, never repaired.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.authorities import current_gazetteer
from archive.errors import ArchiveLockedError, StorageError
from archive.repository import Archive
from search.documents import index_document
from search.engines.whoosh_engine import SCHEMA_ID, WhooshEngine, read_state

# A search waits for at most so many changes: 500 articles take about four seconds to index.
CATCH_UP = 500
# One commit; its documents are held in memory (20 kB each with their postings).
BATCH = 500
_CURRENT = "CURRENT"
Progress = Callable[[int, int], None]


class Indexer:
    """The index folder of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._folder = archive.home.index

    def open(self) -> WhooshEngine | None:
        """The current index, or None where there is none of this version; StorageError where it is damaged."""
        folder = self._current()
        if folder is None or read_state(folder).schema != SCHEMA_ID:
            return None
        return WhooshEngine(folder)

    def update(self, progress: Progress | None = None) -> int:
        """Read the feed to its end; builds the index where there is none. Returns the articles written."""
        with self._alone():
            engine = self.open()
            if engine is None:
                return self._rebuild(progress)
            try:
                return self._read_feed(engine, progress)
            finally:
                engine.close()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Fill a new index beside the old one and swap it in."""
        with self._alone():
            return self._rebuild(progress)

    def behind(self, engine: WhooshEngine) -> int:
        """How many changes the index has not read."""
        return self._archive.count_changes(engine.cursor)

    def catch_up(self) -> tuple[WhooshEngine, int]:
        """The index for a search, brought up to date if that is quick and nobody writes; and its lag."""
        engine = self._open_or_build()
        behind = self.behind(engine)
        if 0 < behind <= CATCH_UP:
            try:
                with self._alone():
                    self._read_feed(engine, None)
            except ArchiveLockedError:
                return engine, behind
            return engine, self.behind(engine)
        return engine, behind

    def verify(self) -> list[str]:
        """What is wrong with the index, in words; empty if it holds exactly the archive's articles."""
        engine = self.open()
        if engine is None:
            return ["no index of this version; run `danvan index rebuild`"]
        try:
            problems = (
                [f"{behind} changes behind; run `danvan index update`"] if (behind := self.behind(engine)) else []
            )
            indexed = set(engine.all_ids())
            archived = set(self._archive.article_ids())
        finally:
            engine.close()
        if missing := archived - indexed:
            problems.append(f"{len(missing)} articles are not in the index; run `danvan index rebuild`")
        if extra := indexed - archived:
            problems.append(f"{len(extra)} articles are in the index only; run `danvan index rebuild`")
        return problems

    def _open_or_build(self) -> WhooshEngine:
        try:
            engine = self.open()
        except StorageError:
            if self._archive.count_changes() > CATCH_UP:
                raise
            engine = None  # small enough to build anew while the reader waits
        if engine is None:
            self.rebuild()
            engine = self.open()
        assert engine is not None
        return engine

    def _rebuild(self, progress: Progress | None) -> int:
        folder = self._folder / f"whoosh-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        engine = WhooshEngine.create(folder)
        try:
            count = self._read_feed(engine, progress)
        except BaseException:
            engine.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        engine.close()
        self._swap_in(folder)
        return count

    def _read_feed(self, engine: WhooshEngine, progress: Progress | None) -> int:
        """In batches of one commit each; an article changed twice in a batch is written once."""
        done = written = 0
        total = self.behind(engine)
        while changes := self._archive.changes(engine.cursor, BATCH):
            ids = sorted({change.article_id for change in changes})
            documents = (index_document(article, current_gazetteer()) for article in self._archive.articles(ids))
            written += engine.write(documents, (), changes[-1].cursor)
            done += len(changes)
            if progress:
                progress(done, total)
        return written

    def _current(self) -> Path | None:
        try:
            folder = self._folder / (self._folder / _CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if not folder.is_dir():
            raise StorageError(f"the index {folder} is missing; run `danvan index rebuild`, nothing is lost")
        return folder

    def _swap_in(self, folder: Path) -> None:
        """Point to the new folder in one rename, then drop the others."""
        beside = self._folder / f"{_CURRENT}.new"
        beside.write_text(folder.name, encoding="ascii")
        os.replace(beside, self._folder / _CURRENT)
        for old in self._folder.glob("whoosh-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer of this index folder at a time, over processes; a dead one's lock is free."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            stream = open(self._folder / "LOCK", "w")  # noqa: SIM115 (the lock lives as long as the stream)
        except OSError as error:
            raise StorageError(
                f"{self._folder}: cannot be written ({error.strerror}); check its permissions"
            ) from error
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ArchiveLockedError(f"the index in {self._folder} is being written; try again shortly") from error
            yield
