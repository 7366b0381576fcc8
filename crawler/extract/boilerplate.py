"""What is never an article's text on any portal: menus, teasers, comments, and all under a stop-heading."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from archive.vietnamese import canonical, fold, match_key
from crawler.extract.blocks import data_table
from crawler.extract.tree import clean, drop

_TAGS = "//nav|//footer|//button|//select|//textarea|//input|//aside|//marquee|//audio|//video|//header[not(.//h1)]"
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMES = re.compile(
    r"^(?:comment\w*|binh-?luan|y-?kien|ykien|related\w*|lien-?quan|tin-?lien-?quan|other-?\w*news|othernews|tin-?khac"
    r"|cac-?tin-?khac|cactinkhac|bai-?khac|share\w*|social\w*|chia-?se|breadcrumbs?|menu\w*|nav\w*|sidebar|banner\w*"
    r"|footer\w*|quang-?cao|ads?|advert\w*|widget\w*|calendar|weather|thoi-?tiet|poll|tham-?do|most-?\w+|doc-?nhieu"
    r"|xem-?nhieu|tin-?moi\w*|tin-?nong|tags?|tag-?list|tu-?khoa|print\w*|toolbar|tool|rating|paging|pagination"
    r"|captcha|login|dang-?nhap|counter|thong-?ke|truy-?cap|lien-?ket|weblinks?|copyright|newsletter|hotline|visitors?)$",
    re.IGNORECASE,
)
STOP_HEADINGS = re.compile(
    r"^(?:(?:các |những |một số )?(?:tin|bài)(?: viết)?(?:,? bài)? (?:khác|liên quan|cũ hơn|mới hơn|nổi bật|đã đưa|nóng"
    r"|cùng (?:chuyên mục|mục|loại|chủ đề)|mới(?: nhất| nhận| đăng)?|đọc nhiều|xem nhiều|tiếp theo|trước đó)"
    r"(?: trong (?:số|tuần) này)?"
    r"|(?:xem )?(?:các )?tin (?:đã đưa|mới)(?: ngày)?|đọc nhiều(?: nhất)?|xem nhiều(?: nhất)?|được quan tâm|tiêu điểm|bài viết mới"
    r"|xem thêm|đọc thêm|có thể bạn quan tâm|chia sẻ(?: bài viết)?|ý kiến(?: bạn đọc| của bạn)?|bình luận"
    r"|gửi (?:bình luận|ý kiến)|trả lời|để lại (?:một )?bình luận|tags?|từ khóa|thẻ|chuyên mục|tin nổi bật"
    r"|lượt (?:xem|truy cập)|thống kê(?: truy cập)?|liên kết(?: website| web)?|thăm dò ý kiến|quảng cáo|văn bản mới(?: ban hành)?"
    r"|đừng bỏ lỡ|(?:mời )?bạn (?:đọc )?nên đọc|nên đọc|mới cập nhật|đang được quan tâm|cùng (?:tác giả|chủ đề|chuyên mục)"
    r"|thông báo mới|video(?: clip)?|thư viện ảnh|lịch công tác|thủ tục hành chính)"
    r"(?: ?[:\-–(/»|].{0,40})?\s*$"
)
# How all of the above begin, without tones: nearly all lines of a page are ruled out by them.
_OPENINGS = frozenset(
    ["ba", "bi", "ca", "ch", "co", "cu", "da", "de", "do", "du", "gu", "li", "lu", "mo", "ne", "nh", "qu", "ta", "te", "th", "ti",
     "tr", "tu", "va", "vi", "xe", "y"]
)  # fmt: skip
# A heading is short; a sentence that begins "Tin mới nhất …" is text.
_LONGEST_HEADING = 60
_MOST_IN_HEADING = 5  # elements
_HEADING_TAGS = (
    "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "b", "strong", "a", "td", "li", "u", "em", "font", "legend",
)  # fmt: skip
# Classes of frameworks that hide, unless another shows the element on wide screens.
_HIDING = frozenset({"hidden", "hide", "d-none", "visually-hidden", "sr-only", "invisible"})
_SHOWN = re.compile(r"(?:^| )(?:d|visible)-(?:sm|md|lg|xl)(?:-(?:block|flex|inline|inline-block|grid|table))?(?: |$)")
# An element with more of the page's unlinked text is the article, however short its lines are.
_MOST_TEASER_TEXT = 0.4
_LONGEST_TEASER = 160  # characters
_SIBLINGS = 40  # looked at after a stop-heading; lists of teasers are shorter
_PROSE = etree.XPath(f".//text()[string-length(normalize-space()) > {_LONGEST_TEASER}][not(ancestor::a)]")


def prune(tree: Any, title: str | None) -> None:
    """Drop boilerplate in place. What holds the title or long unlinked text is kept, whatever its name."""
    wanted = match_key(title or "")
    for element in tree.xpath(_TAGS):
        if not _holds_article(element, wanted):
            drop(element)
    for element in list(tree.iter()):
        if element.tag in ("html", "body", "head") or not isinstance(element.tag, str):
            continue
        if _is_named_boilerplate(element) and not _holds_article(element, wanted):
            drop(element)
    drop_below_stop_headings(tree, wanted)
    _drop_link_lists(tree, wanted)


def drop_hidden(tree: Any) -> None:
    """Drop in place what a reader does not see by its style or a framework's class, unless it holds much text."""
    body = tree.find("body")
    for element in list((tree if body is None else body).iter()):
        if _is_hidden(element) and len(_prose(element)) < 2:
            drop(element)


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    if style and _HIDING_STYLE.search(style):
        return True
    names = element.get("class")
    if names and _is_hidden_by_class(names):
        return True
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


@lru_cache(maxsize=4096)  # a site has a few hundred
def _is_hidden_by_class(names: str) -> bool:
    return not _HIDING.isdisjoint(names.split()) and not _SHOWN.search(names)


def is_stop_heading(text: str) -> bool:
    """Whether a short block announces that the article is over.

    >>> is_stop_heading("Các tin khác"), is_stop_heading("Ý kiến bạn đọc (0)"), is_stop_heading("Tin vui đến với dân")
    (True, True, False)
    """
    if len(text) > 4 * _LONGEST_HEADING:
        return False
    text = clean(text)
    if not 0 < len(text) <= _LONGEST_HEADING or not _opens_stop_heading(text):
        return False
    return bool(STOP_HEADINGS.match(match_key(text)))


def _may_be_stop_heading(element: Any) -> bool:
    """A look at the first letter, before all text of an element is put together."""
    node = element
    while not (text := (node.text or "").lstrip()):
        if not len(node) or len(node) > _MOST_IN_HEADING:
            return False
        node, outer = node[0], node
        if (node.tail or "").strip() or len(outer) > 1:
            return len(element) <= _MOST_IN_HEADING  # its text begins behind an icon
    return len(element) <= _MOST_IN_HEADING and (len(text) < 2 or _opens_stop_heading(text))


def _opens_stop_heading(text: str) -> bool:
    return fold(text[:4])[:2].rstrip() in _OPENINGS


def _is_named_boilerplate(element: Any) -> bool:
    return any(names and _are_names_of_boilerplate(names) for names in (element.get("class"), element.get("id")))


@lru_cache(maxsize=4096)
def _are_names_of_boilerplate(names: str) -> bool:
    return any(_NAMES.match(name.replace("_", "-")) for name in names.split())


def _holds_article(element: Any, title: str) -> bool:
    """Whether an element holds the title as heading, or several long paragraphs that are no links."""
    if title and any(match_key(canonical(clean(h.text_content()))) == title for h in element.iter("h1", "h2", "h3")):
        return True
    return len(_prose(element)) >= 2


def drop_below_stop_headings(tree: Any, title: str) -> None:
    """Drop each stop-heading with its list: the largest ancestor without text of the article, and what follows it."""
    candidates = [e for e in tree.iter(*_HEADING_TAGS) if _may_be_stop_heading(e) and is_stop_heading(e.text_content())]
    whole = _plain_size(tree) if candidates else 0

    @cache
    def is_more_than_teasers(element: Any) -> bool:
        if element.tag in ("body", "html") or _holds_text(element, title):
            return True
        return _plain_size(element) > _MOST_TEASER_TEXT * whole

    for element in candidates:
        if _is_cell_of_figures(element) or element.getroottree().getroot() is not tree:
            continue
        node = element
        while (parent := node.getparent()) is not None and not is_more_than_teasers(parent):
            node = parent
        if node is element and not _text_follows(element):
            continue  # between lines of the article's own element: the text ends at it
        dropped = _drop_teasers_after(node)
        if node is element and not dropped and next(element.iter("a"), None) is None:
            continue  # it heads what follows, which is other news without links
        if node.getparent() is not None:
            drop(node)


def _drop_teasers_after(node: Any) -> bool:
    """Drop the lists of links and teasers that follow an element; whether there were any."""
    dropped = False
    while (following := node.getnext()) is not None and (_is_list_of_links(following) or _is_teaser(following)):
        dropped |= bool((following.text_content() or "").strip())
        drop(following)
    return dropped


def _text_follows(element: Any) -> bool:
    """Whether a long paragraph stands beside an element, after it."""
    beside = list(islice(element.itersiblings(), _SIBLINGS))
    return any(_prose(one) for one in beside) or any(
        len(clean(one.tail or "")) > _LONGEST_TEASER for one in (element, *beside)
    )


def _is_cell_of_figures(element: Any) -> bool:
    """Whether an element is in a table of data: "Ý kiến" may head a column."""
    table = next(element.iterancestors("table"), None)
    return table is not None and data_table(table) is not None


def _holds_text(element: Any, title: str) -> bool:
    """Whether an element has a long unlinked paragraph or the title."""
    if _prose(element):
        return True
    if title and any(match_key(canonical(clean(h.text_content()))) == title for h in element.iter("h1", "h2")):
        return True
    if not title or next(element.iter("a"), None) is not None:
        return False
    return title in match_key(canonical(clean(element.text_content() or "")))


def _plain_size(element: Any) -> int:
    """Characters that are no links."""
    linked = sum(len(clean(a.text_content() or "")) for a in element.iter("a"))
    return len(clean(element.text_content() or "")) - linked


def _is_list_of_links(element: Any) -> bool:
    """Whether what stands in an element is nearly all links, or nothing."""
    text = clean(element.text_content() or "")
    linked = sum(len(clean(a.text_content() or "")) for a in element.iter("a"))
    return not text or linked > 0.5 * len(text)


def _is_teaser(element: Any) -> bool:
    """Whether an element begins with a link, followed by no more than a date and a sentence."""
    first = next((text for text in element.itertext() if text.strip(" +•*-–»›\xa0\n\t\r")), "")
    anchor = next(element.iter("a"), None)
    return anchor is not None and first in anchor.itertext() and not _prose(element)


def _prose(element: Any) -> list[Any]:
    """Long runs of text that are no links."""
    found: Any = _PROSE(element)
    return list(found)


def _drop_link_lists(tree: Any, title: str) -> None:
    """Lists whose text is nearly all links."""
    for element in tree.xpath("//ul|//ol|//table|//dl"):
        if element.getroottree().getroot() is not tree or _holds_text(element, title):
            continue
        anchors = element.xpath(".//a")
        text = clean(element.text_content() or "")
        linked = sum(len(clean(a.text_content() or "")) for a in anchors)
        if len(anchors) >= 2 and linked > 0.6 * len(text):
            drop(element)
