"""A portal's spider speaks to that portal only: scheme, host and port must be in its profile.

Requests for attachments may also go to the hosts that the profile names for these. Redirects pass here too, so none
leads to another host, to a file, or to another port of this machine.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from archive.frontier.records import Task, TaskKind
from spiders.portal import Portal

logger = logging.getLogger(__name__)


class PortalScopeMiddleware:
    """Refuses what is off the portal and counts it."""

    def __init__(self, portal: Portal, stats: Any) -> None:
        self._hosts = frozenset(portal.hosts)
        self._attachments = portal.attachments
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Any) -> PortalScopeMiddleware:
        return cls(crawler.spidercls.portal, crawler.stats)

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for an address that is not the portal's."""
        parts = urlsplit(request.url)
        host, role = parts.netloc.lower(), _role(request)
        if role is not None and f"{role}s" not in self._attachments.kinds:
            raise IgnoreRequest(f"off the portal's attachments: its profile wants no {role}s")
        is_asked_for_files = role is not None or _is_robots_txt(request, parts.path)
        is_allowed = host in self._hosts or (is_asked_for_files and host in self._attachments.hosts)
        if parts.scheme in ("http", "https") and is_allowed:
            return
        self._stats.inc_value("danvan/off_portal")
        logger.info("not requested, off the portal: %s", request.url)
        raise IgnoreRequest(f"off the portal: {request.url}")


def _role(request: Request) -> str | None:
    """What a file is to its article; None for requests of other things."""
    task: Task | None = request.meta.get("task")
    return str(task.asked["role"]) if task is not None and task.kind is TaskKind.ATTACHMENT else None


def _is_robots_txt(request: Request, path: str) -> bool:
    """Scrapy's own request; refused, it would count as an empty robots.txt, which allows everything."""
    return path == "/robots.txt" and bool(request.meta.get("dont_obey_robotstxt"))
