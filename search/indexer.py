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
from threading import Lock

from archive.authorities import current_gazetteer
from archive.errors import ArchiveLockedError, StorageError
from archive.repository import Archive
from search.documents import IndexDocument, index_document
from search.engines.base import Engine
from search.engines.choice import Choice, chosen
from search.engines.folder import read_state, sync

# A search waits for at most so many changes: 500 articles take about a second to index.
CATCH_UP = 500
# Read from the archive at a time; a search that catches up, and an update, commit after as many.
BATCH = 500
# One commit of a rebuild. Many small ones would be joined again; of one for all, nothing would be seen for minutes.
REBUILD_BATCH = 50_000
# A search builds a missing index itself if it waits no longer than some ten seconds for it.
BUILD_WHILE_WAITING = 5_000
Progress = Callable[[int, int], None]


class Indexer:
    """The index folder of one archive, for the engine that the settings name.

    The open index is kept between searches; what another process wrote, or swapped in, is seen by the next one.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._folder = archive.home.index
        self._opened: tuple[Path, Engine] | None = None
        self._opening = Lock()

    def open(self) -> Engine | None:
        """The current index, or None where there is none of this version; StorageError where it is damaged."""
        choice = chosen()
        folder = self._current(choice)
        with self._opening:
            if folder is None or read_state(folder).schema != choice.schema:
                self._opened = None
                return None
            if self._opened is None or self._opened[0] != folder:
                self._opened = None
                self._opened = folder, choice.open(folder)
            engine = self._opened[1]
            engine.refresh()
            return engine

    def update(self, progress: Progress | None = None) -> int:
        """Read the feed to its end; builds the index where there is none. Returns the articles written."""
        with self._alone():
            engine = self.open()
            if engine is None:
                return self._rebuild(progress)
            written = self._read_feed(engine, BATCH, progress)
            engine.maintain()
            return written

    def rebuild(self, progress: Progress | None = None) -> int:
        """Fill a new index beside the old one and swap it in."""
        with self._alone():
            return self._rebuild(progress)

    def behind(self, engine: Engine) -> int:
        """How many changes the index has not read."""
        return self._archive.count_changes(engine.cursor)

    def catch_up(self) -> tuple[Engine, int]:
        """The index for a search, brought up to date if that is quick and nobody writes; and its lag."""
        engine = self._open_or_build()
        behind = self.behind(engine)
        if 0 < behind <= CATCH_UP:
            try:
                with self._alone():
                    self._read_feed(engine, BATCH, None)
            except ArchiveLockedError:
                return engine, behind
            return engine, self.behind(engine)
        return engine, behind

    def verify(self) -> list[str]:
        """What is wrong with the index, in words; empty if it holds exactly the archive's articles."""
        engine = self.open()
        if engine is None:
            return ["no index of this version; run `danvan index rebuild`"]
        problems = engine.verify()
        if behind := self.behind(engine):
            problems.append(f"{behind} changes behind; run `danvan index update`")
        indexed, archived = set(engine.all_ids()), set(self._archive.article_ids())
        if missing := archived - indexed:
            problems.append(f"{len(missing)} articles are not in the index; run `danvan index rebuild`")
        if extra := indexed - archived:
            problems.append(f"{len(extra)} articles are in the index only; run `danvan index rebuild`")
        return problems

    def _open_or_build(self) -> Engine:
        try:
            engine = self.open()
        except StorageError:
            if self._archive.count_changes() > CATCH_UP:
                raise
            engine = None  # small enough to build anew while the reader waits
        if engine is None:
            if (changes := self._archive.count_changes()) > BUILD_WHILE_WAITING:
                raise StorageError(
                    f"there is no index of this version, and {changes:,} changes are to be read; "
                    "run `danvan index update`"
                )
            self.rebuild()
            engine = self.open()
        assert engine is not None
        return engine

    def _rebuild(self, progress: Progress | None) -> int:
        choice = chosen()
        folder = self._folder / f"{choice.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        engine = choice.create(folder)
        try:
            count = self._read_feed(engine, REBUILD_BATCH, progress)
            engine.maintain()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._swap_in(choice, folder)
        return count

    def _read_feed(self, engine: Engine, at_once: int, progress: Progress | None) -> int:
        """In commits of so many changes; an article changed twice in one is written once."""
        done = written = 0
        total = self.behind(engine)
        while changes := self._archive.changes(engine.cursor, at_once):
            ids = sorted({change.article_id for change in changes})
            written += engine.write(self._documents(ids, done, total, progress), (), changes[-1].cursor)
            done += len(changes)
            if progress:
                progress(done, total)
        return written

    def _documents(self, ids: list[int], done: int, total: int, progress: Progress | None) -> Iterator[IndexDocument]:
        gazetteer = current_gazetteer()
        for first in range(0, len(ids), BATCH):
            articles = self._archive.articles(ids[first : first + BATCH])
            yield from (index_document(article, gazetteer) for article in articles)
            if progress:
                progress(min(done + first, total), total)

    def _current(self, choice: Choice) -> Path | None:
        try:
            folder = self._folder / _pointer(choice, self._folder).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if not folder.is_dir():
            raise StorageError(f"the index {folder} is missing; run `danvan index rebuild`, nothing is lost")
        return folder

    def _swap_in(self, choice: Choice, folder: Path) -> None:
        """Point to the new folder in one rename, then drop the engine's others."""
        pointer = _pointer(choice, self._folder)
        beside = pointer.with_name(f"{pointer.name}.new")
        beside.write_text(folder.name, encoding="ascii")
        sync([beside, folder])
        os.replace(beside, pointer)
        sync([self._folder])
        for old in self._folder.glob(f"{choice.name}-*"):
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


def _pointer(choice: Choice, folder: Path) -> Path:
    """The file that names an engine's folder in use."""
    return folder / f"CURRENT-{choice.name}"
