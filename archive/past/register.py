"""What importing and replaying ask of the archive beyond what a crawl does; `Archive.past` is one register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine

from archive import database
from archive.attachments import store as attachments
from archive.attachments.records import AttachedFile
from archive.past import captures, readings
from archive.people.register import PeopleRegister
from archive.reading import read_reading
from archive.records import ArticleText, Capture, Description, SaveOutcome
from archive.saving import Saved


class PastRegister:
    """Reads of the ledger by file, payload and time; writes of new readings of stored captures."""

    def __init__(self, engine: Engine, people: PeopleRegister) -> None:
        self._engine, self._people = engine, people

    # -- importing

    def offsets_in(self, warc_file: str, start: int, end: int) -> set[int]:
        """Where the captures of a part of a file begin that are in the ledger already."""
        with database.reading(self._engine) as connection:
            return captures.offsets_in(connection, warc_file, start, end)

    def is_named(self, warc_file: str) -> bool:
        """Whether any capture lies in a file."""
        with database.reading(self._engine) as connection:
            return captures.is_named(connection, warc_file)

    def is_held(self, capture: Capture, url_key: str) -> bool:
        """Whether the ledger has the same capture from another file: address, second, status and payload."""
        with database.reading(self._engine) as connection:
            return captures.is_held(connection, capture, url_key)

    def original(self, payload_digest: str) -> Capture | None:
        """The first capture that holds a payload in full."""
        with database.reading(self._engine) as connection:
            return captures.original(connection, payload_digest)

    def capture_at(self, url_key: str, at: datetime) -> Capture | None:
        """The capture of an address at a moment that holds its payload in full."""
        with database.reading(self._engine) as connection:
            return captures.capture_at(connection, url_key, at)

    # -- replaying

    def pages(self, portals: Sequence[str], since: str | None, until: str | None) -> Iterator[readings.PastPage]:
        """Every capture that was read as a page, with the version it shows, in the order of the ledger."""
        last = 0
        while True:
            with database.reading(self._engine) as connection:
                found = readings.pages_after(connection, last, portals, since, until)
            if not found:
                return
            yield from found
            last = found[-1].capture_id

    def count_pages(self, portals: Sequence[str], since: str | None, until: str | None) -> int:
        """How many `pages` will be."""
        with database.reading(self._engine) as connection:
            return readings.count_pages(connection, portals, since, until)

    def reading(self, version_id: int) -> tuple[ArticleText, Description]:
        """What a version says now."""
        with database.reading(self._engine) as connection:
            return read_reading(connection, version_id)

    def reread(self, version_id: int, portal: str, text: ArticleText, description: Description) -> None:
        """Put a new reading of its capture in the place of a version's text and mentions, with a change row."""
        province = self._people.province_of(portal, description)
        with database.writing(self._engine) as connection:
            readings.replace(connection, version_id, text, description, province)

    def adopt(
        self,
        page: readings.PastPage,
        text: ArticleText,
        description: Description,
        attached: Sequence[AttachedFile] | None = None,
    ) -> Saved:
        """Save the article that a capture of the ledger turns out to be, with the files that it attaches."""
        province = self._people.province_of(page.portal, description)
        with database.writing(self._engine) as connection:
            saved = readings.adopt(connection, page, text, description, province)
            if attached is not None:
                attachments.attach(connection, page.entry, saved, attached)
            return saved

    def attach(self, page: readings.PastPage, attached: Sequence[AttachedFile]) -> None:
        """Link the files that a capture of an article's version attaches."""
        assert page.article_id is not None
        assert page.version is not None
        with database.writing(self._engine) as connection:
            outcome = SaveOutcome.UNCHANGED if readings.is_current(connection, page) else SaveOutcome.EARLIER
            saved = Saved(article_id=page.article_id, version=page.version, outcome=outcome)
            attachments.attach(connection, page.entry, saved, attached)

    def judge_again(self, capture_id: int, kind: str, reason: str | None, score: float | None) -> None:
        """Put today's verdict on a capture that is no article into the ledger."""
        with database.writing(self._engine) as connection:
            readings.judge_again(connection, capture_id, kind, reason, score)
