"""When a page was published: the visible date nearest the title, else valid metadata, else its address, else unknown.

Never the clock in the header, a decree's date, a date later than the fetch, or today for want of another.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.dates import FoundDate, find_dates, parse_date, parse_iso
from archive.records import LOCAL_ZONE, PrintedDate
from archive.vietnamese import match_key
from crawler.extract.blocks import Block
from crawler.extract.metadata import Metadata
from crawler.extract.rules import RuleReader
from crawler.extract.tree import clean
from spiders.profile import Rule

_META = ("article:published_time", "datepublished", "pubdate", "dc.date.issued", "dc.date", "og:published_time", "date")
_LABEL = re.compile(
    r"(?:ngày (?:đăng|xuất bản|cập nhật|viết|gửi)|đăng (?:ngày|lúc|vào|tải)|cập nhật(?: lúc| ngày)?"
    r"|thời gian(?: đăng)?|xuất bản)\b",
)
_MODIFIED = re.compile(r"(?:cập nhật(?: lần cuối)?|sửa (?:đổi|lần cuối)|chỉnh sửa)\b")
_CLOCK = re.compile(r"hôm nay|bây giờ|giờ hiện tại")
_URL_DATE = re.compile(r"/(?P<y>20\d{2})(?:[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})|(?P<mm>[01]\d)(?P<dd>[0-3]\d))(?=/|$)")
_WEEKDAY = re.compile(
    r"lượt (?:xem|đọc)|số lần đọc|đã xem|in trang|in tin|[\W\d_]|thứ|chủ nhật|ngày|hai|ba|tư|năm|sáu|bảy"
)
_SLACK = timedelta(days=1)  # servers' clocks and time zones
# A date line is short; a longer block with a date is a sentence about an event or a decree.
_LONGEST_DATE_LINE = 160
_AFTER_TITLE, _BEFORE_TITLE = 6, 3  # blocks
# What a line may say besides its date: site, section, author; fewer words where only a day is printed.
_MOST_WORDS_BESIDE_STAMP, _MOST_WORDS_BESIDE_DAY = 12, 6
_DOCUMENT = re.compile(
    r"(?:quyết định|nghị quyết|chỉ thị|kế hoạch|kết luận|công văn|thông tư|nghị định|hướng dẫn|giấy phép|báo cáo|luật"
    r"|thông báo|tờ trình|công điện) (?:số|\d)|(?<!\w)(?:số:? )?\d+\s?/(?:\d{4}/)?(?:số|[a-zđ]{2,}[-/ ])"
)
_FEWEST_OF_MENU = 5  # links; breadcrumbs have fewer
_MOSTLY_LINKS, _SHORTEST_PROSE = 0.6, 120  # of a block's text; characters
_MOST_IN_TITLE = 4  # elements within a title's element


def by_rules(
    reader: RuleReader, rules: tuple[Rule, ...], title: str | None, fetched_at: datetime | None
) -> PrintedDate | None:
    """The first rule whose value holds a plausible date that is not the header's clock."""
    for rule in rules:
        for value, element in reader.located(rule):
            found = parse_iso(value) if (rule.meta or rule.jsonld or rule.attribute) else None
            found = found or parse_date(value)
            if found is None and rule.url:
                found = parse_date(value.replace("_", "-"))
            if found is None or not _is_plausible(found, fetched_at):
                continue
            if not (_is_today(found, fetched_at) and element is not None and _is_above_menu(element, title)):
                return found.printed(rule.label, value)
    return None


def _is_above_menu(element: Any, title: str | None) -> bool:
    """Whether a menu stands between an element and the title below it, as below a header's clock."""
    key, links, is_below = match_key(title or ""), 0, False
    for node in element.getroottree().getroot().iter():
        if node is element:
            is_below = True
        elif node.tag == "a":
            links += is_below
        elif len(node) < _MOST_IN_TITLE and key and match_key(clean(node.text_content() or "")) == key:
            return is_below and links >= _FEWEST_OF_MENU
    return False


def by_form(
    found: list[Block], metadata: Metadata, title: str | None, url: str, fetched_at: datetime | None
) -> PrintedDate | None:
    """Without rules, from the page's visible blocks. A date in metadata that disagrees with them is not believed."""
    return (
        _near_title(found, title, fetched_at)
        or _from_metadata(metadata, fetched_at)
        or _labelled(found, fetched_at)
        or _last_line(found, fetched_at)
        or _from_url(url, fetched_at)
    )


def modified_by_form(found: list[Block], title: str | None, published: PrintedDate | None) -> PrintedDate | None:
    """A line that says "Cập nhật" beside another that gives the publication."""
    if published is None:
        return None
    for block in around_title(found, title):
        key = block.key
        if (label := _MODIFIED.search(key)) and len(block.text) <= _LONGEST_DATE_LINE:
            date = parse_date(block.text[label.end() :])
            if date and date.moment > published.value:
                return date.printed("generic:line of an update", block.text[label.end() :])
    return None


def _near_title(found: list[Block], title: str | None, fetched_at: datetime | None) -> PrintedDate | None:
    """The nearest short line with a date, after the title first, then before it; a clock before it is none."""
    place = _title_place(found, title)
    if place is None:
        return None
    lines = (_line_date(b, title, fetched_at, may_be_clock=False) for b in found[place : place + 1 + _AFTER_TITLE])
    dates = [date for date in lines if date]
    if dates and _is_on_day(dates[0].value, fetched_at) and _menu_follows(found, place):
        return None  # the site's name and its clock
    if dates:
        # "Tin vắn ngày 20-9-2022" names the day, the line below it the time.
        same_day = [date for date in dates if date.value.date() == dates[0].value.date()]
        return next((date for date in same_day if date.precision == "minute"), dates[0])
    for block in reversed(found[max(0, place - _BEFORE_TITLE) : place]):
        if date := _line_date(block, title, fetched_at, may_be_clock=True):
            return date
    return None


def _menu_follows(found: list[Block], place: int) -> bool:
    """Whether links of a menu stand between a line and the first running text below it."""
    links = 0
    for block in found[place + 1 :]:
        if block.link_share < _MOSTLY_LINKS and len(block.text) >= _SHORTEST_PROSE:
            break
        links += block.link_share >= _MOSTLY_LINKS
    return links >= _FEWEST_OF_MENU


def around_title(found: list[Block], title: str | None) -> list[Block]:
    """The blocks right before and after the title, where dates and bylines stand."""
    place = _title_place(found, title)
    return [] if place is None else found[max(0, place - _BEFORE_TITLE) : place + 1 + _AFTER_TITLE]


def _title_place(found: list[Block], title: str | None) -> int | None:
    key = match_key(title or "")
    long_enough = [n for n, block in enumerate(found) if len(block.text) >= len(key) > 0]
    places = [n for n in long_enough if key in found[n].key[: len(key) + 40]]
    headings = [n for n in places if found[n].kind == "heading"]
    return next(iter(headings or places), None)


def _line_date(
    block: Block, title: str | None, fetched_at: datetime | None, *, may_be_clock: bool
) -> PrintedDate | None:
    text = block.text
    if len(text) > _LONGEST_DATE_LINE or _CLOCK.search(block.key) or block.link_share > 0.5:
        return None
    for date in find_dates(text):
        if not _is_plausible(date, fetched_at) or _is_part_of_sentence(text, date, match_key(title or "")):
            continue
        if may_be_clock and _is_today(date, fetched_at):
            continue
        return date.printed("generic:line near the title", text)
    return None


def _is_part_of_sentence(text: str, date: FoundDate, title: str) -> bool:
    """Whether prose other than the title surrounds a date: "Quyết định số 5 ngày 3/6/2013 của …", "Nguyễn A - 14/05/2024: hay quá"."""
    before, after = match_key(text[: date.start]), match_key(text[date.end :])
    if _DOCUMENT.search(f"{before} {after}") or re.match(r"\s*:\s*[^\W\d_]", after):
        return True
    words = re.sub(_LABEL, "", f"{before} {after}".replace(title, " "))
    words = re.sub(r"lượt xem.*|\(gmt.*?\)|thứ \w+|chủ nhật|lúc|ngày|[\W\d_]+", " ", words)
    is_stamp = date.has_time or date.weekday_agrees is not None or bool(_LABEL.search(before))
    if not is_stamp and re.match(r",?\s*[^\W\d_]", after) and text.rstrip().endswith("."):
        return True
    return len(words.split()) > (_MOST_WORDS_BESIDE_STAMP if is_stamp else _MOST_WORDS_BESIDE_DAY)


def _from_metadata(metadata: Metadata, fetched_at: datetime | None) -> PrintedDate | None:
    candidates = [(value, "generic:jsonld:datePublished") for value in metadata.jsonld("datePublished")]
    candidates += [(value, f"generic:meta:{name}") for name in _META for value in metadata.meta(name)]
    candidates += [(value, "generic:time") for value in metadata.times[:1]]
    for value, label in candidates:
        found = parse_iso(value) or parse_date(value)
        if found and _is_plausible(found, fetched_at):
            return found.printed(label, value)
    return None


def _labelled(found: list[Block], fetched_at: datetime | None) -> PrintedDate | None:
    """A line anywhere that says it is the date of publication."""
    for block in found:
        if len(block.text) <= _LONGEST_DATE_LINE and (label := _LABEL.search(block.key)):
            date = parse_date(block.text[label.start() :])
            if date and _is_plausible(date, fetched_at) and not _CLOCK.search(block.key):
                return date.printed("generic:labelled line", block.text[label.start() :])
    return None


def _last_line(found: list[Block], fetched_at: datetime | None) -> PrintedDate | None:
    """A line that is nothing but a date, with its weekday or time: only one such on the page, and no clock."""
    alone = []
    for block in found:
        date = parse_date(block.text) if len(block.text) <= 60 else None
        if date and _is_plausible(date, fetched_at) and not _CLOCK.search(block.key):
            rest = match_key(block.text[: date.start] + block.text[date.end :])
            if len(_WEEKDAY.sub("", rest)) <= 4 and not _is_today(date, fetched_at):
                alone.append((date, block))
    if len({date.moment.date() for date, _ in alone}) == 1:
        date, block = alone[0]
        return date.printed("generic:the only date line", block.text)
    return None


def _from_url(url: str, fetched_at: datetime | None) -> PrintedDate | None:
    path = unquote(urlsplit(url).path)
    if found := _URL_DATE.search(path):
        date = parse_date(f"{found['d'] or found['dd']}/{found['m'] or found['mm']}/{found['y']}")
        if date and _is_plausible(date, fetched_at):
            printed = found.group()
            return PrintedDate(value=date.moment, precision="day", source="generic:url", printed=printed)
    return None


def _is_plausible(found: FoundDate, fetched_at: datetime | None) -> bool:
    """Not of the future: a page cannot be published after it was fetched."""
    return fetched_at is None or found.moment <= fetched_at + _SLACK


def _is_today(found: FoundDate, fetched_at: datetime | None) -> bool:
    """Whether a date is the day of the fetch, as a header's clock shows it."""
    return _is_on_day(found.moment, fetched_at)


def _is_on_day(moment: datetime, fetched_at: datetime | None) -> bool:
    return fetched_at is not None and moment.date() == fetched_at.astimezone(LOCAL_ZONE).date()
