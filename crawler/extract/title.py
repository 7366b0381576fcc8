"""The title: by rule, else the heading that the head's titles agree with, never the site's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from archive.vietnamese import canonical, match_key
from crawler.extract.blocks import Block
from crawler.extract.boilerplate import is_stop_heading
from crawler.extract.metadata import Metadata
from crawler.extract.tree import clean

_SEPARATORS = re.compile(r"\s+[-–|»:·]\s+|\s*\|\s*")
# How sites name themselves, in a few words: "Báo động tai nạn" and "Chào mừng ngày hội" are titles.
_SITE = re.compile(
    r"^(?:trang chủ|home|website|(?:trang|cổng) (?:thông tin|tin|tttđt)\b|chào mừng (?:bạn |quý vị )?(?:đã )?đến"
    r"|(?:ban dân vận )?(?:tỉnh|huyện|thành|quận|thị|đảng) ủy (?:xã |phường )?\S+(?: \S+){0,2}$"
    r"|(?:ubnd|ủy ban nhân dân|đảng bộ|hđnd) (?:tỉnh|huyện|thành phố|quận|thị xã|xã|phường|thị trấn) \S+(?: \S+){0,2}"
    r"(?:,? (?:tỉnh|huyện|thành phố|quận|thị xã) \S+(?: \S+){0,2}){0,2}$)"
)
_PAPER = re.compile(
    r"^(?:Báo|BÁO)(?: (?:điện tử|và|Điện tử|ĐIỆN TỬ|-))?(?: [A-ZĐÀ-Ỹ][\w-]*){1,4}(?: (?:điện tử|online))?$"
)
_LONGEST_SITE_NAME = 20  # words, with its agency, province and what stands in the same line
_NOTE = re.compile(r"\d{1,2}[/:.-]\d{2}.*\d{4}|tháng \d+ năm|lượt (?:xem|đọc)|người (?:đăng|viết)|tác giả\s*:")
_DOCUMENT_NUMBER = re.compile(r"\d\s?/(?:\d{4}/)?[a-zđ]{2}")
# A date that stands in one line with its title.
_TRAILING_DATE = re.compile(
    r"[\s(|–-]*(?:(?:thứ \S+|chủ nhật),?\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.{0,30}$", re.IGNORECASE
)
_SHORTEST = 8
_LONGEST = 300
_FEWEST_SIGNS = -1.5  # less: a lead or a caption, not a title
_LONG_SENTENCE, _SENTENCE = 90, 60  # characters; short ones where there are no others
_SHORT_TITLE = 6  # words
_MENU_REACH, _MENU_LINKS = 40, 5  # blocks, links
_REACH = 9  # blocks: byline, date, tools and a lead may stand between title and text


def find_title(tree: Any, metadata: Metadata, page_blocks: Callable[[], list[Block]]) -> tuple[str, str] | None:
    """Title and rule for a page without rules; the page's blocks are asked for only where headings do not tell."""
    headings = [text for text in _headings(tree) if not is_stop_heading(text) and not is_site_name(text, metadata)]
    for claimed in metadata.titles:
        for heading in headings:
            if len(heading) >= _SHORTEST and _agree(heading, claimed) and _is_no_banner(heading, headings, page_blocks):
                return heading, "generic:heading that agrees with the head"
    for claimed in metadata.jsonld("headline") + metadata.meta("og:title"):
        if not is_site_name(claimed, metadata) and not _is_label(claimed):
            return _without_site(claimed, metadata), "generic:head"
    found = page_blocks()
    if confirmed := _confirmed_line(found, metadata):
        return confirmed, "generic:line that agrees with the head"
    if above := _above_text(found, metadata):
        return above, "generic:line above the text"
    fitting = [text for text in headings if not _is_label(text)]
    if fitting:
        return fitting[0], "generic:first heading"
    if metadata.titles and not is_site_name(metadata.titles[-1], metadata):
        return _without_site(metadata.titles[-1], metadata), "generic:title element"
    return None


def _is_no_banner(heading: str, headings: list[str], page_blocks: Callable[[], list[Block]]) -> bool:
    """A short heading among others may be the site's name on every page: then a menu parts it from the text."""
    if len(heading.split()) > _SHORT_TITLE or len(headings) == 1:
        return True
    found, key = page_blocks(), match_key(heading)
    places = [n for n, block in enumerate(found) if block.key == key]
    return not places or any(_may_head_text(found, n) for n in places)


def _confirmed_line(found: list[Block], metadata: Metadata) -> str | None:
    """A line of the page that is a part of the head's title and not the site's name."""
    lines = {block.key: block.text for n, block in reversed(list(enumerate(found))) if _may_head_text(found, n)}
    for claimed in metadata.titles:
        for part in (claimed, *_SEPARATORS.split(claimed)):
            is_named = len(part) >= 15 and not is_site_name(part, metadata) and not _is_label(part)
            if is_named and (key := match_key(part)) in lines:
                return lines[key]
    return None


def _may_head_text(found: list[Block], number: int) -> bool:
    """Whether a line is no link, and no menu stands between it and the text, as below a site's name."""
    if found[number].link_share >= 0.9:
        return False
    links = 0
    for block in found[number + 1 : number + 1 + _MENU_REACH]:
        if block.link_share < 0.6 and _is_prose(block, _LONG_SENTENCE):
            return True
        links += block.link_share >= 0.9
        if links >= _MENU_LINKS:
            return False
    return True


def _above_text(found: list[Block], metadata: Metadata) -> str | None:
    """The heading-like line nearest above the first long paragraphs; all of its signs weigh, the nearer the more."""
    prose = [n for n, block in enumerate(found) if _is_prose(block, _LONG_SENTENCE)]
    prose = prose or [n for n, block in enumerate(found) if _is_prose(block, _SENTENCE)]
    starts = [n for n in prose if any(0 < m - n <= 4 for m in prose)] or prose
    if not starts:
        return None
    above = found[max(0, starts[0] - _REACH) : starts[0]]
    if not above:
        return None
    scored = [
        (_signs(block, below) - 0.3 * (len(above) - n), n)
        for n, (block, below) in enumerate(zip(above, [*above[1:], found[starts[0]]], strict=True))
        if _may_be_title(block, metadata)
    ]
    score, number = max(scored, default=(0.0, 0))
    return _TRAILING_DATE.sub("", above[number].text) if score > _FEWEST_SIGNS else None


def _may_be_title(block: Block, metadata: Metadata) -> bool:
    text = _TRAILING_DATE.sub("", block.text)
    if not 15 <= len(text) <= _LONGEST or is_stop_heading(text) or is_site_name(text, metadata) or _is_label(text):
        return False
    return block.link_share <= 0.5 and block.kind != "caption" and not _NOTE.search(match_key(text))


def _signs(block: Block, below: Block) -> float:
    """How much a line looks like a title: heading, weight, name, capitals, six words, and a date below it."""
    signs = 3 * (block.kind == "heading") + 2 * block.is_bold + 2 * _is_named_title(block.element)
    signs += block.text.isupper() + (block.element.get("role") == "heading")
    signs += len(block.text.split()) >= 6 and block.link_share == 0
    is_dated = len(below.text) < 120 and _NOTE.search(below.key) and not _DOCUMENT_NUMBER.search(below.key)
    signs += 3 * bool(is_dated) + 2 * bool(_TRAILING_DATE.search(block.text))
    return signs - 4 * block.text.endswith(".")  # a sentence is a lead


def _is_prose(block: Block, sentence: int) -> bool:
    """Running text: long, or a whole sentence of so many characters; a long title has no full stop."""
    is_long = len(block.text) > 140 or (
        len(block.text) > sentence and block.text.endswith((".", ":", "…", "!", "?", ".”", ";"))
    )
    return is_long and block.link_share < 0.2 and block.kind == "paragraph"


def _is_named_title(element: Any) -> bool:
    """Whether an element or its parent is called title."""
    nodes = [element, *list(element.iterancestors())[:2], *list(element)[:2]]
    names = " ".join(f"{node.get('class') or ''} {node.get('id') or ''}" for node in nodes)
    big = any((node.get("size") or "") in ("4", "5", "6") or "font-size" in (node.get("style") or "") for node in nodes)
    return big or bool(re.search(r"(?:^|[-_ ])\w*(?:title|tieu-?de|headline)\w*", names, re.IGNORECASE))


def _is_label(text: str) -> bool:
    """Names of page kinds and menus."""
    return bool(
        re.match(
            r"(?:chi tiết|tin tức|nội dung|xem tin|bản tin|tin hoạt động|thông tin|giới thiệu)(?: .{0,14})?$",
            match_key(text),
        )
    )


def is_site_name(text: str, metadata: Metadata) -> bool:
    """Whether a title only names the site."""
    key = match_key(text)
    sites = [match_key(name) for name in metadata.site_names]
    if not key or key in sites or _PAPER.match(text):
        return True
    return len(key.split()) <= _LONGEST_SITE_NAME and bool(_SITE.match(key))


def _headings(tree: Any) -> list[str]:
    found = []
    for tag in ("h1", "h2", "h3"):
        for element in tree.iter(tag):
            if next(element.iterancestors("nav", "footer", "aside"), None) is not None:
                continue
            text = clean(canonical(element.text_content() or ""))
            linked = sum(len(clean(a.text_content() or "")) for a in element.iter("a"))
            if text and len(text) <= _LONGEST and linked < 0.9 * len(text):
                found.append(text)
    return found


def _agree(heading: str, claimed: str) -> bool:
    """A heading that a head's title contains (the site's name may follow it), or the other way round."""
    a, b = match_key(heading), match_key(claimed)
    return a == b or (b.startswith(a) and len(a) > 0.4 * len(b)) or (a.startswith(b.rstrip(". …")) and len(b) > 25)


def _without_site(claimed: str, metadata: Metadata) -> str:
    parts = _SEPARATORS.split(claimed)
    while len(parts) > 1 and is_site_name(parts[-1], metadata):
        claimed = claimed[: claimed.rfind(parts[-1])].rstrip(" -–|»:·")
        parts = parts[:-1]
    return claimed
