"""The sentence around a stretch of text."""

from __future__ import annotations

import re

# A full stop of a number or an abbreviation ("1.759", "TP. Huế") is followed by a digit or stands after capitals only.
_END = re.compile(r"(?<=[.!?…])[\"”’)]?\s+(?=[\"“‘(]?[^\W\d_a-zà-ỹđ])|\n+")
_LONGEST = 600


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds `text[start:end]`, at most 600 characters about it.

    >>> sentence_around("Xã có 5 tổ. Huyện có 1.759 mô hình. Hết.", 21, 35)
    'Huyện có 1.759 mô hình.'
    """
    borders = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    first = max(border for border in borders if border <= start)
    last = min((border for border in borders if border >= end), default=len(text))
    if last - first > _LONGEST:
        spare = max(0, _LONGEST - (end - start)) // 2
        first, last = max(first, start - spare), min(last, end + spare)
    return " ".join(text[first:last].split())
