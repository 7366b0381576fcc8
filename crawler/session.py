"""What all crawls of one process share: the open archive, the WARC file being written, the page readers."""

from __future__ import annotations

import asyncio
import logging
from importlib.metadata import version
from typing import Any

from archive.authorities import Topic
from archive.errors import DanVanError
from archive.ledger import KnownPage
from archive.repository import Archive
from archive.settings import Home, current_home
from archive.warc import WarcFile, salvage
from crawler.attachments.readers import AttachmentReaders
from crawler.workers import Readers

logger = logging.getLogger(__name__)
_OPEN: dict[str, CrawlSession] = {}


class CrawlSession:
    """Opened by the first spider of a process, closed when the last one has ended."""

    def __init__(self, home: Home, settings: Any) -> None:
        self.home = home
        self.keeps_all = settings.get("DANVAN_KEEP") == "all"
        Topic.load()  # an unreadable one ends the crawl before it begins
        self.archive = Archive.open(home)
        self.archive.mark_lost_runs()
        for path in salvage(home.warc):
            logger.warning("a crawl ended without closing %s; its whole records are kept", path.name)
        contact = settings.get("DANVAN_CONTACT")
        info = {
            "software": f"danvan/{version('danvan')}",
            "robots": "obey",
            "http-header-user-agent": settings["USER_AGENT"],
        }
        self.warc = WarcFile(
            home.warc,
            info=info | ({"operator": contact} if contact else {}),
            find_original=self.archive.first_with_digest,
            on_close=self.archive.fixity.record_closed,
        )
        self.readers = Readers(settings.getint("DANVAN_WORKERS"))
        self.attachment_readers = AttachmentReaders(is_apart=self.readers.size > 0)
        self._users = 0
        self._closing: list[asyncio.Future[None]] = []  # kept, or the loop may drop them

    def is_settled(self, known: KnownPage | None) -> bool:
        """Whether an address needs no second look but for changes; what was left out is looked at by `--keep all`."""
        return known is not None and not (self.keeps_all and known.kind == "off-topic")

    def stop(self, crawler: Any, error: DanVanError) -> None:
        """End a crawl that cannot store what it fetches; the command reports the first error."""
        crawler.danvan_failure = error
        logger.error("%s", error, extra={"spider": crawler.spider})
        self._closing.append(asyncio.ensure_future(crawler.engine.close_spider_async(reason="storage")))

    def end_early(self, crawler: Any, reason: str) -> None:
        """End a crawl whose portal does not want it now; what it had still to fetch waits for the next."""
        self._closing.append(asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason)))

    def enter(self) -> None:
        """One more spider uses the session."""
        self._users += 1

    def leave(self) -> None:
        """One spider ended; the last one closes everything."""
        self._users -= 1
        if self._users > 0:
            return
        _OPEN.pop(str(self.home.folder), None)
        self.readers.close()
        self.attachment_readers.close()
        self.warc.close()
        self.archive.close()


def session_of(crawler: Any) -> CrawlSession:
    """The session of a crawler's home, opened on first use."""
    return session_for(crawler.settings)


def session_for(settings: Any) -> CrawlSession:
    """The session of the home that settings name, opened on first use."""
    home = current_home(settings.get("DANVAN_HOME"))
    key = str(home.folder)
    if key not in _OPEN:
        _OPEN[key] = CrawlSession(home, settings)
    return _OPEN[key]
