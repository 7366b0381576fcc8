"""The archive as the other packages see it: the only reads and writes there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from archive import changes as feed
from archive import database, ledger, reading, runs, saving
from archive.attachments import asking, store
from archive.attachments.records import AttachedFile
from archive.attachments.register import AttachmentRegister
from archive.corpus.register import CorpusRegister
from archive.coverage.register import CoverageRegister
from archive.duplicates.register import DuplicatesRegister
from archive.errors import ArchiveLockedError, StorageError
from archive.fixity import seals
from archive.fixity.register import FixityRegister
from archive.frontier.register import FrontierRegister
from archive.history.register import HistoryRegister
from archive.models import ArticleRow, PortalRow
from archive.past.register import PastRegister
from archive.people.register import PeopleRegister
from archive.places.register import PlacesRegister
from archive.records import Article, ArticleText, Change, Description, PortalIdentity, RunReport, Version
from archive.run_history.register import RunRegister
from archive.saved_searches.register import SavedSearchRegister
from archive.settings import Home
from archive.sizes import read_sizes

Files = Sequence[AttachedFile] | None


class Archive:
    """One open archive. `create` makes or migrates it; `open` wants it to exist and to be current."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._engine = database.make_engine(home)
        self.people = PeopleRegister(self._engine)
        self.fixity = FixityRegister(self._engine)
        self.history = HistoryRegister(self._engine, home.warc)
        self.duplicates = DuplicatesRegister(self._engine)
        self.frontier = FrontierRegister(self._engine)
        self.attachments = AttachmentRegister(self._engine)
        self.run_history = RunRegister(self._engine)
        self.coverage = CoverageRegister(self._engine)
        self.corpus = CorpusRegister(self._engine)
        self.saved_searches = SavedSearchRegister(self._engine)
        self.past = PastRegister(self._engine, self.people)
        self.places = PlacesRegister(self._engine)

    @classmethod
    def create(cls, home: Home) -> tuple[Self, str]:
        """Create the folders and the schema, or migrate it; also says which: created, migrated, current."""
        try:
            for folder in (home.folder, home.warc, home.index, home.runs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"{home.folder}: cannot be made ({error.strerror}); choose another DANVAN_HOME"
            ) from error
        archive = cls(home)
        return archive, database.migrate(home, archive._engine)

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open an existing archive; raises ArchiveMissingError or ArchiveNewerError."""
        archive = cls(home)
        database.require_current(home, archive._engine)
        return archive

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def together(self) -> AbstractContextManager[None]:
        """All reads and writes inside are one transaction, committed at its end: what a bulk import does."""
        return database.together(self._engine)

    # -- portals and runs

    def store_portals(self, identities: Sequence[PortalIdentity]) -> None:
        """Keep the portals' names, places and successors, since search never sees profiles."""
        rows = [msgspec.to_builtins(portal) for portal in identities]
        if not rows or [self.portals().get(portal.key) for portal in identities] == list(identities):
            return
        with database.writing(self._engine) as connection:
            used = select(ArticleRow.portal).distinct()
            keys = [row["key"] for row in rows]
            connection.execute(delete(PortalRow).where(PortalRow.key.in_(keys), PortalRow.key.not_in(used)))
            kept = set(connection.execute(select(PortalRow.key)).scalars())
            for row in rows:
                if row["key"] in kept:
                    connection.execute(PortalRow.__table__.update().where(PortalRow.key == row["key"]), row)  # type: ignore[attr-defined]
                else:
                    connection.execute(insert(PortalRow), row)
            seals.seal_stored(connection, seals.SEALED["portal"], PortalRow.key.in_(keys))

    def portals(self) -> dict[str, PortalIdentity]:
        """The stored portals by key."""
        with database.reading(self._engine) as connection:
            return reading.read_portals(connection)

    def begin_run(self, portal: str, scope: str, *, is_full: bool) -> int:
        """Take a portal's crawl lease; ArchiveLockedError while another crawl of it lives."""
        try:
            with database.writing(self._engine) as connection:
                return runs.begin_run(connection, portal, scope, is_full=is_full, now=datetime.now(UTC))
        except IntegrityError as error:
            raise ArchiveLockedError(
                f"{portal}: another process began to crawl it just now; leave it to that"
            ) from error

    def lease_holder(self, portal: str) -> str | None:
        """Which living process crawls a portal now; None if nobody does. Dead ones lose their leases here."""
        with database.writing(self._engine) as connection:
            runs.mark_lost(connection, datetime.now(UTC), portal)
            return runs.lease_holder(connection, portal)

    def mark_lost_runs(self) -> list[str]:
        """Take their leases from dead processes; says which portals are free again."""
        with database.writing(self._engine) as connection:
            return runs.mark_lost(connection, datetime.now(UTC))

    def beat(self, run_id: int, counts: dict[str, int]) -> bool:
        """Renew the lease and show progress; False if the lease was lost to another process."""
        with database.writing(self._engine) as connection:
            return runs.beat(connection, run_id, counts, datetime.now(UTC))

    def finish_run(self, report: RunReport) -> None:
        """Store a run's report and give its lease back."""
        with database.writing(self._engine) as connection:
            runs.finish_run(connection, report)

    def runs(self, portal: str | None = None, limit: int = 50) -> list[RunReport]:
        """The latest runs, newest first."""
        with database.reading(self._engine) as connection:
            return runs.read_runs(connection, portal, limit)

    def has_passed_check(self, portal: str) -> bool:
        """Whether the latest `danvan portals check` of a portal found what its profile promises."""
        with database.reading(self._engine) as connection:
            return runs.has_passed_check(connection, portal)

    def has_complete_walk(self, portal: str) -> bool:
        """Whether the portal's latest unlimited run came to its end."""
        with database.reading(self._engine) as connection:
            return runs.has_complete_walk(connection, portal)

    # -- captures and articles

    def known_page(self, url_key: str) -> ledger.KnownPage | None:
        """What the ledger knows of an address."""
        with database.reading(self._engine) as connection:
            return ledger.known_page(connection, url_key)

    def known_pages(self, url_keys: Sequence[str]) -> dict[str, ledger.KnownPage]:
        """What the ledger knows of some addresses; those never seen are left out."""
        with database.reading(self._engine) as connection:
            return ledger.known_pages(connection, url_keys)

    def first_with_digest(self, payload_digest: str) -> tuple[str, str] | None:
        """Address and time of the capture that holds this payload in full."""
        with database.reading(self._engine) as connection:
            return ledger.first_with_digest(connection, payload_digest)

    def enter(self, entry: ledger.Entry, verdict: ledger.Verdict) -> int:
        """Enter a capture that is no article, and why; returns its id."""
        with database.writing(self._engine) as connection:
            return ledger.add_capture(connection, entry, verdict)

    def save(
        self, entry: ledger.Entry, text: ArticleText, description: Description, attached: Files = None
    ) -> saving.Saved:
        """Enter the capture and save its article, its mentions and its change row in one transaction.

        In it the files that the page attaches are linked and queued; None: nobody looked for any.
        """
        try:
            return self._save(entry, text, description, attached)
        except IntegrityError:  # PostgreSQL: another writer saved the same address between look and insert
            return self._save(entry, text, description, attached)

    def _save(self, entry: ledger.Entry, text: ArticleText, description: Description, attached: Files) -> saving.Saved:
        verdict = ledger.Verdict(kind="article", score=description.relevance.score)
        province = self.people.province_of(entry.portal, description)
        with database.writing(self._engine) as connection:
            capture_id = ledger.add_capture(connection, entry, verdict)
            saved = saving.save_article(
                connection,
                portal=entry.portal,
                url_key=entry.url_key,
                text=text,
                description=description,
                province=province,
                capture_id=capture_id,
                seen_at=entry.capture.fetched_at,
            )
            if attached is not None:
                store.attach(connection, entry, saved, attached)
            return saved

    def touch(self, entry: ledger.Entry, article_id: int) -> saving.Saved:
        """The server answered "not modified": the capture shows the current version again."""
        with database.writing(self._engine) as connection:
            verdict = ledger.Verdict(kind="article", reason="not modified")
            capture_id = ledger.add_capture(connection, entry, verdict)
            asking.ask(connection, entry, article_id)
            return saving.touch_article(connection, article_id, capture_id, entry.capture.fetched_at)

    def remove(self, article_id: int, seen_at: datetime) -> bool:
        """Mark an article as gone from its portal; False if it already was."""
        with database.writing(self._engine) as connection:
            return saving.remove_article(connection, article_id, seen_at)

    # -- reading

    def articles(self, ids: Sequence[int]) -> list[Article]:
        """Articles in the order asked for; unknown ids are left out."""
        with database.reading(self._engine) as connection:
            return reading.read_articles(connection, ids)

    def article_at(self, url: str) -> int | None:
        """The article at an address, as captured, as its key, or as one that moved there; None if there is none."""
        return self.history.article_at(url)

    def article_ids(self) -> list[int]:
        """The id of every article, removed ones included."""
        with database.reading(self._engine) as connection:
            return list(connection.execute(select(ArticleRow.id).order_by(ArticleRow.id)).scalars())

    def all_articles(self, batch: int = 200) -> Iterator[Article]:
        """Every article, oldest id first, read in batches."""
        last = 0
        while True:
            with database.reading(self._engine) as connection:
                query = select(ArticleRow.id).where(ArticleRow.id > last).order_by(ArticleRow.id).limit(batch)
                ids = list(connection.execute(query).scalars())
                found = reading.read_articles(connection, ids)
            if not ids:
                return
            yield from found
            last = ids[-1]

    def versions(self, article_id: int) -> list[Version]:
        """An article's versions, oldest first, with their captures."""
        with database.reading(self._engine) as connection:
            return reading.read_versions(connection, article_id)

    def version_text(self, article_id: int, number: int) -> ArticleText | None:
        """The text of one version."""
        with database.reading(self._engine) as connection:
            return reading.read_version_text(connection, article_id, number)

    def changes(self, cursor: str = feed.START, limit: int = 1000) -> list[Change]:
        """The change feed after a cursor."""
        with database.reading(self._engine) as connection:
            return feed.changes_after(connection, cursor, limit)

    def latest_changes(self, before: str | None = None, limit: int = 1000) -> list[Change]:
        """The change feed backwards, from its end or from a cursor."""
        with database.reading(self._engine) as connection:
            return feed.changes_before(connection, before, limit)

    def count_changes(self, cursor: str = feed.START) -> int:
        """How many changes a reader is behind."""
        with database.reading(self._engine) as connection:
            return feed.count_after(connection, cursor)

    def counts(self) -> dict[str, int]:
        """The archive's sizes by name, for `danvan stats`."""
        with database.reading(self._engine) as connection:
            return read_sizes(connection)
