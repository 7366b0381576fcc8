"""Versions whose text today's rules would read otherwise: a difference of rules, not damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from archive.errors import UsageError
from archive.fixity.findings import Finding
from archive.fixity.scope import Scope, batches
from archive.fixity.seals import SEALED
from archive.models import CaptureRow, VersionCaptureRow
from archive.reading import capture_of
from archive.records import ArticleText, Capture
from archive.saving import text_digest

if TYPE_CHECKING:
    from archive.repository import Archive

Reader = Callable[[Capture, str], ArticleText | None]  # a capture and its portal's key


def installed_reader(archive: Archive) -> Reader:
    """The reader that an installed package offers in the group "danvan.readers"; UsageError where none does."""
    for entry in entry_points(group="danvan.readers"):
        reader: Reader = entry.load()(archive)
        return reader
    raise UsageError("--reread: no reader is installed; install the crawler, or leave --reread out")


class Reread:
    """Reads each version's first capture again; `read` and `unread` count them."""

    def __init__(self, archive: Archive, reader: Reader, scope: Scope) -> None:
        self._archive, self._reader, self._scope = archive, reader, scope
        self.read = self.unread = 0

    def findings(self, advance: Callable[[int], None]) -> Iterator[Finding]:
        """The versions that would have another text."""
        table = SEALED["version"]
        for batch in batches(self._archive.fixity.engine, table, self._scope.of("version") or []):
            firsts = [(row, _first_capture(batch.connection, row["id"])) for row in batch.rows]
            for row, first in firsts:
                text = self._reader(*first) if first else None
                self.read += text is not None
                self.unread += text is None
                if first and text is not None and text_digest(text) != row["digest"]:
                    said = "another text" if text.is_article else f"no article ({text.kind.value})"
                    yield Finding(kind="text-differs", detail=f"today's rules read {said}", url=first[0].url,
                                  row=f"version {row['id']}")  # fmt: skip
            advance(len(batch.rows))


def _first_capture(connection: Connection, version_id: int) -> tuple[Capture, str] | None:
    query = (
        select(CaptureRow.__table__)
        .join(VersionCaptureRow, VersionCaptureRow.capture_id == CaptureRow.id)
        .where(VersionCaptureRow.version_id == version_id, CaptureRow.status == 200)
        .order_by(CaptureRow.fetched_at, CaptureRow.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return (capture_of(row), row["portal"]) if row else None
