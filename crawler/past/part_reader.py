"""Reading a part of a file: its records found, checked, located, their pages read. Writes nothing."""

from __future__ import annotations

from pathlib import Path

from archive.frames.walk import Frame, frame_at, frames
from archive.past.stored import StoredResponse, UnusableRecordError, read_response
from archive.repository import Archive
from crawler.past.located import entry_of, host_of, locate, page_of
from crawler.past.originals import original_of
from crawler.past.parts import BYTES_A_GO, Elsewhere, Found, Known, NoResponse, Part, PartRead, Read, Unusable
from crawler.reading import PageReading
from crawler.workers import read_page
from spiders.portal import Portal
from spiders.registry import Registry

_KNOWN, _NO_RESPONSE = Known(), NoResponse()


class PartReader:
    """Reads for one import; `named` takes the hosts that no portal has."""

    def __init__(self, archive: Archive, registry: Registry, named: Portal | None) -> None:
        self._archive, self._registry, self._named = archive, registry, named

    def read(self, part: Part) -> PartRead:
        """The part's records up to its end, or as many as it may have at a time."""
        held = self._archive.past.offsets_in(part.path.name, part.start, part.end)
        first = torn_at = None
        reads, size = list[Read](), 0
        for frame in frames(part.path, part.start, is_start=part.is_start):
            first = frame.offset if first is None else first
            if frame.offset >= part.end or len(reads) >= part.records or size > BYTES_A_GO:
                return PartRead(part=part, first=first, next=frame.offset, reads=tuple(reads))
            if frame.is_torn:
                torn_at = frame.offset
                break
            size += len(frame.content)
            reads.append(_KNOWN if frame.offset in held else self._read(frame, part))
        end = part.path.stat().st_size
        return PartRead(part=part, first=end if first is None else first, next=end, reads=tuple(reads), torn_at=torn_at)

    def read_at(self, path: Path, offset: int) -> Read:
        """One record."""
        part = Part(path=path, start=offset, end=offset + 1, is_start=True)
        return self._read(frame_at(path, offset), part)

    def _read(self, frame: Frame, part: Part) -> Read:
        try:
            response = read_response(frame)
            return _NO_RESPONSE if response is None else self._found(response, part)
        except UnusableRecordError as error:
            return Unusable(offset=frame.offset, reason=error.reason, said=str(error))

    def _found(self, response: StoredResponse, part: Part) -> Read:
        at = locate(response.url, self._registry, self._named)
        if at is None:
            return Elsewhere(host=host_of(response.url) or response.url[:60])
        entry = entry_of(response, at, part.path.name)
        if self._archive.past.is_held(entry.capture, entry.url_key):
            return _KNOWN
        if not at.is_article or response.status != 200:
            return Found(entry=entry, is_article=at.is_article)
        if part.is_deadly:
            reading = PageReading.failed(response.url, "its reader died; the capture is kept")
        else:
            original = original_of(response, self._archive, self._registry)
            reading = read_page(page_of(entry.capture, response, original), at.portal.key)
        return Found(entry=entry, is_article=True, reading=reading)
