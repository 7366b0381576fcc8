"""How a list addresses its further pages, from its pager's links; and the feeds and sitemaps a page names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from archive.vietnamese import canonical, match_key
from crawler.portals.drafting.lists import Link
from spiders.links import joined

_NUMBER = re.compile(r"(?<=[=/_\-.pe])\d+(?=$|[&/.?])")  # "/2/", "page2", "=2"; not in a code such as M0UU
_NEXT = re.compile(r"(?:[»›>]+|(?:trang )?(?:tiếp(?: theo)?|sau|kế tiếp)|next|xem tiếp|[→⇒])\s*[»›>→]*")
_SCRIPTED = re.compile(r"javascript:(?!void\(0\);?$).*(?:page|trang|postback)|__doPostBack", re.IGNORECASE)
_MORE = re.compile(r"(?:xem|tải) thêm|load more")
_MOST_PAGES = 500  # a larger number in an address is an id or a year
# Other feeds: of comments, of all sections at once where the list has its own.
_NO_FEED = re.compile(r"comments?/feed|instant-rss|print", re.IGNORECASE)
_FEED_NAME = re.compile(r"(?:\.rss|/rss/?|/feed/?|/rss/[\w-]+|rss\.xml|\.rss\.xml)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Paging:
    """The first page's address, and how page n follows it; `doubt` says what could not be made out."""

    start: str
    next: str | None = None
    first_page: int = 1
    doubt: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Pager:
    template: str  # an address with {n}
    number: int  # in the address
    label: str

    @property
    def page(self) -> int | None:
        """Which page the link says it leads to."""
        return int(self.label) if self.label.isdigit() and int(self.label) <= _MOST_PAGES else None


def paging_of(list_url: str, links: Sequence[Link], tree: Any) -> Paging:
    """The form of the pager: of links that differ from the list's address in one number, the lowest."""
    pagers = sorted((p for link in links for p in _pagers(link, list_url)), key=_trust)
    for pager in pagers:
        if found := _expressed(pager, list_url):
            return found
    return Paging(start=list_url, doubt=_why_not(pagers, tree))


def _trust(pager: _Pager) -> tuple[bool, bool, int]:
    """Numbered links before "next", and of the numbers in an address the nearest to 2."""
    return pager.page is None, pager.number == 0, abs(pager.number - 2)


def _pagers(link: Link, list_url: str) -> list[_Pager]:
    label = match_key(canonical(link.anchor.text_content() or "").strip()).strip(" .[]|")
    rel = (link.anchor.get("rel") or "").lower()
    if not (label.isdigit() and len(label) <= 3) and not _NEXT.fullmatch(label) and "next" not in rel.split():
        return []
    numbers = [found for found in _NUMBER.finditer(link.url) if _is_page_number(link.url, found, list_url)]
    wanted = {int(label), int(label) - 1} if label.isdigit() else None
    numbers = [found for found in numbers if wanted is None or int(found[0]) in wanted]
    return [
        _Pager(template=_with_mark(link.url, found), number=int(found[0]), label=label) for found in reversed(numbers)
    ]


def _with_mark(url: str, found: re.Match[str]) -> str:
    def doubled(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    return doubled(url[: found.start()]) + "{n}" + doubled(url[found.end() :])


def _is_page_number(url: str, found: re.Match[str], list_url: str) -> bool:
    """Whether a number may be a page's: behind the host, small, and not the same in the list's own address."""
    behind_host = found.start() > len("https://") + len(urlsplit(url).netloc) - 1
    same = list_url[found.start() : found.end()] == found[0] and list_url[: found.end()] == url[: found.end()]
    return behind_host and not same and int(found[0]) <= _MOST_PAGES


def _expressed(pager: _Pager, list_url: str) -> Paging | None:
    """The pager in the profile's form, where that can say it: other parameters, or a part behind the address."""
    start = _first_page(pager.template, list_url)
    parts = urlsplit(pager.template)
    first = 1 if pager.page in (None, pager.number) else pager.number - (pager.page or 0) + 1
    if first not in (0, 1) or (pager.page is None and not 1 <= pager.number <= 3):
        return None
    if pager.page is None and pager.number == 1:
        first = 0  # "next" on the first page leads to number 1
    own = urlsplit(start)
    if "{n}" in parts.query and unquote(parts.path) == unquote(own.path):
        return Paging(start=start, next=f"?{parts.query}", first_page=first)
    folder = own.path.rstrip("/") + "/"
    if "{n}" in parts.path and parts.path.startswith(folder) and not own.query:
        return Paging(start=start, next=parts.path.removeprefix(folder), first_page=first)
    return None


def _first_page(template: str, list_url: str) -> str:
    """The list's first page, where the address given is that of a later one."""
    pattern = re.escape(template.replace("{{", "{").replace("}}", "}")).replace(r"\{n\}", r"\d+")
    if not re.fullmatch(pattern, list_url):
        return list_url
    before = template.partition("{n}")[0]
    if "?" in before:
        return re.sub(r"[?&][^?&]*$", "", before)
    return before.rpartition("/")[0] + "/"


def _why_not(pagers: Sequence[_Pager], tree: Any) -> str:
    if pagers:
        return f"its pager leads to {pagers[0].template}, which `next` cannot say; only the first page is read"
    labels = [match_key(canonical(one.text_content() or "")).strip() for one in tree.iter("a", "button")]
    if any(_SCRIPTED.search(a.get("href") or "") for a in tree.iter("a")) or any(map(_MORE.fullmatch, labels)):
        return "its further pages are fetched by a script; only the first page is read"
    return "no pager found; only the first page is read"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed or sitemap that a page names; nobody has opened it."""

    kind: Literal["rss", "sitemap"]
    url: str
    where: str


def feeds_of(tree: Any, url: str, hosts: Collection[str]) -> list[Feed]:
    """Feeds and sitemaps of the head, then of the page's links, on the portal's own hosts."""
    heads = tree.xpath("//link[@rel='sitemap' or @type='application/rss+xml' or @type='application/atom+xml']")
    found = [Feed(kind=_kind(link), url=joined(url, link.get("href") or ""), where="the head") for link in heads]
    has_feed = any(feed.kind == "rss" for feed in found)
    for link in (joined(url, a.get("href") or "") for a in tree.iter("a")):
        if link.endswith("/sitemap.xml"):
            found.append(Feed(kind="sitemap", url=link, where="a link"))
        elif not has_feed and _FEED_NAME.search(urlsplit(link).path):
            found.append(Feed(kind="rss", url=link, where="a link"))
    ours = [feed for feed in found if urlsplit(feed.url).netloc.lower() in hosts and not _NO_FEED.search(feed.url)]
    return list({feed.url: feed for feed in reversed(ours)}.values())[::-1]


def _kind(link: Any) -> Literal["rss", "sitemap"]:
    return "sitemap" if link.get("rel") == "sitemap" else "rss"
