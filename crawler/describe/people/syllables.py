"""What names are made of: syllables in capitals, their keys, and the words before them that make places of them."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.vietnamese import CAPITALS, match_key

SYLLABLE = rf"[{CAPITALS}][^\W\d_]*(?:['’ʼ][^\W\d_]+)?"
GAP = re.compile(r"[ \-]")
# "Đồng Thị Hải" begins with its surname, though "thị" is one too.
MIDDLE_NAMES = frozenset(["thị", "văn"])
PLACE_BEFORE = re.compile(
    r"(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|tp\.?|đường|phố|trường|cầu|sông|hồ|núi|đèo|chợ|chùa|(?<!nông )thôn|bản|ấp|khóm|buôn"
    r"|làng|xóm|tượng đài|quảng trường|giải|tư tưởng|tncs|mang tên|tên|khu|dân tộc|người|đồng bào|công ty|htx|hợp tác xã|nhà máy"
    r"|tổ|khu phố|phum|sóc|đảo|rừng|suối|lăng|đền|công viên|bệnh viện|hội trường|đoàn|sao|mường|phong trào|bệnh xá|cụm|tiểu đoàn)\s*$"
)
# The same syllables come again and again.
key_of = lru_cache(maxsize=8192)(match_key)


@lru_cache(maxsize=20_000)
def syllable_key(syllable: str) -> str:
    """The key of one syllable: a few thousand make up all names."""
    return key_of(syllable)
