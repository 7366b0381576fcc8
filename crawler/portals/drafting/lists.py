"""Which links of a list page are its articles, and the part of the page that holds them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.dates import parse_date
from archive.vietnamese import canonical, match_key
from spiders.links import joined

# A title has more words than the name of a section; a list has a few of them.
TITLE_WORDS = 4
FEWEST_TITLES = 3
_MAX_ANCHORS = 3000
_FRAME_TAGS = ("nav", "footer", "aside")
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:main-?|sub-?|top-?)?(?:menu|navbar|nav|footer|breadcrumbs?|topbar|sidebar|banner|header)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL_MENU = re.compile(r"(?:main|top|sub|mega)menu", re.IGNORECASE)
# Parts of addresses that look like articles and are none.
TRAPS = (
    "print", "in", "trang-in", "ban-in", "tag", "tags", "tu-khoa", "login", "dang-nhap", "register", "dang-ky",
    "search", "tim-kiem", "seek", "rss", "feed", "savefile", "sendmail", "author", "tac-gia", "topic", "chu-de",
    "amp", "page", "trang", "category", "chuyen-muc", "users", "comment", "lien-he", "contact", "groups", "download",
    "so-do-trang", "sitemap", "binh-luan", "wp-login.php", "wp-json", "wp-content", "attachment", "c",
)  # fmt: skip
_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|mp[34]|xml|rss|css|js)$", re.IGNORECASE)
_NUMBERED_PAGE = re.compile(r"(?:^|[/?&_-])(?:page|trang|p|pageindex|cur|paged)[-_=/]?\d+(?:\.\w+)?/?$", re.IGNORECASE)
_SHORT_NUMBER = 3  # digits: years apart, a number in a slug; ids are longer or stand alone


@dataclass(frozen=True, kw_only=True)
class Link:
    """One anchor of a page: where it leads and how it looks."""

    url: str
    anchor: Any
    title: str
    in_frame: bool  # menu, footer, sidebar by tag or name

    @property
    def is_titled(self) -> bool:
        return len(self.title.split()) >= TITLE_WORDS


def page_links(tree: Any, url: str, hosts: Collection[str]) -> list[Link]:
    """The links of a page to its own hosts, each anchor with the title it or its picture bears."""
    bases = tree.xpath("//base/@href")
    base = (joined(url, bases[0]) if bases else "") or url
    found = []
    for anchor in list(tree.iter("a"))[:_MAX_ANCHORS]:
        href = (anchor.get("href") or "").strip()
        if not href or href.lower().startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        address = joined(base, href).split("#")[0]
        if address and urlsplit(address).netloc.lower() in hosts:
            found.append(Link(url=address, anchor=anchor, title=_title(anchor), in_frame=in_frame(anchor)))
    return found


def article_addresses(tree: Any, url: str, hosts: Collection[str]) -> list[str]:
    """The addresses most likely articles, in the page's order: the largest group of one form that bears titles."""
    return [link.url for link in likely_articles(page_links(tree, url, hosts), url)]


def likely_articles(links: Sequence[Link], url: str) -> list[Link]:
    """Of the titled links outside menus the largest group of one form of address; each address once."""
    groups: defaultdict[str, dict[str, Link]] = defaultdict(dict)
    for link in links:
        if link.is_titled and not link.in_frame and link.url != url and not is_trap(link.url):
            groups[shape(link.url)].setdefault(link.url, link)
    best = max(groups.values(), key=len, default={})
    return list(best.values()) if len(best) >= FEWEST_TITLES else []


def is_trap(url: str) -> bool:
    """Whether an address says itself that it is a tag, a print page, a login, a file or a list's page.

    >>> [is_trap("https://a.vn/" + p) for p in ("tag/dan-van/", "trang-in-2.html", "a/trang-2.html", "tin/in-1.html")]
    [True, True, True, False]
    """
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    segments = [part for part in path.split("/") if part]
    if _FILES.search(path) or any(_is_trap_word(part) for part in segments):
        return True
    return bool(_NUMBERED_PAGE.search(path + (f"?{parts.query}" if parts.query else ""))) or "-amp-" in path


def _is_trap_word(segment: str) -> bool:
    stem = segment.rsplit(".", 1)[0]
    return segment in TRAPS or stem in TRAPS or bool(re.fullmatch(r"(?:trang-in|ban-in|print|tag)[-_]?\d+", stem))


def shape(url: str) -> str:
    """The form of an address: what its parts are, not what they say.

    >>> shape("https://a.vn/xa-hoi/tin-moi-o-ban-501.html"), shape("https://a.vn/News/Detail.aspx?ItemID=5")
    ('w/slug-id.html', 'w/word.aspx?itemid')
    """
    parts = urlsplit(url)
    segments = [part for part in unquote(parts.path).split("/") if part]
    kinds = [_middle_kind(part) for part in segments[:-1]]
    joined_words = [kind for n, kind in enumerate(kinds) if kind != "w" or n == 0 or kinds[n - 1] != "w"]
    last = _last_kind(segments[-1]) if segments else ""
    is_named = "id" in last or last.startswith("slug")  # a query behind a title only says where the link stood
    names = [] if is_named else sorted(pair.split("=")[0].lower() for pair in parts.query.split("&") if "=" in pair)
    return "/".join([*joined_words, last]) + ("?" + "&".join(names) if names else "")


def _middle_kind(segment: str) -> str:
    if re.fullmatch(r"\d{4}[-_]\d{1,2}[-_]\d{1,2}", segment):
        return "date"
    return "n" if segment.isdigit() else "w"


def _last_kind(segment: str) -> str:
    stem, dot, extension = segment.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z]{2,5}", extension):
        stem, dot, extension = segment, "", ""
    tail = f"{dot}{extension.lower()}"
    if re.search(rf"\d{{{_SHORT_NUMBER},}}$", stem) or re.search(r"[-_.](?=[a-f]*\d)[0-9a-f]{7,}$", stem):
        return ("id" if stem.isdigit() else "slug-id") + tail
    return ("slug" if len(re.split(r"[-_ ]", stem)) >= TITLE_WORDS else "word") + tail


def in_frame(element: Any) -> bool:
    """Whether an element is part of menu, footer or sidebar by tag or name."""
    for node in element.iterancestors():
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.tag in _FRAME_TAGS or _FRAME_NAMES.search(names) or _CAMEL_MENU.search(names):
            return node.tag not in ("body", "html") and not _is_entry(node)
    return False


def _is_entry(node: Any) -> bool:
    """A header inside an article's entry is no frame."""
    return next(node.iterancestors("article", "li"), None) is not None and node.tag == "header"


def container_of(articles: Sequence[Link], root: Any) -> tuple[Any, list[Link]]:
    """The smallest element that holds the page's own list, and the links in it.

    Side columns show articles too: their entries mostly print no date and have no teaser, so they weigh less.
    """
    weights = {link.url: _weight(link) for link in articles}
    inside: defaultdict[Any, set[str]] = defaultdict(set)
    for link in articles:
        for node in link.anchor.iterancestors():
            inside[node].add(link.url)
    node = root
    while (child := _heaviest(node, inside, weights)) is not None:
        left = inside[node] - inside[child]
        if left and not _may_leave(left, inside[child], weights):
            break
        node = child
    return node, [link for link in articles if link.url in inside[node]]


def _heaviest(node: Any, inside: dict[Any, set[str]], weights: dict[str, float]) -> Any:
    """The child with most of the weight, or None where no child has enough to be the list."""
    children = [child for child in node if len(inside.get(child, ())) >= 2]
    return max(children, key=lambda child: sum(weights[url] for url in inside[child]), default=None)


def _may_leave(left: set[str], kept: set[str], weights: dict[str, float]) -> bool:
    """Whether what a child leaves out is a side column: fewer, or lighter, and not just a story set on top."""
    ours, theirs = (sum(weights[url] for url in urls) / len(urls) for urls in (kept, left))
    if len(kept) < FEWEST_TITLES or len(kept) < 0.5 * len(left):
        return False
    return ours > 1.3 * theirs or (ours >= theirs and len(left) > 3 and len(kept) >= len(left))


def _weight(link: Link) -> float:
    """1 for a bare link; more for an entry with a date, a picture or a teaser of its own."""
    entry = _entry(link.anchor)
    text = match_key(canonical(entry.text_content() or ""))
    has_picture = next(entry.iter("img"), None) is not None
    teaser = len(text) > len(link.title) + 60
    return 1.0 + bool(parse_date(text)) + 0.5 * has_picture + 0.5 * teaser


def _entry(anchor: Any) -> Any:
    """The largest element around an anchor that holds no other story."""
    node = anchor
    address = (anchor.get("href") or "").split("#")[0].split("?")[0]
    for parent in anchor.iterancestors():
        if parent.tag == "body" or any(_is_story(one, address) for one in _others(parent, node)):
            break
        node = parent
    return node


def _others(parent: Any, known: Any) -> Iterator[Any]:
    return (anchor for child in parent if child is not known for anchor in child.iter("a"))


def _is_story(anchor: Any, address: str) -> bool:
    return not (anchor.get("href") or "").startswith(address) and len(_title(anchor).split()) >= TITLE_WORDS


def _title(anchor: Any) -> str:
    text = " ".join(canonical(anchor.text_content() or "").split())
    pictures = [image.get("alt") or "" for image in anchor.iter("img")]
    return text or " ".join(canonical(anchor.get("title") or next(iter(pictures), "")).split())
