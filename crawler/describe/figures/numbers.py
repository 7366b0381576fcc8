"""Numbers as Vietnamese writes them, in digits and in words; what is none is None.

>>> read_digits("1.759"), read_digits("2,5"), read_digits("12,500", counts_ones=True), read_digits("1.75.9")
(1759.0, 2.5, 12500.0, None)
>>> read_words("hai mươi ba"), read_words("hai triệu rưỡi"), read_words("một trăm linh năm"), read_words("ba bốn")
(23, 2500000, 105, None)
"""

from __future__ import annotations

import re

from archive.vietnamese import match_key

DIGITS = r"\d+(?:[.,]\d+)*"
_PLAIN = re.compile(r"[0-9]+")
_GROUPS = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:\{mark}[0-9]{{3}})+") for mark in ".,"}
# 4.5 is a decimal, 4.500 are thousands, and no one writes 4.5000.
_DECIMAL = {".": re.compile(r"[0-9]+\.[0-9]{1,2}|0\.[0-9]{3,6}"), ",": re.compile(r"[0-9]+,[0-9]{1,6}")}
# What has more digits is an account, and a float could not hold it.
_LONGEST = 20

_ONES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
# The last digit behind tens: hai mươi mốt, mười lăm, ba mươi tư. "mười năm" are ten years.
_LAST = {word: value for word, value in _ONES.items() if word != "năm"} | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_AFTER_TEN = {word: value for word, value in _LAST.items() if word not in ("mốt", "tư")}
_SHORT = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}  # "hai tư" is 24, but "hai ba" means two or three
_AFTER_ZERO = _ONES | {"tư": 4}
_SCALES = (
    (("tỷ", "tỉ"), 1_000_000_000), (("triệu",), 1_000_000), (("vạn",), 10_000), (("nghìn", "ngàn"), 1000), (("trăm",), 100),
)  # fmt: skip
SCALES = {word: scale for words, scale in _SCALES for word in words}
NUMBER_WORDS = frozenset({*_LAST, *_ONES, *SCALES, "không", "mười", "mươi", "chục", "linh", "lẻ", "rưỡi"})


def read_digits(written: str, *, counts_ones: bool = False) -> float | None:
    """The value of a number in digits; `counts_ones` where no part of what is counted is told, as of people or đồng.

    >>> read_digits("1,500"), read_digits("1,500", counts_ones=True), read_digits("0,500", counts_ones=True)
    (1.5, 1500.0, 0.5)
    """
    if len(written) > _LONGEST:
        return None
    if _PLAIN.fullmatch(written):
        return float(written)
    marks = {mark for mark in written if mark in ".,"}
    if len(marks) == 2:
        return _read_mixed(written)
    if not marks:
        return None
    mark = marks.pop()
    is_grouped = _GROUPS[mark].fullmatch(written) is not None
    if is_grouped and (mark == "." or counts_ones or written.count(mark) > 1):
        return float(written.replace(mark, ""))
    return float(written.replace(mark, ".")) if _DECIMAL[mark].fullmatch(written) else None


def _read_mixed(written: str) -> float | None:
    """Both marks: the last one parts the decimals, the other the thousands (1.234,5 and, in English, 1,234.5)."""
    inner = "." if written.index(".") < written.index(",") else ","
    whole, _, decimals = written.rpartition("," if inner == "." else ".")
    if not _GROUPS[inner].fullmatch(whole) or not _PLAIN.fullmatch(decimals):
        return None
    return float(f"{whole.replace(inner, '')}.{decimals}")


def read_words(written: str) -> int | None:
    """The value of a number in words; what grammar does not allow, and what may mean two numbers, is None.

    >>> read_words("trăm rưỡi"), read_words("hai tư"), read_words("mười năm"), read_words("một triệu hai trăm")
    (150, 24, None, None)
    """
    words = match_key(written).split()
    if not words or len(words) > _LONGEST or not NUMBER_WORDS.issuperset(words):
        return None
    return 0 if words == ["không"] else _leading(words)


def _leading(words: list[str]) -> int | None:
    """A number from its first word on: parted at its greatest scale."""
    for names, scale in _SCALES:
        at = next((at for at in reversed(range(len(words))) if words[at] in names), None)
        if at is not None:
            return _parted(words[:at], scale, words[at + 1 :])
    return _below_hundred(words)


def _parted(before: list[str], scale: int, behind: list[str]) -> int | None:
    if not before and behind != ["rưỡi"]:
        return None  # "trăm hộ" is a guess, "trăm rưỡi" is not
    return _joined(_leading(before) if before else 1, scale, behind)


def _joined(many: int | None, scale: int, behind: list[str]) -> int | None:
    rest = _rest(behind, scale)
    # Hundreds come one to nine, thousands up to 999; only milliards are counted in thousands.
    most = {100: 9, 1_000_000_000: 999_999}.get(scale, 999)
    return None if many is None or rest is None or many > most else many * scale + rest


def _rest(words: list[str], scale: int) -> int | None:
    """What follows a scale, less than one of it."""
    if not words:
        return 0
    if words == ["rưỡi"]:
        return scale // 2
    if words == ["mười"] and scale in (100, 1000):
        return 10
    if len(words) == 1:  # "ba triệu tư", "một trăm hai"; "một trăm năm" are years
        return None if words[0] == "năm" else _AFTER_ZERO.get(words[0], 0) * scale // 10 or None
    if scale == 100 or words[0] in ("linh", "lẻ"):
        return _behind_hundred(words)
    for names, lower in _SCALES:
        at = next((at for at, word in enumerate(words) if word in names), None)
        if lower < scale and at is not None:
            return _lower(words[:at], lower, words[at + 1 :], scale)
    return _below_hundred(words) if scale == 1000 else None


def _lower(before: list[str], lower: int, behind: list[str], scale: int) -> int | None:
    """The next scale within a number; "không" in front of it only keeps its place."""
    if before == ["không"]:
        return _behind_hundred(behind) if lower == 100 else _rest(behind, lower)
    if lower == 100 and scale > 1000:
        return None  # "một triệu hai trăm" may leave out "nghìn"
    value = _joined(_inner(before), lower, behind)
    return value if value is not None and value < scale else None


def _inner(words: list[str]) -> int | None:
    """How many of a scale within a number: "một triệu không trăm hai mươi nghìn"."""
    if words[:2] == ["không", "trăm"]:
        return _behind_hundred(words[2:])
    return _leading(words) if words else None


def _behind_hundred(words: list[str]) -> int | None:
    if len(words) == 2 and words[0] in ("linh", "lẻ"):
        return _AFTER_ZERO.get(words[1])
    value = _below_hundred(words) if words else None
    return value if value is not None and value >= 10 else None


def _below_hundred(words: list[str]) -> int | None:
    first, *others = words
    if first == "mười":
        return 10 + (_AFTER_TEN.get(others[0], 0) if others else 0) if _is_digit(others, _AFTER_TEN) else None
    if first not in _ONES:
        return None
    if not others:
        return _ONES[first]
    if others == ["chục"]:
        return _ONES[first] * 10
    tens = _ONES[first] * 10 if _ONES[first] > 1 else None
    if others[0] == "mươi" and tens and _is_digit(others[1:], _LAST):
        return tens + sum(_LAST[word] for word in others[1:])
    return tens + _SHORT[others[0]] if tens and len(others) == 1 and others[0] in _SHORT else None


def _is_digit(words: list[str], digits: dict[str, int]) -> bool:
    """Whether nothing or one last digit follows."""
    return not words or (len(words) == 1 and words[0] in digits)
