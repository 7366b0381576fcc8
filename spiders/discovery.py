"""Walking a portal's feeds, sitemaps and lists: pure steps from an answer to links and next requests.

Nothing here raises on what a server sends; what cannot be read is a `problem` in words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from archive.dates import parse_iso
from archive.records import ArticleLink
from archive.vietnamese import canonical
from spiders.feeds import child_text, feed_day, item_day, parse_xml
from spiders.links import is_article_url, is_wanted, joined, shown_links, url_facts, url_key
from spiders.list_api import api_items, api_template, api_url
from spiders.markup import without_huge_tags
from spiders.portal import Portal
from spiders.profile import Discovery
from spiders.window import Window, days_named

# The protocol's limit for one sitemap.
MAX_SITEMAP_URLS = 50_000
# A walk back to a day goes beyond a profile's `max_pages`, which is made for what is new: 150,000 articles.
MAX_PAGES_TO_A_DAY = 5000
# Some 200 articles in a row off the topic: this list is none that carries it.
MAX_BARREN_PAGES = 10


@dataclass(frozen=True, kw_only=True)
class DiscoveryRequest:
    """One list, feed or sitemap to fetch, and by which rule to read it."""

    url: str
    rule: int
    page: int = 1
    is_child: bool = False  # a sitemap named by an index
    api_first: int | None = None  # offset, where the answer is an API's
    first_url: str = ""  # of the list whose pages these are
    shown: str = ""  # digest of what the page before this showed
    barren: int = 0  # pages before this, without a break, that showed nothing the scope takes
    api_template: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class DiscoveryResult:
    """What an answer showed: articles in order, and what to fetch next."""

    links: tuple[ArticleLink, ...] = ()
    follow: tuple[DiscoveryRequest, ...] = ()
    skipped: tuple[tuple[ArticleLink, str], ...] = ()  # shown and not wanted, with the reason
    shown: int = 0  # articles of a list, wanted or not
    oldest: date | None = None  # of a list's or API's entries: how far back the walk has come
    problem: str | None = None


@dataclass
class _Found:
    """Collects one answer."""

    links: list[ArticleLink] = field(default_factory=list)
    follow: list[DiscoveryRequest] = field(default_factory=list)
    shown: list[ArticleLink] = field(default_factory=list)  # wanted or not

    def add(self, link: ArticleLink, portal: Portal, rule: Discovery) -> None:
        """Note an article, and keep it if the portal's scope takes it."""
        self.shown.append(link)
        if is_wanted(link, portal, rule):
            self.links.append(link)


def start(portal: Portal) -> list[DiscoveryRequest]:
    """The first requests of every way in the profile's order, sections first."""
    requests = [
        DiscoveryRequest(
            url=urljoin(portal.base_url, address), rule=number, first_url=urljoin(portal.base_url, address)
        )
        for number, rule in enumerate(portal.discover)
        for address in rule.urls
        if portal.scope != "section" or rule.is_section or rule.kind != "list"
    ]
    return sorted(requests, key=lambda one: not portal.discover[one.rule].is_section)


def read(
    portal: Portal,
    request: DiscoveryRequest,
    body: bytes,
    url: str,
    window: Window,
    is_known: Callable[[str], bool] = lambda _key: False,
) -> DiscoveryResult:
    """Read one answer. Paging ends with a page that brings only known links, only older ones, or none, or after many
    that bring nothing the portal's scope takes."""
    rule = portal.discover[request.rule]
    try:
        if request.api_first is not None:
            found = _read_api(portal, rule, request, body, url, window)
        elif rule.kind == "rss":
            found = _read_rss(portal, rule, body, url)
        elif rule.kind == "sitemap":
            found = _read_sitemap(portal, rule, request, body, url, window)
        else:
            found = _read_list(portal, rule, request, body, url, window)
    except (ValueError, KeyError, TypeError, AttributeError, etree.LxmlError, OSError, EOFError) as error:
        return DiscoveryResult(problem=f"cannot be read as {rule.kind}: {error}")
    if rule.kind != "sitemap" and not found.shown and not found.follow and request.page == 1 and not request.api_first:
        return DiscoveryResult(problem=f"a {rule.kind} without any article link")
    goes_on = _goes_on(portal, request, found, window, is_known)
    barren = 0 if found.links else request.barren + 1
    off_scope = f"none of the portal's sections or keywords (scope {portal.scope})"
    wanted = {link.url for link in found.links}
    return DiscoveryResult(
        links=tuple(link for link in found.links if window.holds(link.published)),
        skipped=tuple(
            [(link, off_scope) for link in found.shown if link.url not in wanted]
            + [(link, "outside the days asked for") for link in found.links if not window.holds(link.published)]
        ),
        follow=tuple(replace(one, barren=barren) for one in found.follow) if goes_on else (),
        shown=len(found.shown),
        oldest=min((link.published for link in found.shown if link.published), default=None),
    )


def _goes_on(
    portal: Portal, request: DiscoveryRequest, found: _Found, window: Window, is_known: Callable[[str], bool]
) -> bool:
    if portal.discover[request.rule].kind == "sitemap":
        return True
    if all(window.is_past(link.published) for link in found.shown):
        return False
    if not found.links:
        return request.barren < MAX_BARREN_PAGES
    return not all(is_known(url_key(link.url, portal)) for link in found.links)


def _last_page(rule: Discovery, found: _Found, window: Window) -> int:
    """Up to which page a list is walked: to a day only while its entries say how far back it has come."""
    says_days = any(link.published for link in found.shown)
    return max(rule.max_pages, MAX_PAGES_TO_A_DAY) if window.since and says_days else rule.max_pages


def _read_list(
    portal: Portal, rule: Discovery, request: DiscoveryRequest, body: bytes, url: str, window: Window
) -> _Found:
    tree = parse_html(body)
    found = _Found()
    for link in shown_links(tree, url, portal, rule):
        found.add(link, portal, rule)
    digest = _digest(found.shown)
    if rule.api:
        if template := api_template(tree, url, rule):
            found.follow.append(
                replace(request, url=api_url(template, 0, rule.api.size), api_first=0, api_template=template)
            )
    # A server that does not know the page's number answers with the same page again.
    elif rule.next and request.page < _last_page(rule, found, window) and found.shown and digest != request.shown:
        number = request.page + 1
        following = _page_url(request.first_url, rule, number)
        found.follow.append(replace(request, url=following, page=number, shown=digest))
    return found


def _digest(shown: list[ArticleLink]) -> str:
    return hashlib.sha256("\n".join(link.url for link in shown).encode(errors="replace")).hexdigest()[:16]


def _page_url(first: str, rule: Discovery, number: int) -> str:
    tail = (rule.next or "").format(n=number + rule.first_page - 1)
    if tail.startswith("?"):
        return first.split("?")[0] + tail
    return first.rstrip("/") + "/" + tail.lstrip("/")


def _read_api(
    portal: Portal, rule: Discovery, request: DiscoveryRequest, body: bytes, url: str, window: Window
) -> _Found:
    api = rule.api
    assert api is not None
    text = body.decode("utf-8", errors="replace").strip()
    items = api_items(text, api.items)
    found = _Found()
    for item in items:
        address = joined(url, str(item.get(api.link)) if isinstance(item, dict) else "")
        if is_article_url(address, portal):
            link = ArticleLink(
                url=address,
                portal=portal.key,
                found_in="api",
                title=canonical(str(item.get(api.title) or "")) or None,
                published=item_day(item.get(api.date)),
            )
            found.add(link, portal, rule)
    assert request.api_first is not None
    if items and request.page < _last_page(rule, found, window):
        first = request.api_first + len(items)
        following = api_url(request.api_template, first, api.size)
        found.follow.append(replace(request, url=following, api_first=first, page=request.page + 1))
    return found


def _read_rss(portal: Portal, rule: Discovery, body: bytes, url: str) -> _Found:
    root = parse_xml(body)
    found = _Found()
    for item in root.xpath("//*[local-name()='item' or local-name()='entry']"):
        address = child_text(item, "link") or next(iter(item.xpath("*[local-name()='link']/@href")), "")
        link = ArticleLink(
            url=joined(url, address),
            portal=portal.key,
            found_in="rss",
            title=canonical(child_text(item, "title")).strip() or None,
            published=feed_day(child_text(item, "pubDate") or child_text(item, "published")),
        )
        if is_article_url(link.url, portal):
            found.add(link, portal, rule)
    return found


def _read_sitemap(
    portal: Portal, rule: Discovery, request: DiscoveryRequest, body: bytes, url: str, window: Window
) -> _Found:
    root = parse_xml(body)
    found = _Found()
    if not request.is_child or root.xpath("boolean(//*[local-name()='sitemapindex'])"):
        children = root.xpath("//*[local-name()='sitemap']")[:MAX_SITEMAP_URLS]
        found.follow = _children(portal, rule, request, children, url, window)
    for entry in root.xpath("//*[local-name()='url']")[:MAX_SITEMAP_URLS]:
        address = joined(url, child_text(entry, "loc"))
        if not is_article_url(address, portal):
            continue
        modified = parse_iso(child_text(entry, "lastmod"))
        day = modified.moment.date() if modified else None
        if day and window.until and day > window.until:
            day = None  # changed later: when it was published nothing says
        facts = url_facts(address, portal)
        link = ArticleLink(
            url=address,
            portal=portal.key,
            found_in="sitemap",
            title=canonical(child_text(entry, "title")).strip() or None,
            published=(facts and facts.day) or day,
        )
        found.add(link, portal, rule)
    found.links.sort(key=lambda link: link.published or date.min, reverse=True)
    return found


def _children(
    portal: Portal, rule: Discovery, request: DiscoveryRequest, entries: list[Any], url: str, window: Window
) -> list[DiscoveryRequest]:
    """The sitemaps an index names: those the rule wants, on the portal, in the window, newest first, no loops."""
    if request.page > 2:  # an index of indexes of indexes is a loop
        return []
    chosen: dict[str, date] = {}
    for entry in entries:
        address = joined(url, child_text(entry, "loc"))
        pattern = re.search(rule.children, urlsplit(address).path) if rule.children else None
        is_ours = urlsplit(address).netloc.lower() in portal.hosts
        if address == url or not is_ours or (rule.children and not pattern):
            continue
        modified = parse_iso(child_text(entry, "lastmod"))
        changed = modified.moment.date() if modified else None
        first, last = days_named(pattern.groupdict().get("date") or "" if pattern else "")
        if window.meets(first, last or changed):
            chosen[address] = last or changed or date.min
    newest = sorted(chosen, key=lambda address: chosen[address], reverse=True)
    return [replace(request, url=address, is_child=True, page=request.page + 1) for address in newest]


def parse_html(body: bytes, encoding: str | None = "utf-8") -> html.HtmlElement:
    """An HTML tree from bytes; an empty page is an empty tree."""
    parser = html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
    source = without_huge_tags(body.decode("latin-1")).encode("latin-1").replace(b"\x00", b"")
    try:
        return html.document_fromstring(source or b"<html></html>", parser=parser)
    except etree.ParserError:
        return html.document_fromstring(b"<html></html>", parser=parser)
