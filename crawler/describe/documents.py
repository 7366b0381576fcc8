"""Cited documents: kind, number, date and issuer as far as the text gives them.

>>> [(d["kind"], d["number"]) for d in map(re.Match.groupdict, _DOCUMENT.finditer("Nghị quyết số 25-NQ/TW ngày 3/6/2013"))]
[('Nghị quyết', '25-NQ/TW')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.dates import parse_date
from archive.records import DocumentMention
from crawler.describe.passages import Passage

_KINDS = (
    "Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định|Kế hoạch|Đề án|Hướng dẫn|Thông báo|Nghị định|Thông tư liên tịch|Thông tư|Chương trình hành động"
    "|Chương trình|Quy chế|Pháp lệnh|Công văn|Văn bản|Thông tri|Báo cáo|Luật|Công điện|Tờ trình|Quyết nghị"
)
_NUMBER = r"\d{1,5}(?:[/-](?:\d{4}/)?[A-ZĐƯ][\wĐđƯư.&-]*(?:[/-][A-ZĐƯ][\wĐđƯư.]*)*|/\d{4}(?:/[A-ZĐƯ][\wĐđƯư-]*)?)?"
_DOCUMENT = re.compile(
    rf"(?<!\w)(?P<kind>{_KINDS})\s(?:liên tịch\s|chuyên đề\s)?(?:(?:số|Số)\s*:?\s?(?P<number>{_NUMBER})|(?P<number2>{_NUMBER})(?![\d/%,]))",
    re.IGNORECASE,
)
# A number right behind another document: "Quyết định số 217-QĐ/TW và 218-QĐ/TW".
_NEXT = re.compile(
    r"\s*(?:,|và|,\s*và)\s+(?:số\s)?(?P<number>\d{1,5}[/-](?:\d{4}/)?[A-ZĐƯ][\wĐđƯư.&-]*(?:[/-][A-ZĐƯ][\wĐđƯư.]*)*)"
)
_DATE = re.compile(r"^,?\s*\(?\s*ngày\s+(\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})")
_ISSUER = re.compile(
    r"^(?:,?\s*\(?\s*ngày\s+[\d/\- ]+(?:tháng\s+\d{1,2}\s+năm\s+\d{4})?\)?,?)?\s*(?:của|do)\s+((?:Ban|Bộ|Chính phủ|Thủ tướng|Tỉnh|Huyện|Thành|Quốc hội|Ủy ban|Uỷ ban|UBND|HĐND|Đảng|BTV|BCH|Hội đồng|Trung ương|Quân ủy|Đảng ủy)"
    r"[^,;.()“”\"]{0,70}?(?:\s+kh(?:óa|oá)\s+[IVX]+)?)(?=\s+(?:về|khóa|khoá|và|đã|trong|là|được|giai đoạn|cho|\()|[,;.()“”\"]|$)"
)
_COUNTED = re.compile(
    r"\s(?:năm|tháng|điểm|nội dung|nhiệm vụ|mục|khoản|điều|tỷ|triệu|ngày|người|hộ|mô hình|cuộc|lượt|trường hợp)(?!\w)"
)


def find_documents(passages: list[Passage]) -> tuple[DocumentMention, ...]:
    """Documents by kind and number, each number once, with the date if any place gives it."""
    found: dict[tuple[str, str], DocumentMention] = {}
    for passage in passages:
        for kind, number, match in _cited(passage):
            mention = _mention(passage, match, kind, number)
            known = found.get((kind, number), mention)
            found[kind, number] = replace(known, date=known.date or mention.date, issuer=known.issuer or mention.issuer)
    whole = {(kind, re.split(r"[-/]", number)[0]) for kind, number in found if not number.isdigit()}
    return tuple(mention for key, mention in found.items() if key not in whole)  # "Đề án số 05" of 05-ĐA/TU


def _cited(passage: Passage) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Kind, number and place of every citation; further numbers share the kind of the first."""
    for match in _DOCUMENT.finditer(passage.text):
        number = (match["number"] or match["number2"]).rstrip(".-")
        if number.isdigit() and _counts_something(passage.text, match):
            continue
        kind = match["kind"][0].upper() + match["kind"][1:].lower()
        yield kind, number, match
        following = _NEXT.match(passage.text, match.end())
        while following:
            yield kind, following["number"].rstrip(".-"), following
            following = _NEXT.match(passage.text, following.end())


def _mention(passage: Passage, match: re.Match[str], kind: str, number: str) -> DocumentMention:
    tail = passage.text[match.end() : match.end() + 160]
    date = _DATE.match(tail)
    parsed = parse_date(date[1]) if date else None
    issuer = _ISSUER.match(tail)
    return DocumentMention(
        kind=kind,
        number=number,
        date=parsed.moment.date() if parsed else None,
        issuer=issuer[1].strip() if issuer else None,
        cited_as=match.group().strip(" ,"),
        evidence=passage.span(match.start(), match.end()),
    )


def _counts_something(text: str, match: re.Match[str]) -> bool:
    """ "Chương trình 135" and "Chỉ thị 05" are numbers, "kế hoạch 5 năm" and "hướng dẫn 286 người" count."""
    if match["number"] is not None:
        return False
    is_counter = match["kind"] in ("Báo cáo", "Kế hoạch", "Văn bản", "Hướng dẫn", "Thông báo", "Tờ trình", "Quy chế")
    return is_counter or not match["kind"][0].isupper() or bool(_COUNTED.match(text, match.end()))
