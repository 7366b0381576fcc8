"""Bylines that are no one's: the site, an account, an office, or somebody from the footer or a teaser.

A wrong author of this kind is worse than none: an archive would credit thousands of articles to "admin".
"""

from __future__ import annotations

import re

from crawler.evaluate.comparison import normal, person
from crawler.evaluate.gold import GoldPage

# One word of plain letters, digits and signs, such as "admin", "vnpt", "bbt.dt@x.vn".
_ACCOUNT = re.compile(r"[a-z0-9._@+-]+", re.ASCII | re.IGNORECASE)
_OFFICES = (
    "báo", "cổng thông tin", "trang thông tin", "trang tin", "website", "đài phát thanh", "ban biên tập",
    "ban dân vận", "ban tuyên giáo", "ban quản trị", "quản trị", "đảng bộ", "ủy ban", "ubnd", "hđnd", "huyện ủy",
    "tỉnh ủy", "thành ủy", "thị ủy", "quận ủy", "sở", "văn phòng", "trung tâm", "tạp chí", "tòa soạn",
    "tổng biên tập", "administrator",
)  # fmt: skip
_OFFICE = re.compile("(?:" + "|".join(re.escape(normal(word)) for word in _OFFICES) + r")\b")


def is_site_or_footer(author: str, gold: GoldPage) -> bool:
    """Whether an author that gold does not name is the portal, an office, an account, or another person of the page."""
    key = normal(author)
    if not key or key in {normal(name) for name in gold.authors}:
        return False
    site = normal(gold.portal.name)
    return (
        site in key
        or (" " in key and f" {key} " in f" {site} ")
        or _OFFICE.match(key) is not None
        or _ACCOUNT.fullmatch(author.strip()) is not None
        or person(author) in {person(name) for name in gold.not_officials}
    )
