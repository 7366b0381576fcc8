"""One spider class for each portal that has rules: for `scrapy list` and `scrapy crawl PORTAL`."""

from __future__ import annotations

from typing import Any

from spiders import registry
from spiders.portal import Portal
from spiders.portal_spider import PortalSpider


def spider_class(portal: Portal) -> type[PortalSpider]:
    """The spider of one portal: its name and its politeness, nothing else."""
    settings: dict[str, Any] = {
        "DOWNLOAD_DELAY": portal.http.delay_seconds,
        "CONCURRENT_REQUESTS_PER_DOMAIN": portal.http.concurrency,
        # One in waiting. Scrapy's 16 would all be asked for before a crawl can end: at a delay of a minute, for long.
        "CONCURRENT_REQUESTS": portal.http.concurrency + 1,
    }
    body = {"name": portal.key, "portal": portal, "custom_settings": settings, "__module__": __name__}
    return type(f"{portal.key.title().replace('-', '')}Spider", (PortalSpider,), body)


# A comprehension, not a loop: a left-over loop variable would be found as a second spider of the same name.
# Portals without rules have no spider.
globals().update(
    {f"spider_{key}": spider_class(one) for key, one in registry.load_registry().portals.items() if one.may_crawl}
)
