"""The ways to a portal's articles as a draft states them: the list given, its pager, and feeds the pages name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec

from archive.vietnamese import fold
from crawler.portals.drafting import stable
from crawler.portals.drafting.basis import Doubts
from crawler.portals.drafting.lists import Link, container_of, is_trap, likely_articles, page_links, shape
from crawler.portals.drafting.paging import Feed, feeds_of, paging_of
from crawler.portals.source import Source
from spiders.links import shown_links
from spiders.portal import Portal
from spiders.profile import Discovery
from spiders.selectors import select

_SHOWN = 2  # examples in a doubt
_FEWEST_SCRIPTS = 1


@dataclass(frozen=True, kw_only=True)
class ListSeen:
    """The list page: its links, which of them are its articles, and the element that holds these."""

    source: Source
    links: Sequence[Link]
    articles: Sequence[Link]
    element: Any
    others: Sequence[str] = field(default=())  # links of menus, tags, prints, logins


def seen_list(listing: Source, hosts: Sequence[str], article: str) -> ListSeen:
    """Look at a list page; the article's form of address decides between groups of links."""
    links = page_links(listing.tree, listing.url, hosts)
    group = [link for link in links if link.is_titled and not link.in_frame and not is_trap(link.url)]
    of_form = list({link.url: link for link in reversed(group) if shape(link.url) == shape(article)}.values())[::-1]
    likely = of_form if len(of_form) > 1 else likely_articles(links, listing.url)
    if not likely:
        return ListSeen(source=listing, links=links, articles=(), element=None)
    element, inside = container_of(likely, listing.tree)
    others = [link.url for link in links if is_trap(link.url) or (link.in_frame and not link.is_titled)]
    titled = {link.url for link in links if link.is_titled}
    untitled = [url for url in others if is_trap(url) or url not in titled]
    return ListSeen(source=listing, links=links, articles=inside, element=element, others=untitled)


def draws_itself(listing: Source) -> bool:
    """Whether a list page is made by its scripts: it has some, and hardly a link."""
    return listing.page.body.lower().count(b"<script") >= _FEWEST_SCRIPTS and len(listing.tree.xpath("//a[@href]")) < 10


def ways(seen: ListSeen, portal: Portal, articles: Sequence[Source], doubts: Doubts) -> tuple[Discovery, ...]:
    """The list, then the family's other ways, then feeds and sitemaps that the pages name."""
    base = next((rule for rule in portal.base.discover if rule.kind == "list"), Discovery(kind="list", urls=()))
    others = [rule for rule in portal.base.discover if rule.kind != "list"]
    known = {address for rule in others for address in rule.urls}
    found = [feed for one in (seen.source, *articles) for feed in feeds_of(one.whole, one.url, portal.hosts)]
    feeds = {_relative(feed.url, portal): feed for feed in found}
    named = [_feed_way(feed, address, doubts) for address, feed in feeds.items() if address not in known]
    return (_list_way(seen, portal, base, doubts), *others, *named)


def _feed_way(feed: Feed, address: str, doubts: Doubts) -> Discovery:
    doubts.append(("discover", f"the {feed.kind} {address} was not opened; remove it where the check cannot read it"))
    return Discovery(kind=feed.kind, urls=(address,), evidence=f"named in {feed.where} of the page")


def _list_way(seen: ListSeen, portal: Portal, base: Discovery, doubts: Doubts) -> Discovery:
    paging = paging_of(seen.source.url, seen.links, seen.source.tree)
    rule = msgspec.structs.replace(
        base,
        urls=(_relative(paging.start, portal),),
        is_section="dan-van" in fold(urlsplit(paging.start).path).lower(),
        evidence=f"seen on {seen.source.url}",
        confidence="unverified",
    )
    has_api = base.api is not None and base.api.site is not None and bool(select(seen.source.tree, css=base.api.site))
    if paging.next:
        rule = msgspec.structs.replace(rule, next=paging.next, first_page=paging.first_page)
    elif paging.doubt and not has_api:
        kept = f"; the family's {base.next} is kept" if base.next else ""
        doubts.append(("discover", paging.doubt + kept))
    if not seen.articles:
        doubts.append(
            ("discover", "the list shows no article links without its scripts; find a feed, a sitemap or its API")
        )
        return rule
    return msgspec.structs.replace(rule, links=_links_css(seen, portal, rule, doubts))


def _links_css(seen: ListSeen, portal: Portal, rule: Discovery, doubts: Doubts) -> str | None:
    """CSS for the part of the page that holds the list and nothing but it."""
    tree, url = seen.source.tree, seen.source.url
    wanted = {link.url for link in seen.articles}
    inside = {one.url for one in seen.links if one.is_titled and seen.element in one.anchor.iterancestors()}
    for css in _container_names(seen):
        found = {link.url for link in shown_links(tree, url, portal, msgspec.structs.replace(rule, links=css))}
        if wanted <= found and all(one in inside or shape(one) == shape(seen.articles[0].url) for one in found):
            _doubt_left_out(seen, portal, rule, found, doubts)
            return css
    doubts.append(("discover", "no named element holds just the list; links of menus and side columns count too"))
    return None


def _container_names(seen: ListSeen) -> list[str]:
    """Names of the list's element, of those around it, and of its entries where it has none itself."""
    tree = seen.source.tree
    found = []
    for loose in (False, True):
        found += stable.selectors(seen.element, tree, loose=loose)
        found += [css for entry in _entries(seen) for css in stable.names(entry, loose)]
        for node in list(seen.element.iterancestors())[:2]:
            found += stable.selectors(node, tree, loose=loose)[:2]
    return found


def _entries(seen: ListSeen) -> list[Any]:
    """The first children of the list's element that hold an article each."""
    anchors = {link.anchor for link in seen.articles}
    return [child for child in seen.element if not anchors.isdisjoint(child.iter("a"))][:2]


def _doubt_left_out(seen: ListSeen, portal: Portal, rule: Discovery, found: set[str], doubts: Doubts) -> None:
    whole = msgspec.structs.replace(rule, links=None)
    left = [link.url for link in shown_links(seen.source.tree, seen.source.url, portal, whole) if link.url not in found]
    if left:
        shown = ", ".join(left[:_SHOWN])
        doubts.append(
            ("discover", f"{len(left)} article links stand outside of the list (menus, side columns): {shown}")
        )


def _relative(url: str, portal: Portal) -> str:
    """An address without its host, where that is the canonical one."""
    parts = urlsplit(url)
    if parts.netloc.lower() != portal.hosts[0]:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
