"""How the crawls of a process stand: read twice a second while they run, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.errors import DanVanError
from crawler.session import CrawlSession
from crawler.team import Team

_EVERY_SECONDS = 0.5
# The frontier is asked every fifth second: it counts rows.
_LOOKS_A_COUNT = 10


@dataclass(frozen=True, kw_only=True)
class PortalStand:
    """One portal's crawl: what it has done, and what it has left to do."""

    fetched: int = 0
    links: int = 0
    new: int = 0
    failed: int = 0
    done: int = 0  # addresses asked for, lists among them
    open: int | None = None  # addresses that wait; None: not known
    reached: date | None = None  # how far back its lists were walked, of a crawl with a first day
    is_running: bool = True


@dataclass(frozen=True, kw_only=True)
class Stand:
    """All crawls of a process."""

    portals: Mapping[str, PortalStand]  # begun ones
    waiting: int  # portals that are not begun


Show = Callable[[Stand], None]


class Watch:
    """Calls back with the stand of a team's crawls."""

    def __init__(self, team: Team, session: CrawlSession, show: Show) -> None:
        self._team, self._session, self._show = team, session, show
        self._open: Mapping[str, int] = {}
        self._looks = 0

    def start(self) -> None:
        """Begin with the reactor."""
        from twisted.internet import reactor
        from twisted.internet.task import LoopingCall

        reactor.callWhenRunning(LoopingCall(self._look).start, _EVERY_SECONDS)

    def end(self) -> None:
        """Show the last stand: all is done, and the archive is closed."""
        self._open = {}
        self._show(self._stand())

    def _look(self) -> None:
        if self._looks % _LOOKS_A_COUNT == 0:
            try:
                self._open = self._session.archive.frontier.open_tasks()
            except DanVanError:
                self._open = {}  # the crawl itself will say what is wrong with the archive
        self._looks += 1
        self._show(self._stand())

    def _stand(self) -> Stand:
        running = self._team.running
        begun = {
            key: _portal_stand(crawler, self._open.get(key, 0 if self._open else None), is_running=key in running)
            for key, crawler in self._team.crawlers.items()
            if crawler.spider is not None and hasattr(crawler, "danvan_counts")
        }
        return Stand(portals=begun, waiting=self._team.waiting)


def _portal_stand(crawler: Any, waits: int | None, *, is_running: bool) -> PortalStand:
    counts, spider = crawler.danvan_counts, crawler.spider
    return PortalStand(
        fetched=counts["fetched"],
        links=spider.asked,
        new=counts["new"],
        failed=counts["failed"],
        done=counts["answers"],
        open=waits,
        reached=spider.reached if spider.window.since else None,
        is_running=is_running,
    )
