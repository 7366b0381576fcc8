"""The query language by examples: what README.md and the help page show, and the tests run.

Each example is a query, what it means in both languages, and the plain form it is read as.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Example:
    """One query; `plain` is what `printing.printed` makes of it."""

    query: str
    vi: str
    en: str
    plain: str


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A query that is refused, and what is said: the place, and what to write instead."""

    query: str
    column: int
    said: str


def _example(query: str, vi: str, en: str, plain: str = "") -> Example:
    return Example(query=query, vi=vi, en=en, plain=plain or query)


EXAMPLES: tuple[Example, ...] = (
    _example("dân vận", "cả hai từ, ở bất cứ đâu trong bài", "both words, anywhere in an article"),
    _example('"dân vận khéo"', "ba từ liền nhau; “ ” « » cũng là ngoặc kép", "next to each other; “ ” « » quote too"),
    _example("dan van", "không gõ dấu: mọi dấu đều hợp", "no tones typed: any tones match"),
    _example("huyện uỷ", "như “huyện ủy”: hai cách đặt dấu là một", "as “huyện ủy”: both tone placements are one"),
    _example("xã HOẶC phường", "một trong hai (OR, ||)", "either (OR, ||)", "xã OR phường"),
    _example("dân vận -khéo", "bài không có từ “khéo” (KHÔNG, NOT)", "without “khéo” (KHÔNG, NOT)"),
    _example("(xã || ấp) && đường", "ngoặc đơn gộp điều kiện", "parentheses group", "(xã OR ấp) đường"),
    _example('"dân vận" GẦN/5 "nông thôn"', "cách nhau không quá 5 từ, thứ tự tùy ý (NEAR/5)",
             "at most 5 words between them, in any order (NEAR/5)", '("dân vận" NEAR/5 "nông thôn")'),
    _example('"hiến đất đường"~8', "ba từ này ở gần nhau", "these words near each other"),
    _example("vận*", "từ bắt đầu bằng “vận”", "words that begin so"),
    _example("khẻo~", "sai một chữ cái; ~2: hai chữ", "one letter off; ~2: two", "khẻo~1"),
    _example("UBND xã", "cả “Ủy ban nhân dân”", "“Ủy ban nhân dân” too"),
    _example("=UBND", "chỉ chữ viết tắt này", "this abbreviation alone"),
    _example('tiêu đề:"dân vận"', "trong tiêu đề; còn có nội dung:, đính kèm:", "in the title; also body:, attachment:",
             'title:"dân vận"'),
    _example("nơi:Định Hóa", "nơi này và mọi nơi bên trong; thôn, bản theo tên", "a place and all in it; villages too",
             'place:"Định Hóa"'),
    _example('nơi:"xã An Lạc, Sơn Động"', "xã An Lạc của huyện Sơn Động", "the commune of that district",
             'place:"xã An Lạc, Sơn Động"'),
    _example("nơi:id=d167", "đúng một đơn vị trong danh mục", "one unit of the gazetteer", 'place:"id=d167"'),
    _example('tỉnh:("Bắc Giang" HOẶC "Yên Bái")', "một trong các tỉnh; còn có huyện:, xã:",
             "either province; also district:, commune:", 'province:"Bắc Giang" OR province:"Yên Bái"'),
    _example("cán bộ:Điểu K'ré", "người này, tên đầy đủ hay một phần", "a person, by name or a part of it",
             'official:"Điểu K\'ré"'),
    _example('chức vụ:"bí thư huyện ủy" huyện:"Lạng Giang"', "chức vụ hoặc cơ quan, tại một nơi",
             "a post or organisation, in a place", 'post:"bí thư huyện ủy" district:"Lạng Giang"'),
    _example("báo:demo-yenbai", "mã hoặc tên báo", "a portal, by key or name", 'portal:"demo-yenbai"'),
    _example("văn bản:25-NQ/TW", "bài viện dẫn văn bản này", "cites this document", 'document:"25-NQ/TW"'),
    _example('thẻ:"đối thoại"', "thẻ của báo", "the portal's own tag", 'tag:"đối thoại"'),
    _example("ngày:quý II/2024", "2023 · 7/2023 · 11/7/2023 · 2023-07-11 · 6 tháng đầu năm 2024",
             "also 2023, 7/2023, 11/7/2023, 2023-07-11, 6 tháng đầu năm 2024", "date:2024-04-01..2024-06-30"),
    _example("ngày:từ 1/2023 đến 6/2023", "khoảng thời gian; 2022..2024, >=2023, trước 7/2025",
             "a span; 2022..2024, >=2023, trước 7/2025", "date:2023-01-01..2023-06-30"),
)  # fmt: skip

MISTAKES: tuple[Mistake, ...] = (
    Mistake(query='xã "dân vận', column=4, said="never closed"),
    Mistake(query="(dân vận", column=1, said="never closed"),
    Mistake(query="dân vận)", column=8, said="one ) too many"),
    Mistake(query="dân tieude:vận", column=5, said="did you mean tiêu đề:?"),
    Mistake(query="dân VÀ", column=5, said="a word is missing after AND"),
    Mistake(query="NOT NOT dân", column=5, said="NOT twice"),
    Mistake(query="*", column=1, said="leave the query empty"),
    Mistake(query="xã *ận", column=4, said="* stands at the end"),
    Mistake(query="v*", column=1, said="at least 2 letters"),
    Mistake(query="ngày:11/7/23", column=6, said="no year of four digits"),
    Mistake(query="ngày:hômqua", column=6, said="write 2023, 7/2023"),
    Mistake(query="nơi:Lạngg Giang", column=5, said="Lạng Giang"),
    Mistake(query="https://mau.test/1.html", column=1, said="danvan show URL"),
)


def table() -> str:
    """The examples as the table of README.md."""
    rows = [f"| `{one.query.replace('|', chr(92) + '|')}` | {one.en} |" for one in EXAMPLES]
    return "\n".join(["| you type | it finds |", "|---|---|", *rows])
