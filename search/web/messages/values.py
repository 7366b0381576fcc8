"""What a value in an address must be, in Vietnamese; pydantic says it in English."""

from __future__ import annotations

from typing import Any

# By pydantic's names of errors; what stands in braces is from its context.
_WANTED = {
    "missing": "chưa có giá trị",
    "literal_error": "phải là một trong {expected}",
    "string_too_long": "dài nhất {max_length} ký tự",
    "too_long": "có nhiều nhất {max_length} giá trị",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "nhiều nhất là {le}",
    "int_parsing": "phải là số nguyên",
    "bool_parsing": "phải là true hoặc false",
}


def wrong_value(error: dict[str, Any]) -> str:
    """The sentence for one of pydantic's errors.

    >>> wrong_value({"type": "less_than_equal", "loc": ("query", "page"), "ctx": {"le": 10000}})
    'tham số page nhiều nhất là 10000'
    """
    context = {name: str(value).replace(" or ", " hoặc ") for name, value in error.get("ctx", {}).items()}
    return f"tham số {error['loc'][1]} {_WANTED.get(error['type'], 'có giá trị không đọc được').format(**context)}"
