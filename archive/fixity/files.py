"""One WARC file against itself and against the captures that name it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from archive.fixity.agreement import differences, differences_of_others, is_of_decoded
from archive.fixity.digested import DigestedFile
from archive.fixity.findings import Baseline, Finding
from archive.fixity.record import RecordCheck, RecordFacts, digest_agrees, normal_digest
from archive.frames.members import Member, Members, Torn

_CAPTURED = ("response", "revisit", "resource")
HasOriginal = Callable[[str, str | None, str | None], bool]


class FileCheck:
    """Reads one file once. `findings` yields what is wrong; `size` and `sha256` are known when it has ended.

    `rows` are the file's captures by offset. `advance` is told how many bytes were read.
    """

    def __init__(
        self, path: Path, name: str, *, rows: Iterator[Any], baseline: Baseline | None, has_original: HasOriginal,
        advance: Callable[[int], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self.path, self.name, self.baseline = path, name, baseline
        self._rows, self._has_original, self._advance = rows, has_original, advance
        self._row = next(rows, None)
        self.records = self.captures = self.size = 0
        self.sha256 = ""
        self.is_whole = True
        self._is_open = path.suffix == ".open"

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with the file, in the order of its bytes; what touches no capture comes last."""
        try:
            with open(self.path, "rb") as stream:
                for finding in self._read(stream):
                    self.is_whole = self.is_whole and not finding.is_damage
                    yield finding
        except OSError as error:
            self.is_whole = False
            yield self._found("file-unreadable", f"cannot be read ({error.strerror or error})")

    def _read(self, stream: BinaryIO) -> Iterator[Finding]:
        file = DigestedFile(stream)
        members: Iterable[Member[RecordFacts] | Torn] = Members(file, RecordCheck)
        is_sound, beside, read = True, [], 0
        if not self.path.name.removesuffix(".open").endswith(".warc.gz"):
            file.read_through()
            members = ()
            for finding in self._records_of_others():
                is_sound = False
                yield finding
        for part in members:
            for finding in self._torn(part) if isinstance(part, Torn) else self._member(part):
                is_sound = is_sound and not finding.is_damage
                if finding.is_damage and finding.row is None:
                    beside.append(finding)
                else:
                    yield finding
            self._advance(file.size - read)
            read = file.size
        self.size, self.sha256 = file.size, file.sha256
        for finding in self._missing(before=None):
            is_sound = False
            yield finding
        is_as_archived = self.baseline == Baseline(size=self.size, sha256=self.sha256)
        for finding in beside:
            yield replace(finding, kind="damaged-before") if is_as_archived else finding
        if is_sound and self.baseline and not is_as_archived:
            yield self._found("file-changed", self._change())

    def _member(self, member: Member[RecordFacts]) -> Iterator[Finding]:
        yield from self._missing(before=member.offset)
        self.records += 1
        record, rows = member.record, self._rows_at(member.offset)
        url = record.headers.get("warc-target-uri") or next((row.url for row in rows), None)
        named = f"capture {rows[0].id}" if rows else None
        for kind, detail in self._faults(member):
            yield self._found(kind, detail, member.offset, url, named)
        if record.fault:
            return
        for row in rows:
            if wrong := differences(row, record, member.length):
                yield self._found("capture-differs", wrong, member.offset, row.url, f"capture {row.id}")
        if record.type in _CAPTURED and not rows:
            yield self._found("record-unlisted", f"no capture names this {record.type}", member.offset, url)

    def _faults(self, member: Member[RecordFacts]) -> Iterator[tuple[str, str]]:
        record = member.record
        if record.fault:
            yield "record-damaged", record.fault
            return
        block = record.headers.get("warc-block-digest")
        agrees = digest_agrees(block, record.block) if block else True
        if agrees is False:
            yield "block-digest", f"its block is not what {block} was computed from"
        payload = record.headers.get("warc-payload-digest") if record.type != "revisit" else None
        matches = digest_agrees(payload, record.payload) if payload else True
        if matches is False and not is_of_decoded(self.path, member.offset, str(payload)):
            yield "payload-digest", f"its payload is not what {payload} was computed from"
        if agrees is None or matches is None:
            yield "digest-unknown", f"{block if agrees is None else payload}"
        if record.type == "revisit" and not self._resolves(record):
            yield "revisit-unresolved", "no capture holds the payload it refers to"

    def _resolves(self, record: RecordFacts) -> bool:
        headers = record.headers
        if headers.get("warc-profile", "").endswith("server-not-modified"):
            return True  # it has no payload; the conditional request beside it says what it was compared with
        refers = headers.get("warc-refers-to-target-uri"), headers.get("warc-refers-to-date")
        return self._has_original(normal_digest(headers.get("warc-payload-digest", "")), *refers)

    def _torn(self, torn: Torn) -> Iterator[Finding]:
        if self._is_open and torn.kind == "truncated":
            yield self._found("file-open", "its last record is not whole yet", torn.offset)
            return
        detail, first, count = f"{torn.why}, {torn.end - torn.offset:,} bytes", self._row, 0
        while self._row is not None and self._row.warc_offset < torn.end:
            count += 1
            self._next_row()
        if first is None or not count:
            yield self._found(torn.kind, detail, torn.offset)
            return
        detail += f"; {count} captures lie in these bytes" if count > 1 else ""
        yield self._found(torn.kind, detail, torn.offset, first.url, f"capture {first.id}")

    def _records_of_others(self) -> Iterator[Finding]:
        """The captures in an imported file that is plain, or an ARC file; its other bytes have the whole's digest."""
        while self._row is not None:
            row = self._row
            if wrong := differences_of_others(self.path, row):
                yield self._found("capture-differs", wrong, row.warc_offset, row.url, f"capture {row.id}")
            self._next_row()

    def _missing(self, before: int | None) -> Iterator[Finding]:
        """Captures that lie where no record begins."""
        while self._row is not None and (before is None or self._row.warc_offset < before):
            row = self._row
            yield self._found("record-missing", "no record begins here", row.warc_offset, row.url, f"capture {row.id}")
            self._next_row()

    def _rows_at(self, offset: int) -> list[Any]:
        rows = []
        while self._row is not None and self._row.warc_offset == offset:
            rows.append(self._row)
            self._next_row()
        return rows

    def _next_row(self) -> None:
        self.captures += 1
        self._row = next(self._rows, None)

    def _change(self) -> str:
        assert self.baseline is not None
        if self.baseline.size != self.size:
            return f"has {self.size:,} bytes, was closed with {self.baseline.size:,}"
        return "its SHA-256 is another, though every record in it that was read is as it was"

    def _found(
        self, kind: str, detail: str, offset: int | None = None, url: str | None = None, row: str | None = None
    ) -> Finding:
        return Finding(kind=kind, detail=detail, file=self.name, offset=offset, url=url, row=row)


def size_of(path: Path) -> int:
    """The file's size, 0 where there is none."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
