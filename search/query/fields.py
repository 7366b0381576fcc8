"""The fields of a query: each with its names in English and Vietnamese, and what it takes.

>>> field_named("Chuc_vu"), field_named("tiêu đề"), nearest_fields("hueyn")
('post', 'title', ['huyện'])
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Literal, get_args

from archive.vietnamese import fold, match_key
from search.query.ast import ValueField, WordField

Field = WordField | ValueField | Literal["date"]
WORD_FIELDS = frozenset(get_args(WordField))
# Where a name may follow without quotes: the capitalised words after it belong to it.
NAME_FIELDS = frozenset({"official", "place", "province", "district", "commune"})

# The first name is the one that a query is printed with, the second the one that is shown in Vietnamese.
FIELDS: dict[Field, tuple[str, ...]] = {
    "title": ("title", "tiêu đề", "tít"),
    "body": ("body", "nội dung"),
    "attachment": ("attachment", "đính kèm", "tệp"),
    "place": ("place", "nơi", "locality", "địa phương", "địa bàn"),
    "province": ("province", "tỉnh"),
    "district": ("district", "huyện"),
    "commune": ("commune", "xã"),
    "official": ("official", "cán bộ", "người"),
    # A post as printed holds its organisation: "Phó Bí thư Thường trực Huyện ủy".
    "post": ("post", "chức vụ", "chức danh", "organisation", "organization", "cơ quan", "tổ chức"),
    "portal": ("portal", "báo", "trang"),
    "date": ("date", "ngày", "năm", "thời gian"),
    "document": ("document", "văn bản", "số hiệu"),
    "tag": ("tag", "thẻ", "từ khóa"),
}
_BY_KEY: dict[str, Field] = {fold(match_key(name)): field for field, names in FIELDS.items() for name in names}
_SPELLINGS = sorted({key for names in FIELDS.values() for name in names for key in (match_key(name), fold(name))},
                    key=len, reverse=True)  # fmt: skip
# Names of two words may be typed with `_`. Text of a page has "Cán bộ: …" with a blank; so may a query.
FIELD = re.compile(
    r"(?<!\w)(" + "|".join(re.escape(name).replace(r"\ ", r"[\s_]+") for name in _SPELLINGS) + r"):\s*(?=[^\s:/]|$)"
)


def field_named(name: str) -> Field | None:
    """The field of a name, with tones or without, with `_` for a blank."""
    return _BY_KEY.get(" ".join(fold(match_key(name)).replace("_", " ").split()))


def in_vietnamese(field: str) -> str:
    """The name of a field that is shown in Vietnamese.

    >>> in_vietnamese("place")
    'nơi'
    """
    return next(names[1] for names in FIELDS.values() if names[0] == field)


def nearest_fields(name: str) -> list[str]:
    """Vietnamese or English names of fields that look like one nobody knows."""
    near = get_close_matches(fold(match_key(name)).replace("_", " "), list(_BY_KEY), n=2, cutoff=0.6)
    names = {fold(match_key(one)): one for known in FIELDS.values() for one in known}
    return list(dict.fromkeys(names[key] for key in near))
