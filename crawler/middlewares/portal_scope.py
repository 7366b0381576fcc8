"""A portal's spider speaks to that portal only: scheme, host and port must be in its profile.

Redirects pass here too, so none leads to another host, to a file, or to another port of this machine.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

logger = logging.getLogger(__name__)


class PortalScopeMiddleware:
    """Refuses what is off the portal and counts it."""

    def __init__(self, hosts: frozenset[str], stats: Any) -> None:
        self._hosts = hosts
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Any) -> PortalScopeMiddleware:
        return cls(frozenset(crawler.spidercls.portal.hosts), crawler.stats)

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for an address that is not the portal's."""
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc.lower() in self._hosts:
            return
        self._stats.inc_value("danvan/off_portal")
        logger.info("not requested, off the portal: %s", request.url)
        raise IgnoreRequest(f"off the portal: {request.url}")
