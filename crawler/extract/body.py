"""The article's own text: from a profile's container, or from where trafilatura finds the main text."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import trafilatura
from lxml import etree, html
from trafilatura.settings import Extractor

from archive.vietnamese import canonical, match_key
from crawler.extract.blocks import Block, blocks
from crawler.extract.boilerplate import drop_below_stop_headings, is_stop_heading, prune
from crawler.extract.byline import authors_in, is_meta_line
from crawler.extract.classify import teasers_between
from crawler.extract.lead import without_agency
from crawler.extract.transforms import TRANSFORMS
from crawler.extract.tree import clean, drop
from spiders.profile import Body
from spiders.selectors import select

_MOSTLY_LINKS, _DOUBTFUL = 0.6, 0.3
_MOST_PROSE = 0.8  # of its characters; sidebars with teasers hold the rest
# Its last resorts compare every element with every other: 10 s at 25,000. Without it the prose's element decides.
_MOST_FOR_TRAFILATURA = 12_000
_COUNT: Any = etree.XPath("count(.//*)")
_IMPRINT = re.compile(
    r"giấy phép (?:số|xuất bản|thiết lập)|chịu trách nhiệm|trưởng ban biên tập|bản quyền|copyright|©"
    r"|(?:điện thoại|email|fax)\s*:"
)
_NOTE = re.compile(r"(?:người (?:đăng|viết)|lượt (?:xem|đọc)|ngày (?:đăng|viết|cập nhật)|cỡ chữ|đã xem|số lần xem)\b")
# What a player says where it cannot play.
_PLAYER = re.compile(r"trình duyệt (?:của bạn )?không hỗ trợ")
_DATE_WORDS = re.compile(
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|ngày|tháng|năm|lúc|gmt|am|pm|sa|ch|cập nhật|[\W\d_]+"
)
_LONGEST_NOTE = 90
_NO_LEAD = re.compile(r"\d{1,2}:\d{2}|lượt xem|cỡ chữ|copyright|©")
# Pictures tell the story where at least so many captions, of this length on average, outweigh the text.
_PICTURES_FOLLOW = re.compile(
    r"(?:dưới đây|sau đây|một số|những) (?:là )?(?:những |một số |các )?hình ảnh|chùm ảnh|phóng sự ảnh"
)
_STORY_CAPTIONS, _STORY_CAPTION_CHARACTERS, _STORY_SHARE = 4, 60, 0.7
# What of a description in the head must stand at a lead's beginning; heads cut theirs.
_SAME_BEGINNING = 50


@dataclass
class BodyText:
    """Blocks of an article in order, captions apart; `rule` says how they were found."""

    paragraphs: list[Block] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    rule: str = ""
    teasers: int = 0  # as crawler.extract.classify.teasers_between counts them

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.paragraphs)

    @property
    def size(self) -> int:
        return sum(len(block.text) for block in self.paragraphs)


def body_by_rules(original: Any, how: Body, rule: str) -> BodyText:
    """Container → transforms → drops → trafilatura on the subtree, its text put back in the page's order."""
    found = BodyText(rule=rule)
    container = copy.deepcopy(original)
    container.tail = None
    for name in how.transforms:
        TRANSFORMS[name](container)
    for css in how.drop:
        for element in select(container, css=css):
            if element is not container:
                drop(element)
    inside = blocks(container)
    if any(is_stop_heading(block.text) for block in inside[2:]):
        drop_below_stop_headings(container, "")
        inside = blocks(container)
    _take(found, _confirmed(container, _until_end(inside, how.cut_at)))
    found.teasers = teasers_between(inside, found.paragraphs)
    return found


def body_by_form(tree: Any, page: Sequence[Block], title: str | None, descriptions: Sequence[str] = ()) -> BodyText:
    """Without rules: prune in place, let trafilatura find the main text, and read the subtree that holds it.

    `page`: all blocks of the tree; `descriptions` of the head tell the lead.
    """
    prune(tree, title)
    body = tree.find("body")
    root = tree if body is None else body
    leads = [match_key(without_agency(text))[:_SAME_BEGINNING] for text in descriptions]
    chosen = _subtree_blocks(blocks(root), _main_lines(root), title, [lead for lead in leads if len(lead) > 20])
    found = BodyText(rule="generic:trafilatura")
    _take(found, [block for block in _until_end(chosen, ()) if block.link_share < _MOSTLY_LINKS])
    found.teasers = teasers_between(page, found.paragraphs)
    return found


def _take(found: BodyText, kept: list[Block]) -> None:
    """Add blocks, captions apart; where pictures tell the story their captions are paragraphs too."""
    kept = [block for block in kept if len(block.text) > _LONGEST_NOTE or not _PLAYER.search(block.key)]
    while kept and not found.paragraphs and _is_note(kept[0]):
        kept = kept[1:]
    while kept and _is_note(kept[-1]):
        kept = kept[:-1]
    captions = [block for block in kept if block.kind == "caption"]
    prose = [block for block in kept if block.kind != "caption"]
    weight = sum(len(block.text) for block in captions)
    is_story = (
        len(captions) >= _STORY_CAPTIONS
        and weight >= _STORY_CAPTION_CHARACTERS * len(captions)
        and (weight >= _STORY_SHARE * sum(len(block.text) for block in prose) or _announces_pictures(prose))
    )
    found.paragraphs += kept if is_story else prose
    found.captions += [block.text for block in captions]


def _announces_pictures(prose: Sequence[Block]) -> bool:
    """Whether the text leads over to its pictures: "Dưới đây là những hình ảnh …"."""
    return any(_PICTURES_FOLLOW.search(block.key) for block in prose)


def _until_end(found: list[Block], cut_at: Sequence[str]) -> list[Block]:
    """The blocks before a cut line or a stop-heading."""
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in cut_at]
    for number, block in enumerate(found):
        if any(pattern.search(block.text) for pattern in patterns) or (
            number > 1 and (is_stop_heading(block.text) or _is_imprint(block))
        ):
            return found[:number]
    return found


def _is_note(block: Block) -> bool:
    """A line above the text that is none: date, counter, poster."""
    if len(block.text) > _LONGEST_NOTE or block.kind != "paragraph":
        return False
    return bool(_NOTE.match(block.key)) or len(_DATE_WORDS.sub("", block.key)) <= 3 or is_meta_line(block.text)


def _is_imprint(block: Block) -> bool:
    """A footer's line: licence, editors, address."""
    return len(block.text) < 250 and bool(_IMPRINT.search(block.key))


def _confirmed(container: Any, found: list[Block]) -> list[Block]:
    """A container's blocks without lists of links; trafilatura is asked about those that are partly links."""
    if any(_DOUBTFUL <= block.link_share < _MOSTLY_LINKS for block in found):
        taken = "\n".join(_main_lines(container))
        found = [block for block in found if block.link_share < _DOUBTFUL or block.key[:60] in taken]
    return [block for block in found if block.link_share < _MOSTLY_LINKS or block.kind in ("caption", "table")]


def _main_lines(root: Any) -> list[str]:
    """The lines trafilatura finds in a subtree, as keys. Never with metadata, dates or duplicates' memory."""
    if int(_COUNT(root)) > _MOST_FOR_TRAFILATURA:
        return []
    document = root if root.tag == "html" else _document(root)
    found = trafilatura.bare_extraction(document, options=_OPTIONS())
    text = (found.text if found is not None else None) or ""
    return [match_key(canonical(clean(line.strip("| -")))) for line in text.split("\n") if line.strip()]


def _OPTIONS() -> Any:  # noqa: N802 (a constant that trafilatura changes while it works)
    """fast: no comparison with other extractors; tables kept; no comments; nothing remembered between pages."""
    return Extractor(output_format="python", fast=True, comments=False, tables=True, dedup=False, with_metadata=False)


def _document(subtree: Any) -> Any:
    """trafilatura accepts only whole documents made by lxml.html."""
    page = html.document_fromstring("<html><body></body></html>")
    page[0].append(copy.deepcopy(subtree))
    return page


def _subtree_blocks(found: list[Block], lines: list[str], title: str | None, leads: list[str]) -> list[Block]:
    """The blocks from the first to the last that trafilatura took within the element that holds the prose."""
    start = _after_title(found, title)
    marks = _marks(found, lines, start)
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    while last + 1 < len(found) and _is_short_prose(found[last + 1], found[last]):
        last += 1
    before = range(first - 1, max(start, first - 5) - 1, -1)
    lead = next((n for n in before if _is_lead(found[n], title, leads)), None)
    above = [] if lead is None else [found[lead], *(b for b in found[lead + 1 : first] if b.kind == "caption")]
    last = _before_teasers(found, first, last)
    return above + found[first : last + 1] + _tail(found[last + 1 :])


def _before_teasers(found: list[Block], first: int, last: int) -> int:
    """The last block before links that alternate with short lines after the prose: a list of teasers."""
    numbers = range(first, last + 1)
    prose = max((n for n in numbers if _is_prose(found[n])), default=-1)
    if prose < 0:  # an article of short paragraphs
        prose = max((n for n in numbers if _is_short_prose(found[n], found[n - 1])), default=last)
    linked = [n for n in range(prose + 1, last + 1) if found[n].link_share >= _MOSTLY_LINKS]
    return linked[0] - 1 if len(linked) > 1 else last


def _marks(found: list[Block], lines: list[str], start: int) -> list[int]:
    """The numbers of the blocks that are surely the article's."""
    taken, joined = set(lines), "\n".join(lines)
    main = _main_element(found[start:])
    inside = _within(_main_element(found) if main is None else main, found)
    hits = {n for n in inside if len(found[n].text) > 25 and (found[n].key in taken or found[n].key[:80] in joined)}
    hits |= {n for n in inside if _is_prose(found[n])}
    return sorted(n for n in hits if n >= start) or sorted(hits)


def _is_short_prose(block: Block, previous: Block) -> bool:
    """A closing paragraph of a sentence or two, beside the one before it."""
    is_beside = block.element.getparent() is previous.element.getparent()
    return is_beside and len(block.text) > 40 and block.link_share == 0 and block.text.endswith((".", "…", "”", "!"))


def _is_prose(block: Block) -> bool:
    return len(block.text) > 120 and block.link_share < 0.3 and block.kind in ("paragraph", "table")


def _main_element(found: list[Block]) -> Any:
    """The deepest element that holds most of the page's prose."""
    weights: dict[Any, int] = {}
    total = 0
    for block in found:
        if not _is_prose(block):
            continue
        total += len(block.text)
        for element in (block.element, *block.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(block.text)
    enough = [element for element, weight in weights.items() if weight >= _MOST_PROSE * total]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _within(element: Any, found: list[Block]) -> list[int]:
    if element is None:
        return list(range(len(found)))
    inside = set(element.iter())
    return [n for n, block in enumerate(found) if block.element in inside]


def _after_title(found: list[Block], title: str | None) -> int:
    """The number of the block after the last heading that is the title."""
    key = match_key(title or "")
    places = [n for n, block in enumerate(found) if key and block.key == key]
    headings = [n for n in places if found[n].kind == "heading"]
    return (headings or places or [-1])[0] + 1


def _is_lead(block: Block, title: str | None, leads: list[str]) -> bool:
    """A lead that was left out: prose right before the text, no title, no line of dates or links."""
    if block.kind == "caption" or block.link_share >= 0.2 or block.key == match_key(title or ""):
        return False
    if any(match_key(without_agency(block.text)).startswith(lead) for lead in leads):
        return True
    is_sentence = block.kind == "paragraph" or (block.text.endswith((".", "…", "!", "?")) and len(block.text) > 100)
    return is_sentence and 60 <= len(block.text) <= 900 and not _NO_LEAD.search(block.key)


def _tail(following: list[Block]) -> list[Block]:
    """The lines up to a byline right after the text; without a byline nothing."""
    for number, block in enumerate(following[:4]):
        if len(block.text) > 90 or block.link_share > 0.2 or is_stop_heading(block.text):
            break
        if authors_in(block.text):
            return following[: number + 1]
    return []
