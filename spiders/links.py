"""Picking article links, and the one key an address has, whatever host, slug or tracking parameter it wears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from lxml import html

from archive.dates import parse_date
from archive.records import ArticleLink
from archive.vietnamese import canonical, match_key
from spiders.portal import Portal
from spiders.profile import Discovery
from spiders.selectors import select

# A mega-menu repeats some hundred links; a page of 200,000 is a trap.
MAX_LINKS = 2000
MAX_URL = 2000
# An entry of a list: how far above its link its date may stand.
_CLIMB = 4
_ENTRY_CHARACTERS = 800


@dataclass(frozen=True, kw_only=True)
class UrlFacts:
    """What an article's address says of itself."""

    generation: int
    id: str | None
    day: date | None
    month: str | None  # YYYYMM


def url_key(url: str, portal: Portal) -> str:
    """The key under which an address is kept: canonical host, only telling parameters, or the id that decides."""
    clean = canonical_url(url, portal)
    facts = url_facts(clean, portal)
    if portal.articles.id_decides and facts and facts.id:
        return f"{portal.base_url}/#{facts.generation}-{facts.id}"
    return clean


def canonical_url(url: str, portal: Portal) -> str:
    """An address with the portal's canonical scheme and host, one form of percent-encoding, no fragment."""
    parts = urlsplit(url.strip())
    host = portal.hosts[0] if parts.netloc.lower() in portal.hosts else parts.netloc.lower()
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] in portal.articles.keep_query]
    path = quote(canonical(unquote(parts.path)), safe="/%:@!$&'()*+,;=~-._") or "/"
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{portal.profile.scheme}://{host}{path}{query}"


def url_facts(url: str, portal: Portal) -> UrlFacts | None:
    """Id and date in an address, or None where it is no article's."""
    path = _target(url, portal)
    for generation, pattern in enumerate(portal.article_patterns):
        if found := pattern.search(path):
            groups = found.groupdict()
            return UrlFacts(
                generation=generation,
                id=groups.get("id"),
                day=_day(groups.get("date") or ""),
                month=groups.get("yyyymm"),
            )
    return None


def _day(written: str) -> date | None:
    """A day as addresses write it, year first, months and days of one digit or two.

    >>> _day("2017-12-8"), _day("2024_07_10"), _day("2024-13-40")
    (datetime.date(2017, 12, 8), datetime.date(2024, 7, 10), None)
    """
    parts = re.split(r"[-_/]", written)
    found = parse_date("/".join(reversed(parts))) if len(parts) == 3 else parse_date(written)
    return found.moment.date() if found else None


def is_article_url(url: str, portal: Portal) -> bool:
    """Whether an address is the portal's, fits an article pattern and none of the denied ones."""
    if len(url) > MAX_URL:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in portal.hosts:
        return False
    if any(pattern.search(_target(url, portal)) for pattern in portal.deny_patterns):
        return False
    return url_facts(url, portal) is not None


def _target(url: str, portal: Portal) -> str:
    """What patterns are matched against: the path, and of the query only the telling parameters."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair.partition("=")[0] in portal.articles.keep_query]
    return unquote(parts.path) + (f"?{'&'.join(kept)}" if kept else "")


def article_links(tree: html.HtmlElement, url: str, portal: Portal, rule: Discovery) -> list[ArticleLink]:
    """The articles of a list page that the portal's scope takes."""
    return [link for link in shown_links(tree, url, portal, rule) if is_wanted(link, portal, rule)]


def shown_links(tree: html.HtmlElement, url: str, portal: Portal, rule: Discovery) -> list[ArticleLink]:
    """All articles a list page shows, in its order, each once, with title and printed date."""
    found: dict[str, ArticleLink] = {}
    for anchor, address in _anchors(tree, url, rule):
        if not is_article_url(address, portal):
            continue
        key = url_key(address, portal)
        title = _title(anchor)
        known = found.get(key)
        if known is None:
            day = _printed_day(anchor)
            found[key] = ArticleLink(url=address, portal=portal.key, found_in=rule.kind, title=title, published=day)
        elif title and not known.title:
            found[key] = ArticleLink(
                url=known.url, portal=portal.key, found_in=rule.kind, title=title, published=known.published
            )
    return list(found.values())


def is_wanted(link: ArticleLink, portal: Portal, rule: Discovery) -> bool:
    """Whether the portal's scope takes a link; one without a title is looked at before it is judged."""
    if portal.scope == "all":
        return True
    if rule.is_section and portal.scope != "title-keywords":
        return True
    if portal.scope == "section":
        return False
    title = match_key(link.title or "")
    return not title or any(keyword in title for keyword in portal.profile.keywords)


def joined(base: str, address: str) -> str:
    """An address as seen from a page; "" where it is none, so that one broken link does not cost the rest.

    >>> joined("https://a.vn/tin/", "x-1.html"), joined("https://a.vn/", "http://[::1")
    ('https://a.vn/tin/x-1.html', '')
    """
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def header_charset(content_type: str | None) -> str | None:
    """The charset of a Content-Type header.

    >>> header_charset('text/html; charset="UTF-8"'), header_charset("text/html")
    ('utf-8', None)
    """
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1].lower() if found else None


def _anchors(tree: html.HtmlElement, url: str, rule: Discovery) -> Iterator[tuple[Any, str]]:
    bases = tree.xpath("//base/@href")
    base = (joined(url, bases[0]) if bases else "") or url
    roots = select(tree, css=rule.links) if rule.links else [tree]
    count = 0
    for root in roots:
        for anchor in [root] if root.tag == "a" else root.iter("a"):
            href = (anchor.get("href") or "").strip()
            if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
                continue
            count += 1
            if count > MAX_LINKS:
                return
            if address := joined(base, href).split("#")[0]:
                yield anchor, address


def _title(anchor: Any) -> str | None:
    text = " ".join(canonical(anchor.text_content() or anchor.get("title") or "").split())
    return text or None


def _printed_day(anchor: Any) -> date | None:
    """The date of the smallest entry around a link that prints one and holds no other story."""
    element = anchor
    for _ in range(_CLIMB):
        element = element.getparent()
        if element is None or element.tag in ("body", "html"):
            return None
        text = element.text_content()
        if len(text) > _ENTRY_CHARACTERS:
            return None
        if found := parse_date(canonical(text)):
            return found.moment.date()
    return None
