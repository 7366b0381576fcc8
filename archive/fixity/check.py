"""A run of `danvan verify`: every WARC file, then every row, each finding logged as it is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from archive import database
from archive.fixity import log
from archive.fixity.files import FileCheck, size_of
from archive.fixity.findings import Baseline, Finding
from archive.fixity.reread import Reread
from archive.fixity.rows import RowCheck
from archive.fixity.scope import BATCH, Scope, snapshot
from archive.models import CaptureRow
from archive.settings import Home

_LOGGED_TOGETHER = 50  # a commit takes 2 ms; a run that is killed loses at most these
Progress = Callable[[str, int, int], None]  # what is read, how far, of how much


def batched(findings: Iterator[Finding], size: int) -> Iterator[list[Finding]]:
    """Findings in lists of a size, the last one shorter."""
    while found := list(islice(findings, size)):
        yield found


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


class Check:
    """One run. `findings` does the work; `counts` is complete when it has ended."""

    def __init__(self, home: Home, engine: Engine, scope: Scope, progress: Progress | None = None,
                 reread: Reread | None = None) -> None:  # fmt: skip
        self._home, self._engine, self._scope, self._reread = home, engine, scope, reread
        self._progress = progress or _silent
        self.counts: Counter[str] = Counter(damage=0, notices=0)
        self.run_id = 0

    def findings(self) -> Iterator[Finding]:
        """Check everything in scope; each finding is in the log before it is yielded."""
        since = self._scope.since.isoformat() if self._scope.since else None
        with database.writing(self._engine) as connection:
            self.run_id = log.begin(connection, {"portals": list(self._scope.portals), "since": since})
        for found in batched(self._all(), _LOGGED_TOGETHER):
            with database.writing(self._engine) as connection:
                log.add_findings(connection, self.run_id, found)
            for finding in found:
                self.counts["damage" if finding.is_damage else "notices"] += 1
                yield finding
        with database.writing(self._engine) as connection:
            log.finish(connection, self.run_id, self.counts)

    def _all(self) -> Iterator[Finding]:
        yield from self._files()
        rows = RowCheck(self._engine, self._scope)
        rows.advance = self._advancing("rows", rows.total())
        yield from rows.findings()
        self.counts.update(rows.counts)
        if self._reread is not None:
            yield from self._reread.findings(self._advancing("versions read again", rows.counts["version"]))
            self.counts.update(reread=self._reread.read, unread=self._reread.unread)

    def _files(self) -> Iterator[Finding]:
        named = self._named()
        paths = {name: _path(self._home.warc, name) for name in named}
        on_disk = {path.name.removesuffix(".open"): path for path in sorted(self._home.warc.glob("*.warc*"))}
        others = {name: path for name, path in on_disk.items() if name not in paths} if self._scope.is_all else {}
        advance = self._advancing("WARC bytes", sum(map(size_of, [*paths.values(), *others.values()])))
        for name in paths:
            yield from self._file(name, advance)
        for name, path in others.items():
            yield Finding(kind="file-unnamed", detail=f"{size_of(path):,} bytes", file=name)
            yield from self._file(name, advance)

    def _file(self, name: str, advance: Callable[[int], None]) -> Iterator[Finding]:
        path = _path(self._home.warc, name)  # again: a crawl may have closed it since
        with snapshot(self._engine) as connection:
            baseline = log.baseline(connection, name)
        if not path.exists():
            urls = next(self._rows(name), None)
            yield Finding(kind="file-missing", detail="is not there", file=name, url=urls.url if urls else None)
            return
        check = FileCheck(path, name, rows=self._rows(name), baseline=baseline, has_original=self._has_original,
                          advance=advance)  # fmt: skip
        yield from check.findings()
        self.counts.update(files=1, records=check.records, captures_proven=check.captures, bytes=check.size)
        is_sound = check.is_whole and path.suffix != ".open"
        with database.writing(self._engine) as connection:
            if is_sound:
                found = Baseline(size=check.size, sha256=check.sha256)
                log.record_file(connection, name, found, source="verified")
            log.mark_checked(connection, name)

    def _named(self) -> list[str]:
        query = select(CaptureRow.warc_file).where(*self._scope.captures()).distinct().order_by(CaptureRow.warc_file)
        with snapshot(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def _rows(self, name: str) -> Iterator[Any]:
        """All captures of a file by offset, whatever the scope: a file is read as a whole."""
        table = CaptureRow.__table__
        with snapshot(self._engine) as connection:  # a crawl goes on writing: its later records were not read
            query = select(func.max(table.c.id)).where(table.c.warc_file == name)
            newest = connection.execute(query).scalar_one() or 0
        last = (-1, -1)
        while True:
            place = (table.c.warc_offset > last[0]) | ((table.c.warc_offset == last[0]) & (table.c.id > last[1]))
            query = select(table).where(table.c.warc_file == name, table.c.id <= newest, place)
            with snapshot(self._engine) as connection:
                rows = connection.execute(query.order_by(table.c.warc_offset, table.c.id).limit(BATCH)).all()
            rows = [row for row in rows if isinstance(row.warc_offset, int)]  # another is found by its seal
            yield from rows
            if not rows:
                return
            last = (rows[-1].warc_offset, rows[-1].id)

    def _has_original(self, digest: str, url: str | None, moment: str | None) -> bool:
        """By digest, else by address and time, as some crawlers refer."""
        by_digest = CaptureRow.payload_digest == digest
        when = (moment or "").replace("Z", "+00:00")
        by_place = (CaptureRow.url == url) & (CaptureRow.fetched_at == when)
        query = select(CaptureRow.id).where(CaptureRow.is_revisit.is_(False)).limit(1)
        with snapshot(self._engine) as connection:
            return any(connection.execute(query.where(how)).first() is not None for how in (by_digest, by_place))

    def _advancing(self, what: str, total: int) -> Callable[[int], None]:
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self._progress(what, done, total)

        return advance


def _path(folder: Path, name: str) -> Path:
    """A WARC file, or what a crawl still writes of it."""
    path = folder / name
    return path if path.exists() else folder / f"{name}.open" if (folder / f"{name}.open").exists() else path
