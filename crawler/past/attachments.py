"""Attachments of the past: stored captures, those that came with an import too, read with today's readers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from archive.attachments.stored import StoredFile
from archive.errors import DanVanError
from archive.past.captures import read_capture
from archive.repository import Archive
from crawler.attachments.readers import AttachmentReaders
from crawler.past.originals import original_of
from spiders.registry import Registry


@dataclass(kw_only=True)
class RereadFiles:
    """What became of stored attachments: how many were read, by portal how many say something else now, and damage."""

    read: int = 0
    changed: dict[str, int] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


async def reread_files(
    archive: Archive,
    registry: Registry,
    readers: AttachmentReaders,
    portals: Sequence[str] = (),
    *,
    is_dry: bool = False,
    is_wanted: Callable[[StoredFile], bool] = lambda _file: True,
    beat: Callable[[], None] = lambda: None,
) -> RereadFiles:
    """Read the newest capture of each attachment again; one that cannot be read costs no other.

    `beat` is called once a file: one alone may take 20 s.
    """
    found = RereadFiles()
    for file in archive.attachments.stored(portals):
        beat()
        if not is_wanted(file):
            continue
        try:
            response = read_capture(archive.home.warc, file.capture)
            body = original_of(response, archive, registry).page()
        except DanVanError as error:
            found.damaged.append(str(error))
            continue
        found.read += 1
        read = await readers.read(body, file.capture.content_type)
        is_other = read.text != file.said.text
        if not is_dry:
            archive.attachments.reread(file, len(body), read)
        if is_other:
            found.changed[file.portal] = found.changed.get(file.portal, 0) + 1
    return found


def read_imported(
    archive: Archive, registry: Registry, portals: Sequence[str], beat: Callable[[], None] = lambda: None
) -> None:
    """The attachments of imported articles whose captures came with them; those read before are left alone."""
    if not portals:
        return
    readers = AttachmentReaders(is_apart=True)
    try:
        unread = reread_files(
            archive, registry, readers, portals, is_wanted=lambda file: file.said.media_type is None, beat=beat
        )
        asyncio.run(unread)
    finally:
        readers.close()
