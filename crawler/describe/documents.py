"""Cited documents: kind, number, date and issuer as far as the text gives them.

>>> found = _cited(Passage("body", 0, "Hướng dẫn số 02 - HD/BDVTW; Quyết định số 217-QĐ/TW và 218-QĐ/TW"))
>>> [(kind, number) for kind, number, _ in found]
[('Hướng dẫn', '02-HD/BDVTW'), ('Quyết định', '217-QĐ/TW'), ('Quyết định', '218-QĐ/TW')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.dates import parse_date
from archive.records import DocumentMention
from crawler.describe.passages import Passage

# The longest first: "Chương trình phối hợp" is a kind of its own.
_KINDS = (
    "Nghị quyết (?:liên tịch|chuyên đề)|Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định|Quy chế phối hợp|Quy chế"
    "|Kế hoạch (?:liên tịch|phối hợp|hành động)|Kế hoạch|Đề án|Hướng dẫn (?:liên ngành|liên tịch)|Hướng dẫn|Thông báo kết luận|Thông báo"
    "|Nghị định|Thông tư liên tịch|Thông tư|Chương trình (?:hành động|phối hợp|công tác)|Chương trình|Pháp lệnh|Công văn|Văn bản|Thông tri"
    "|Báo cáo|Bộ luật|Luật|Công điện|Tờ trình|Quyết nghị"
)
# What kinds begin with: most words of a text are none, and are left at once.
_BEGINNINGS = "ngh|ch[ỉư]|kế|quy|đề|hướ|th|ph|côn|văn|bá|bộ|lu|tờ"
_PART = r"[A-ZĐƯ][\wĐđƯư.]*"
# 05-ĐA/TU, 1234/QĐ-UBND, 04/2015/NĐ-CP; with spaces only where the number goes on behind them: 02 - HD/BDVTW.
_LETTERED = (
    rf"\d{{1,5}}[/-](?:\d{{4}}/)?{_PART}(?:[/-]{_PART})*"
    rf"|(?-i:\d{{1,5}}\s?[–-]\s?{_PART}\s?/\s?{_PART}(?:-{_PART})*|\d{{1,5}}\s?/\s?{_PART}\s?[–-]\s?{_PART})"
)
_NUMBER = rf"{_LETTERED}|\d{{1,5}}/\d{{4}}|\d{{1,5}}"
# Laws are called by their name: "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15".
_NAMED = (
    r"(?P<law>(?-i:Bộ luật|Bộ Luật|Luật|Pháp lệnh))\s(?:(?!nghị|quyết|thông tư|chỉ thị)[^\d.;:()“”\"\n]){3,90}?\ssố\s"
    rf"(?P<law_number>\d{{1,3}}/\d{{4}}/{_PART}(?:-{_PART})*)"
)
_DOCUMENT = re.compile(
    rf"(?<!\w)(?={_BEGINNINGS})(?:{_NAMED}|(?P<kind>{_KINDS})\s(?:số\s?:?\s?(?P<number>{_NUMBER})|(?P<bare>{_NUMBER})(?![\d/%,])))",
    re.IGNORECASE,
)
# A number right behind another document: "Quyết định số 217-QĐ/TW và 218-QĐ/TW".
_NEXT = re.compile(rf"\s?(?:,\svà|,|và)\s(?:số\s)?(?P<number>{_LETTERED})")
_DAY = r"(\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_DATE = re.compile(rf",?\s?\(?\s?(?:(?:ban hành|ký)\s)?ngày\s+{_DAY}\s?\)?,?")
_HEADS = (
    "Ban|Bộ|Chính phủ|Thủ tướng|Tỉnh|Huyện|Thành|Thị|Quận|Quốc hội|Ủy ban|Uỷ ban|UBND|UBMTTQ|HĐND|Đảng|BTV|BCH|BCĐ|Hội|Trung ương|Quân ủy"
    "|Thường trực|Thường vụ|Sở|Liên đoàn|Mặt trận|Đoàn|Văn phòng|Tổng|Chủ tịch|Phòng|Công an"
)
_ISSUER = re.compile(
    rf"\s?(?:của|do)\s((?:{_HEADS})(?!\w)[^,;.()“”\"\n]{{0,70}}?(?:\s?\(?kh(?:óa|oá)\s[IVXL]+\)?)?)"
    rf"(?=\s(?:về|kh(?:óa|oá)|đã|trong|là|được|giai đoạn|cho|tại|ban hành|ký|và\s(?:[a-zđ]|{_KINDS}))|\s?[(,;.)“”\"\n]|$)"
)
_COUNTED = re.compile(
    r"\s(?:năm|tháng|điểm|nội dung|nhiệm vụ|mục|khoản|điều|tỷ|triệu|ngày|người|hộ|mô hình|cuộc|lượt|trường hợp)(?!\w)"
)
# Words as well as kinds: behind them a bare number counts.
_COMMON_WORDS = ("Báo cáo", "Kế hoạch", "Văn bản", "Hướng dẫn", "Thông báo", "Tờ trình", "Quy chế")


def find_documents(passages: list[Passage]) -> tuple[DocumentMention, ...]:
    """Documents by number, each once, with date and issuer if any place gives them."""
    found: dict[tuple[str, str], DocumentMention] = {}
    for passage in passages:
        for kind, number, match in _cited(passage):
            mention = _mention(passage, match, kind, number)
            # A number with letters is the document's own, whatever a later mention calls it.
            key = (kind if number.isdigit() else "", number)
            known = found.get(key, mention)
            found[key] = replace(known, date=known.date or mention.date, issuer=known.issuer or mention.issuer)
    whole = {(one.kind, re.split(r"[-/]", one.number)[0]) for one in found.values() if not one.number.isdigit()}
    return tuple(one for one in found.values() if (one.kind, one.number) not in whole)  # "Đề án số 05" of 05-ĐA/TU


def _cited(passage: Passage) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Kind, number and place of every citation; further numbers share the kind of the first."""
    for match in _DOCUMENT.finditer(passage.text):
        number = _written_close(match["law_number"] or match["number"] or match["bare"])
        if number.isdigit() and _counts_something(passage.text, match):
            continue
        kind = match["law"] or match["kind"]
        kind = kind[0].upper() + kind[1:].lower()
        yield kind, number, match
        following = _NEXT.match(passage.text, match.end())
        while following:
            yield kind, _written_close(following["number"]), following
            following = _NEXT.match(passage.text, following.end())


def _mention(passage: Passage, match: re.Match[str], kind: str, number: str) -> DocumentMention:
    date = _DATE.match(passage.text, match.end())
    parsed = parse_date(date[1]) if date else None
    issuer = _ISSUER.match(passage.text, date.end() if date else match.end())
    cited = match.group().strip(" ,.-")
    start = match.start() + match.group().index(cited)
    return DocumentMention(
        kind=kind,
        number=number,
        date=parsed.moment.date() if parsed else None,
        issuer=issuer[1].strip() if issuer else None,
        cited_as=cited,
        evidence=passage.span(start, start + len(cited)),
    )


def _written_close(number: str) -> str:
    """A number as it is filed: without spaces, with a hyphen for a dash."""
    return re.sub(r"\s", "", number).replace("–", "-").rstrip(".-")


def _counts_something(text: str, match: re.Match[str]) -> bool:
    """ "Chương trình 135" and "Chỉ thị 05" are numbers, "kế hoạch 5 năm" and "hướng dẫn 286 người" count."""
    if match["number"] is not None:
        return False
    is_counter = match["kind"] in _COMMON_WORDS
    return is_counter or not match["kind"][0].isupper() or bool(_COUNTED.match(text, match.end()))
