"""Where a redirect of an article's address leads: to the same article, to another address of one, or away. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from spiders.links import is_article_url, url_key
from spiders.portal import Portal


def led_to(url: str, portal: Portal) -> str | None:
    """The key of an article's address of the portal; None for any other page: the home page, a list, another site."""
    return url_key(url, portal) if is_article_url(url, portal) else None


def key_at_successor(url: str, successor: Portal | None) -> str | None:
    """The key of an article's address of the portal that took over; None where it is none, or nobody took over."""
    return led_to(url, successor) if successor is not None else None


def is_home(url: str) -> bool:
    """Whether an address is a site's home page.

    >>> is_home("https://mau.test/"), is_home("https://mau.test/?tu=1"), is_home("https://mau.test/tin/")
    (True, True, False)
    """
    return urlsplit(url).path in ("", "/")
