"""Paragraphs of text that is known as lines only.

>>> paragraphs(["KẾ HOẠCH", "Thực hiện Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương, huyện xây", "dựng mô hình.",
...             "1. Mục đích"])
['KẾ HOẠCH', 'Thực hiện Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương, huyện xây dựng mô hình.', '1. Mục đích']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Lines of a paragraph differ in width by a word or two: what ends well before the others ends a paragraph.
_FULL_LINE = 0.75
_NARROWEST = 40  # characters of a column; shorter lines are lists
_ITEM = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|[a-zđ]\)|[-–+•*●▪]|Điều \d+|Chương [IVX\d]+|Phần \w+)\s")
_ENDS = (".", ":", ";", "!", "?", "…", "”", '."')


def paragraphs(lines: Sequence[str]) -> list[str]:
    """The lines joined to paragraphs, white space made plain."""
    width = _usual_width(lines)
    found: list[str] = []
    is_open = False
    for line in (" ".join(line.split()) for line in lines):
        if line and found and not _ITEM.match(line) and (is_open or _goes_on_with(line, found[-1])):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        is_open = bool(line) and _goes_on(line, width)
    return found


def _goes_on_with(line: str, before: str) -> bool:
    """Whether a line is the rest of a sentence: it begins with a small letter, and the one before has no end."""
    return line[0].islower() and not before.endswith(_ENDS)


def _goes_on(line: str, width: int) -> bool:
    """Whether a paragraph may go on behind a line."""
    if len(line) < _FULL_LINE * width:
        return not line.endswith(_ENDS) and not line.isupper() and len(line) > width / 2
    return True


def _usual_width(lines: Sequence[str]) -> int:
    """The width that a tenth of the lines reach: columns are narrower than titles that run over them."""
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    return max(_NARROWEST, widths[-1 - len(widths) // 10]) if widths else 0
