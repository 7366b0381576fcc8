"""Who wrote an article: names in a byline rule, in the last lines of the text, or beside the date; never the site.

>>> authors_in("Tin, ảnh: P.Y - Ngọc Trâm"), authors_in("Theo TTXVN"), authors_in("admin")
(('P.Y', 'Ngọc Trâm'), (), ())
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from archive.dates import parse_date
from archive.vietnamese import CAPITALS, canonical, match_key
from crawler.extract.blocks import Block
from crawler.extract.tree import clean

_ROLES = (
    r"tác giả(?: bài viết)?|người (?:viết|đăng)|thực hiện|bài viết|bài|tin|ảnh|clip|video|đồ họa|phóng viên|pv|ctv"
    r"|nguồn ảnh|ghi chép(?: của)?"
)
_LABEL = re.compile(
    rf"^(?:\(?\s*(?:{_ROLES})(?:\s*(?:,|và|&|-|\+|/|–)\s*(?:bài|ảnh|clip|video|đồ họa|tin))*\s*:\s*)+", re.IGNORECASE
)
# Who put a page up is its writer only where that is a person's name of several words, not an account.
_POSTER = re.compile(r"^người đăng\s*:", re.IGNORECASE)
_NOTE = re.compile(
    r"^\(?\s*(?:cập nhật|lượt (?:xem|đọc)|số lần (?:xem|đọc)|từ khóa|ngày đăng|chia sẻ|đánh giá|tags?)\b", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s{2,}")
_BARE_LABEL = re.compile(rf"^(?i:bài và ảnh|bài, ảnh|tin, ảnh|bài|tin|ảnh)\s+(?=[{CAPITALS}])")
_SOURCE = re.compile(r"^\(?\s*(?:theo|nguồn(?: tin)?|trích|sưu tầm)\b", re.IGNORECASE)
_NAME_SYLLABLE = rf"(?:[{CAPITALS}][\w'’.]*|[{CAPITALS}]\.)"
_NAME = re.compile(rf"^{_NAME_SYLLABLE}(?:[ -]{_NAME_SYLLABLE}){{0,5}}(?:\s*\([^()]{{2,60}}\))?$")
_COLLECTIVE = re.compile(r"^(?:nhóm|tổ|tốp) (?:phóng viên|pv|tác giả|ctv|cộng tác viên)(?: .{1,40})?$", re.IGNORECASE)
_NEVER = re.compile(
    r"^(?:admin\w*|administrator|quản ?trị.*|quantri.*|ban (?:biên tập|dân vận|tuyên giáo).*|bbt|vnpt.*|viettel.*"
    r"|webmaster|editor|biên tập.*|trang .*|cổng .*|báo .*|thông báo.*|tin .*|ttxvn|đang cập nhật|ubnd.*|ủy ban.*|phòng .*|văn phòng.*"
    r"|sưu tầm|n/?a|no name|user\d*|copyright.*)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[,;&/–]\s*|\s+[-–]\s+|\s+và\s+")
LONGEST = 90
_PLACES = re.compile(r"^(?:t\d|cn|ảnh|tin|bài|hà nội|thứ|ngày|tags?|từ khóa|xem|in|gửi|chia sẻ)\b", re.IGNORECASE)


def authors_in(text: str, deny: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of a byline as printed; empty where it names none."""
    text = clean(canonical(text)).strip(" .:-–|")
    if not text or len(text) > LONGEST or _SOURCE.match(text):
        return ()
    rest = text
    while True:
        shorter = _LABEL.sub("", rest)
        if shorter == rest:
            break
        rest = shorter
    rest = _BARE_LABEL.sub("", rest).strip(" ()." if rest.count("(") != rest.count(")") else " .")
    rest = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
    denied = {match_key(name) for name in deny}
    names = [re.sub(_LABEL, "", name).strip() for name in _outside_parentheses(rest)]
    return tuple(name for name in names if _is_name(name) and match_key(name) not in denied)


def from_last_blocks(found: list[Block], deny: Sequence[str] = ()) -> tuple[tuple[str, ...], list[Block]]:
    """Authors in the last three lines, and the blocks without these lines."""
    kept = list(found)
    authors: tuple[str, ...] = ()
    for _ in range(4):
        if not kept:
            break
        last = kept[-1]
        named = authors_in(last.text, deny)
        is_source = _SOURCE.match(last.text) or (_LABEL.match(last.text) and not named)
        if len(last.text) <= LONGEST and (is_source or _NOTE.match(last.text)):
            kept.pop()
            continue
        if not named or not _stands_as_byline(last, len(kept)):
            break
        authors = named
        kept.pop()
        break
    return authors, kept


def below(container: Any, deny: Sequence[str] = ()) -> tuple[str, ...]:
    """Names right below a body's container, in a line of their own that is set to the right."""
    for element in islice(container.itersiblings(), _BELOW):
        text = clean(element.text_content() or "") if isinstance(element.tag, str) else ""
        style = f"{element.get('style') or ''} {element.get('align') or ''} {element.get('class') or ''}"
        if text and len(text) <= LONGEST and _SET_RIGHT.search(style):
            return authors_in(text, deny)
    return ()


def labelled(lines: Iterable[Block], deny: Sequence[str] = ()) -> tuple[str, ...]:
    """Names behind a label in the lines around a title: "Ngày xuất bản: … | Người viết: Nguyễn An | Lượt xem: 7"."""
    for block in lines:
        for part in _PARTS.split(block.text) if len(block.text) < 200 else ():
            names = authors_in(part, deny) if _LABEL.match(part) else ()
            if names and not (_POSTER.match(part) and " " not in names[0]):
                return names
    return ()


def beside_date(line: str, printed: str, deny: Sequence[str] = ()) -> tuple[str, ...]:
    """The name that stands on the date's line: "Hải Yến 11:43, 10/07/2024", "10/07/2024 · Hải Yến"."""
    if printed not in line:
        return ()
    before, _, after = line.partition(printed)
    if _DATELINE.search(before):  # "Bắc Giang, 12/03/2024" says where
        return ()
    before = _WEEKDAY_AT_END.sub("", before.strip(_AROUND)).strip(_AROUND)
    if before and not _PLACES.match(before) and (names := authors_in(before, deny)):
        return names
    parted = after[:1].isspace() and _PARTED.match(after)
    behind = after[parted.end() :] if parted else after.strip()
    if not parted and " " not in behind:  # "10/07/2024 08:15 GMT": without a separator a name has two syllables
        return ()
    return authors_in(behind, deny) if behind and not before and not _PLACES.match(behind) else ()


def is_meta_line(text: str) -> bool:
    """Whether a line is nothing but a date and the name beside it: "05:40 · 04/12/2025 · Lý Tả Mẩy"."""
    date = parse_date(text) if len(text) <= LONGEST else None
    return date is not None and bool(beside_date(text, text[date.start : date.end]))


_BELOW = 3  # elements
_SET_RIGHT = re.compile(
    r"(?:float|text-align)\s*:\s*right|(?:^| )right(?: |$)|text-right|author|tac-?gia", re.IGNORECASE
)
_AROUND = " |-–,·•"
_WEEKDAY_AT_END = re.compile(r"(?:thứ \w+|chủ nhật),?\s*$", re.IGNORECASE)
_DATELINE = re.compile(r",\s*(?:ngày\s*)?$", re.IGNORECASE)
_PARTED = re.compile(r"\s*[|·•–-]\s*")


def _stands_as_byline(block: Block, count: int) -> bool:
    """By its label, its alignment or weight, or as a lone name of two to four syllables at the end."""
    labelled = bool(_LABEL.match(block.text) or _BARE_LABEL.match(block.text))
    alone = count > 2 and 2 <= len(block.text.split()) <= 5 and not block.text.endswith((".", "…", "!", ":"))
    return labelled or block.is_right or block.is_bold or block.is_italic or alone


def _outside_parentheses(text: str) -> list[str]:
    """Split at separators that are not inside parentheses: "Hồng Hà (Trung tâm VHTT&TT)" is one."""
    parts: list[str] = []
    held = re.sub(r"\([^()]*\)", lambda found: found.group().translate(_HIDE), text)
    for part in _SPLIT.split(held):
        parts.append(part.translate(_SHOW).strip())
    return [part for part in parts if part]


_HIDE = {ord(char): chr(0xE000 + n) for n, char in enumerate(",;&/–- ")}
_SHOW = {0xE000 + n: char for n, char in enumerate(",;&/–- ")}


def _is_name(text: str) -> bool:
    if _NEVER.match(text) or not 2 <= len(text) <= 70:
        return False
    return bool(_COLLECTIVE.match(text) or _NAME.match(text))
