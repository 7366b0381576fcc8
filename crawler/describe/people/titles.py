"""Posts beside a name: cut out of the sentence, split, and taken apart into post, organisation, level, place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.authorities import Offices
from archive.records import OfficialTitle
from archive.vietnamese import CAPITALS, match_key
from crawler.describe.passages import Passage

_VERBS = (
    "chủ trì|phát biểu|tham dự|dự(?! án)|nhấn mạnh|đề nghị|cho biết|cho rằng|cho hay|cho|kiểm tra|làm việc|làm|trao|thăm|khẳng định|đánh giá"
    "|yêu cầu|chia sẻ|nói|kể|cùng|đã|đang|sẽ|khi|tại|về|vừa|bảo|lưu ý|thông tin|báo cáo|ghi nhận|biểu dương|chỉ đạo|phân tích|tặng"
    "|chúc|bày tỏ|trả lời|giải đáp|thừa nhận|thẳng thắn|được|là|nêu|truyền đạt|quán triệt|thay mặt|động viên|trực tiếp|hướng dẫn"
    "|tiếp thu|kết luận|mong|tin tưởng|hứa|thì|nhận xét|nhớ|tâm sự|phấn khởi|vui mừng|tự hào|khen|bộc bạch|giải thích|nhận định"
    "|giúp|với|của|gặp|đến|mời|ký|nhìn nhận|công bố|ra|vào|trong|từng|luôn|cũng|còn|phải|có|không|lên|xuống|đọc|quyết định|trình bày"
    "|triển khai|tiếp|gửi|kêu gọi|phát động|đồng chủ trì|chụp|trò chuyện|cám ơn|cảm ơn|thống nhất|xác định|nắm|xem|hỏi|ngồi|đi|theo|để|lý giải|cười|giãi bày|dẫn chứng|nhắc|khoe|tiết lộ|nhấn|nhiệt tình|vận động|tuyên truyền|tổ chức|thực hiện|xúc động|bảo đảm|mở đầu|khai mạc|bế mạc|tiếp nhận|hưởng ứng|tổng kết|thành lập|đối thoại|điều hành|tham gia|xây dựng|học tập|phụ trách|nhiệm kỳ"
)
# Parts of one organisation's name: "Sở Văn hóa, Thể thao và Du lịch", "Sở Lao động - Thương binh và Xã hội".
_PARTS = r"(?!\s*(?:thể thao|thông tin|thương binh|xã hội|du lịch|gia đình|kế hoạch|hạ tầng|truyền thông|đối ngoại|chống tham nhũng|đô thị)(?!\w))"
_PERSON = r"(?:(?:các )?đồng chí|đ/c|ông|bà|anh|chị|thiếu tá|trung tá|thượng tá|đại tá|thiếu úy|trung úy|thượng úy|đại úy|thiếu tướng|trung tướng)"
_STOP = re.compile(rf",{_PARTS}|[;:()!?\"“”|\[\]\n/]|\.(?!\w)|\s[–—-]\s{_PARTS}|\s(?:{_VERBS})(?!\w)|\s{_PERSON}\s")
_PLACE_NEXT = r"(?!\s(?:huyện|quận|thị xã|thành phố|tp|tỉnh)\s)"
_VERB_INSIDE = re.compile(
    rf",{_PLACE_NEXT}{_PARTS}|[;:!?\"“”|\n()]|\.(?!\w)|\s(?:{_VERBS})(?=\s)|\s(?:kiêm|và|cùng)(?:\s*$|\s(?={_PERSON}\s))|\skiêm\s"
)
# A post ends at its place: "Chủ tịch HĐND xã | lý giải", "Bí thư Đảng ủy xã Hòa Sơn | cười".
_PLACE_END = re.compile(
    r"(?<!\w)(?:[Xx]ã|[Hh]uyện|[Tt]ỉnh|[Pp]hường|[Tt]hị trấn|[Tt]hành phố|[Qq]uận|[Tt]hị xã)"
    rf"(?:\s[{CAPITALS}][\w'’]*){{0,4}}(\s)(?!và\s|ủy|uỷ|đoàn|đội|viên|hội)(?=[^\W\d_])(?![{CAPITALS}])"
)
_PERSON_BEFORE = re.compile(rf"(?:^|[\s(,–-])({_PERSON})\s*$")
_JOIN = re.compile(r"\s*(?:,|;|-|–|—|kiêm|đồng thời là|nay là|,\s*kiêm|\()\s*(?:là\s+)?$|\s+kiêm\s+$")
_SEPARATOR = re.compile(r"\s*(?:,\s*kiêm|,|–|—|-|:|\(|\skiêm|,?\s*nay là|,?\s*đồng thời là|,?\s*là)\s*")
_ASIDE = re.compile(r"\s*\([^()]{1,60}\)(?=\s*[,–-])")
# "…, Trưởng Ban Dân vận Tỉnh ủy, làm Trưởng đoàn": a capital makes it a post, "làm trưởng đoàn" is what one did that day.
_SERVES_AS = re.compile(r",?\slàm\s((?:Phó\s)?Trưởng\s[Đđ]oàn)(?!\w)")
_NEW_CLAUSE = re.compile(rf"(?:lãnh đạo|đại diện|các|{_PERSON}\s)")
# "Trưởng Ban | Dân vận": the body's kind is part of the head, as in "Trưởng Công an huyện".
_BODY_OF_HEAD = re.compile(r"(?:trưởng|chánh) (ban|phòng|công an|khối|đồn|trạm|tiểu ban|văn phòng|thanh tra)$")
# Who acts for another does not hold that one's post.
_DEPUTY_FOR = re.compile(r"(?:ủy quyền|thay mặt|thừa lệnh|tặng|khen|thư|lời|ý kiến)(?: của)?\s$")
_WORD = re.compile(r"[^\W\d_]+")
_AND = re.compile(r"\svà\s+(\S)")
_LOOSE_END = re.compile(r"(?:\s(?:và|cùng|các|của|cấp|kiêm))+$")
# What may stand between a post and its name: "… xã Phú Đình (Thái Nguyên) Lê Quang Vinh".
_PLACE_ASIDE = re.compile(r"\s*\([^()]{2,40}\)\s*$")
_SECOND_BODY = re.compile(r",\s(?:Sở|Phòng|Bộ|Cục|Tổng cục|Văn phòng)\s(?=[A-ZĐÀ-Ỹ])")
_VILLAGE_HEADS = frozenset(f"trưởng {unit}" for unit in ("ấp", "thôn", "bản", "khóm", "xóm", "buôn", "khu phố"))
# How far a post may stand before its name, and how long a chain of them may grow.
_REACH = 170
_MOST_POSTS = 6


@dataclass(frozen=True)
class FoundTitle:
    """A post as it stands in a passage."""

    printed: str
    start: int
    end: int


def titles_of(
    passage: Passage, start: int, end: int, offices: Offices, free_from: int = 0, next_name: int | None = None
) -> list[FoundTitle]:
    """The posts of the name at [start, end): those before it, then those after it.

    What stands before `free_from` belongs to the person named before, a post right before `next_name` to the next.
    """
    return _before(passage, start, offices, free_from) + _after(passage, end, offices, next_name)


def shared_title(passage: Passage, start: int, offices: Offices) -> list[FoundTitle]:
    """The post that a list of names shares: "Các đồng chí Phó Chủ tịch UBND huyện: Nguyễn Văn A, Lê Văn B"."""
    text = passage.calm
    colon = len(text[:start].rstrip()) - 1
    opening = max(passage.sentence_around(start)[0], start - _REACH)
    if colon <= opening or text[colon] != ":":
        return []
    heads = list(head_pattern(offices).finditer(text, opening, colon))
    head = next((one for one in heads if not _breaks(passage, one, colon, offices)), None)
    if head is None:
        return []
    return [FoundTitle(passage.text[head.start() : colon].strip(), head.start(), colon)]


def taken_apart(found: FoundTitle, offices: Offices, locality: str | None) -> OfficialTitle:
    """A post with its organisation, level and place; what the words do not say is None."""
    key = match_key(found.printed)
    is_former = key.startswith(tuple(f"{word} " for word in offices.former))
    head = head_pattern(offices).search(key)
    post = found.printed[head.start(1) : head.end(1)] if head else found.printed
    rest = found.printed[head.end(1) :].strip(" ,") if head else ""
    body = _BODY_OF_HEAD.search(match_key(post))
    if rest and body:
        rest = f"{body[1][0].upper()}{body[1][1:]} {rest}"
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
    if head and head[1] in _VILLAGE_HEADS:
        return True
    rest = key[head.end(1) :] if head else key
    return bool(re.match(rf"\s*(?:ban (?:công tác|quản lý) |hội )?{offices.grassroots}(?!\w)", rest)) or bool(
        re.match(rf"\s*(?:ban )?{offices.grassroots}", rest)
    )


def _before(passage: Passage, start: int, offices: Offices, free_from: int) -> list[FoundTitle]:
    """A chain of posts that ends at the name: "Ủy viên Ban Thường vụ, Trưởng Ban Dân vận Huyện ủy Lò Văn A"."""
    text = passage.calm
    opening = max(passage.sentence_around(start)[0], start - _REACH, free_from)
    person = _PERSON_BEFORE.search(text[opening:start])
    stop = opening + person.start(1) if person else start
    apposed = re.search(r"\s*,\s*$", text[opening:stop]) if person else None
    stop = opening + apposed.start() if apposed else stop
    aside = _PLACE_ASIDE.search(text[opening:stop])
    stop = opening + aside.start() if aside else stop
    found: list[FoundTitle] = []
    edge = len(text[:stop].rstrip(" "))
    while len(found) < _MOST_POSTS:
        heads = [head for head in head_pattern(offices).finditer(text, opening, edge) if head.end(1) <= edge]
        # The leftmost head from which nothing breaks up to the edge.
        whole = [head for head in heads if not _breaks(passage, head, edge, offices)]
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


def _stop_after(passage: Passage, start: int, offices: Offices) -> int:
    """Where a post that begins before `start` must have ended; a verb with a capital is part of a name."""
    stops = (found for found in _STOP.finditer(passage.calm, start) if not _is_name_part(passage, found.start()))
    stop = next(stops, None)
    edge = stop.start() if stop else len(passage.text)
    place = _PLACE_END.search(passage.text, start, edge)
    edge = place.start(1) if place else edge
    foreign = _foreign_word(passage, start, edge, offices)
    return edge if foreign is None else foreign


def _foreign_word(passage: Passage, start: int, end: int, offices: Offices) -> int | None:
    """Where a word in small letters stands that occurs in no post's name."""
    words = _WORD.finditer(passage.text, start, end)
    return next(
        (w.start() for w in words if w.group()[0].islower() and match_key(w.group()) not in offices.inner_words), None
    )


def _is_name_part(passage: Passage, at: int) -> bool:
    """ "Ủy ban Kiểm tra", "Phòng Văn hóa và Thông tin": verbs in capitals are words of a name."""
    is_person = re.match(rf"\s{_PERSON}\s", passage.calm[at : at + 20])
    is_capital = passage.text[at] == " " and passage.text[at + 1 : at + 2].isupper()
    in_capitals = passage.text[at + 1 : at + 4].replace(" ", "").isupper() and passage.text[at + 2 : at + 3].isalpha()
    return is_capital and not in_capitals and not is_person


def _breaks(passage: Passage, head: re.Match[str], end: int, offices: Offices) -> bool:
    """Whether something between a head and its name shows that the post is not the name's."""
    start = head.start()
    if _DEPUTY_FOR.search(passage.calm[max(0, start - 16) : start]):
        return True
    if _foreign_word(passage, head.end(1), end, offices) is not None:
        return True
    inside = _VERB_INSIDE.finditer(passage.calm[start:end])
    if any(not _is_name_part(passage, start + found.start()) for found in inside):
        return True
    if _PLACE_END.search(passage.text, start, end):
        return True
    conjunction = _AND.search(passage.text, start, end)
    if conjunction and head_pattern(offices).match(passage.calm, conjunction.start(1)):
        return True  # "Trưởng Công an huyện và Phó Chủ tịch UBND huyện A": another person's post
    return bool(conjunction and conjunction[1].islower())


def _after(passage: Passage, end: int, offices: Offices, next_name: int | None) -> list[FoundTitle]:
    """Posts that follow a name behind a comma, dash, colon or parenthesis."""
    text = passage.calm
    found: list[FoundTitle] = []
    at = end
    aside = _ASIDE.match(text, at)
    if aside and not head_pattern(offices).match(text, aside.start() + 2):
        at = aside.end()
    while len(found) < _MOST_POSTS:
        separator = _SEPARATOR.match(text, at)
        if separator is None or (found and separator.group().strip() in (":", "(")):
            break
        head = head_pattern(offices).match(text, separator.end())
        if head is None:
            break
        edge = _before_lower_and(passage, head.end(1), _stop_after(passage, head.end(1), offices), offices)
        if next_name is not None and head.start() < next_name <= edge + 1:
            break  # "Bí thư Huyện ủy A, Chủ tịch UBND huyện B"
        kiem = text.find(" kiêm ", head.end(1), edge)
        edge = kiem if kiem >= 0 else edge
        second = _SECOND_BODY.match(passage.text, edge)
        edge = (
            _stop_after(passage, second.end(), offices)
            if second and edge == len(passage.text[:edge].rstrip())
            else edge
        )
        printed = _LOOSE_END.sub("", passage.text[head.start() : edge].strip(" ,–-"))
        found.append(FoundTitle(printed, head.start(), head.start() + len(printed)))
        at = edge
    serves = _SERVES_AS.match(passage.text, at) if found else None
    if serves:
        found.append(FoundTitle(serves[1], serves.start(1), serves.end(1)))
    return found


def _before_lower_and(passage: Passage, start: int, end: int, offices: Offices) -> int:
    """ "và" joins parts of an organisation's name if a capital follows, else it begins something new."""
    for joint in re.finditer(r"\s(?:và|cùng)\s+(\S)", passage.text[start:end]):
        at = start + joint.start(1)
        if (
            not joint[1].isupper()
            or _NEW_CLAUSE.match(passage.key, at)
            or head_pattern(offices).match(passage.calm, at)
        ):
            return start + joint.start()
    return end


@lru_cache(maxsize=4)
def head_pattern(offices: Offices) -> re.Pattern[str]:
    """The pattern of a post's head, its group 1; "nguyên" and "quyền" may stand before it."""
    former = "|".join(offices.former)
    heads = "|".join(re.escape(head) for head in offices.heads)
    return re.compile(rf"(?<![\w])(?:(?:{former}|(?<!ủy )quyền|q·|q\.)\s+)?(?<!ban )({heads})(?!\w)")


def _level(key: str, offices: Offices) -> str | None:
    for level in ("central", "commune", "district", "province"):
        if re.search(offices.levels[level], key):
            return level
    return None
