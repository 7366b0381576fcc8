"""What crawls and commands ask of attachments; `Archive.attachments` is one register, each method one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine

from archive import database, ledger
from archive.attachments import store
from archive.attachments.records import AttachmentText
from archive.attachments.stored import StoredFile, stored_after
from archive.past.readings import judge_again

# What the ledger of captures says of a file that was captured as an attachment.
KIND = "attachment"


class AttachmentRegister:
    """Captures of attachments, and their text."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, entry: ledger.Entry, size: int, read: AttachmentText) -> bool:
        """Enter a capture with what it says, with which its task is done; True if the text is another than before."""
        verdict = ledger.Verdict(kind=KIND, reason=read.problem)
        with database.writing(self._engine) as connection:
            capture_id = ledger.add_capture(connection, entry, verdict)
            return store.store(connection, entry, capture_id, size, read)

    def touch(self, entry: ledger.Entry) -> None:
        """The server answered "not modified"."""
        with database.writing(self._engine) as connection:
            ledger.add_capture(connection, entry, ledger.Verdict(kind=KIND, reason="not modified"))
            store.touch(connection, entry)

    def stored(self, portals: Sequence[str]) -> Iterator[StoredFile]:
        """Every attachment of some portals (all where none is named) of which the archive has a capture."""
        last = 0
        while True:
            with database.reading(self._engine) as connection:
                found, last = stored_after(connection, last, portals)
            yield from found
            if not last:
                return

    def reread(self, file: StoredFile, size: int, read: AttachmentText) -> bool:
        """Put a new reading of its newest capture in an attachment's place; True if its text is another."""
        with database.writing(self._engine) as connection:
            if not ledger.is_of_kind(connection, file.capture_id, KIND):
                judge_again(connection, file.capture_id, KIND, read.problem, None)
            return store.store_again(connection, file, size, read)
