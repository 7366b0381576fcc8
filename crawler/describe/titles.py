"""Posts beside a name: cut out of the sentence, split, and taken apart into post, organisation, level, place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.authorities import Offices
from archive.records import OfficialTitle
from archive.vietnamese import match_key
from crawler.describe.passages import Passage

_VERBS = (
    "chủ trì|phát biểu|tham dự|dự|nhấn mạnh|đề nghị|cho biết|cho rằng|cho hay|cho|kiểm tra|làm việc|làm|trao|thăm|khẳng định|đánh giá"
    "|yêu cầu|chia sẻ|nói|kể|cùng|đã|đang|sẽ|khi|tại|về|vừa|bảo|lưu ý|thông tin|báo cáo|ghi nhận|biểu dương|chỉ đạo|phân tích|tặng"
    "|chúc|bày tỏ|trả lời|giải đáp|thừa nhận|thẳng thắn|được|là|nêu|truyền đạt|quán triệt|thay mặt|động viên|trực tiếp|hướng dẫn"
    "|tiếp thu|kết luận|mong|tin tưởng|hứa|thì|nhận xét|nhớ|tâm sự|phấn khởi|vui mừng|tự hào|khen|bộc bạch|giải thích|nhận định"
    "|giúp|với|của|gặp|đến|mời|ký|nhìn nhận|công bố|ra|vào|trong|từng|luôn|cũng|còn|phải|có|không|lên|xuống|đọc|quyết định|trình bày"
    "|triển khai|tiếp|gửi|kêu gọi|phát động|đồng chủ trì|chụp|trò chuyện|cám ơn|cảm ơn|thống nhất|xác định|nắm|xem|hỏi|ngồi|đi|theo|để"
)
_STOP = re.compile(rf"[,;:()!?\"“”|\[\]\n/]|\.(?!\w)|\s[–—-]\s|\s(?:{_VERBS})(?!\w)|\s(?:đồng chí|ông|bà|anh|chị)\s")
_VERB_INSIDE = re.compile(rf"[;:!?\"“”|\n()]|\.(?!\w)|\s(?:{_VERBS})(?=\s)")
_JOIN = re.compile(r"\s*(?:,|;|-|–|—|kiêm|đồng thời là|nay là|,\s*kiêm|\()\s*(?:là\s+)?$|\s+kiêm\s+$")
# How far a post may stand before its name, and how long a chain of them may grow.
_REACH = 170
_MOST_POSTS = 6


@dataclass(frozen=True)
class FoundTitle:
    """A post as it stands in a passage."""

    printed: str
    start: int
    end: int


def titles_of(passage: Passage, start: int, end: int, offices: Offices) -> list[FoundTitle]:
    """The posts of the name at [start, end): those before it, then those after it."""
    return _before(passage, start, offices) + _after(passage, end, offices)


def taken_apart(found: FoundTitle, offices: Offices, locality: str | None) -> OfficialTitle:
    """A post with its organisation, level and place; what the words do not say is None."""
    key = match_key(found.printed)
    is_former = key.startswith(tuple(f"{word} " for word in offices.former))
    head = head_pattern(offices).search(key)
    post = found.printed[head.start(1) : head.end(1)] if head else found.printed
    rest = found.printed[head.end(1) :].strip(" ,") if head else ""
    if rest and match_key(post).endswith(" ban") and not match_key(post).startswith("ủy viên"):
        rest = f"Ban {rest}"
    return OfficialTitle(
        printed=found.printed,
        post=post,
        organisation=rest or None,
        level=_level(key, offices),  # type: ignore[arg-type]
        locality=locality,
        former=is_former,
    )


def is_grassroots(printed: str, offices: Offices) -> bool:
    """Whether a post lies below the commune or outside of public office."""
    key = match_key(printed)
    head = head_pattern(offices).search(key)
    rest = key[head.end(1) :] if head else key
    return bool(re.match(rf"\s*(?:ban (?:công tác|quản lý) |hội )?{offices.grassroots}(?!\w)", rest)) or bool(
        re.match(rf"\s*(?:ban )?{offices.grassroots}", rest)
    )


def _before(passage: Passage, start: int, offices: Offices) -> list[FoundTitle]:
    """A chain of posts that ends at the name: "Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Huyện ủy Lò Văn A"."""
    text = passage.calm
    opening = max(passage.sentence_around(start)[0], start - _REACH)
    person = re.search(r"(?:^|[\s(,–-])((?:các )?đồng chí|đ/c|ông|bà|anh|chị|thiếu tá|trung tá|thượng tá|đại tá|thiếu úy|trung úy|thượng úy|đại úy)\s*$",
                       text[opening:start])  # fmt: skip
    stop = opening + person.start(1) if person else start
    found: list[FoundTitle] = []
    edge = len(text[:stop].rstrip(" "))
    while len(found) < _MOST_POSTS:
        heads = [head for head in head_pattern(offices).finditer(text, opening, edge) if head.end(1) <= edge]
        # The leftmost head from which nothing breaks up to the edge.
        whole = [head for head in heads if not _breaks(passage, head.start(), edge)]
        if not whole:
            break
        head = whole[0]
        printed = re.sub(r"\s(?:do|bởi)$", "", passage.text[head.start() : edge].strip(" ,–-"))
        if len(printed) > 130:
            break
        found.insert(0, FoundTitle(printed, head.start(), edge))
        joint = _JOIN.search(text[opening : head.start()])
        if joint is None:
            break
        edge = opening + joint.start()
    return found


def _breaks(passage: Passage, start: int, end: int) -> bool:
    inside = passage.calm[start:end]
    if "," in inside or _VERB_INSIDE.search(inside) or " kiêm " in inside:
        return True
    conjunction = re.search(r"\svà\s+(\S)", passage.text[start:end])
    return bool(conjunction and conjunction[1].islower())


def _after(passage: Passage, end: int, offices: Offices) -> list[FoundTitle]:
    """Posts that follow a name behind a comma, dash, colon or parenthesis."""
    text = passage.calm
    found: list[FoundTitle] = []
    at = end
    aside = re.compile(r"\s*\([^()]{1,60}\)(?=\s*[,–-])").match(text, at)
    if aside and not head_pattern(offices).match(text, aside.start() + 2):
        at = aside.end()
    while len(found) < _MOST_POSTS:
        separator = re.compile(r"\s*(?:,\s*kiêm|,|–|—|-|:|\(|\skiêm|,?\s*nay là|,?\s*đồng thời là|,?\s*là)\s*").match(
            text, at
        )
        if separator is None or (found and separator.group().strip() in (":", "(")):
            break
        head = head_pattern(offices).match(text, separator.end())
        if head is None:
            break
        stop = _STOP.search(text, head.end(1))
        edge = _before_lower_and(passage, head.end(1), stop.start() if stop else len(text))
        kiem = text.find(" kiêm ", head.end(1), edge)
        edge = kiem if kiem >= 0 else edge
        printed = passage.text[head.start() : edge].strip(" ,–-")
        found.append(FoundTitle(printed, head.start(), head.start() + len(printed)))
        at = edge
    return found


def _before_lower_and(passage: Passage, start: int, end: int) -> int:
    """ "và" joins parts of an organisation's name if a capital follows, else it begins something new."""
    for joint in re.finditer(r"\s(?:và|cùng)\s+(\S)", passage.text[start:end]):
        if not joint[1].isupper() or re.match(r"(?:lãnh đạo|đại diện|các)", passage.key[start + joint.start(1) :]):
            return start + joint.start()
    return end


@lru_cache(maxsize=4)
def head_pattern(offices: Offices) -> re.Pattern[str]:
    """The pattern of a post's head, its group 1; "nguyên" and "quyền" may stand before it."""
    former = "|".join(offices.former)
    heads = "|".join(re.escape(head) for head in offices.heads)
    return re.compile(rf"(?<![\w])(?:(?:{former}|quyền|q·|q\.)\s+)?(?<!ban )({heads})(?!\w)")


def _level(key: str, offices: Offices) -> str | None:
    for level in ("central", "commune", "district", "province"):
        if re.search(offices.levels[level], key):
            return level
    return None
