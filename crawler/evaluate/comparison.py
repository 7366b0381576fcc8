"""When two texts, days, places, people, posts, figures or documents count as the same.

The rules are those of the gold files' reference scorer, so that both give one figure. Text is compared after NFC, case
folding, one form of quotes and dashes, and one place for tone marks.

>>> normal("Huyện uỷ  “Định Hoá”") == normal('HUYỆN ỦY "Định Hóa"')
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import datetime
from functools import lru_cache

from archive.records import LOCAL_ZONE

_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_ONE_FORM = dict.fromkeys("“”„«»″", '"') | dict.fromkeys("’‘ʼ′`", "'") | dict.fromkeys("–—‐‑−", "-")
_ONE_FORM |= {"\u00a0": " ", "\u200b": "", "m²": "m2", "m³": "m3"}
_VARIANT = re.compile("|".join(map(re.escape, _ONE_FORM)))
_SYLLABLE = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")


def normal(text: str | None) -> str:
    """A text's form for comparison: not for reading, since tones stand as digits after their syllable."""
    plain = _VARIANT.sub(lambda found: _ONE_FORM[found.group()], unicodedata.normalize("NFC", text or ""))
    folded = unicodedata.normalize("NFC", plain.casefold())
    return " ".join(_SYLLABLE.sub(lambda found: _tone_last(found.group()), folded).split())


@lru_cache(maxsize=20_000)  # more than Vietnamese has syllables
def _tone_last(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare) + "".join(_TONES.get(letter, "") for letter in letters)


def words(text: str | None) -> list[str]:
    """The words of a text, without punctuation."""
    return _WORD.findall(normal(text))


def bag(found: str | None, wanted: str | None) -> tuple[float, float, float]:
    """Precision, recall and F1 of two texts as bags of words.

    >>> bag("Dân vận khéo ở", "dân vận khéo")
    (0.75, 1.0, 0.8571428571428571)
    """
    a, b = Counter(words(found)), Counter(words(wanted))
    common = (a & b).total()
    precision = common / a.total() if a else 0.0
    recall = common / b.total() if b else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def day(written: str | None) -> str | None:
    """The local day of an ISO date or instant; None of anything else.

    >>> day("2024-07-09T18:30:00Z"), day("2024-07-10"), day("hôm qua")
    ('2024-07-10', '2024-07-10', None)
    """
    stamp = (written or "").strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", stamp):
        return stamp
    try:
        moment = datetime.fromisoformat(stamp.replace(" ", "T", 1))
    except ValueError:
        return None
    return (moment.astimezone(LOCAL_ZONE) if moment.tzinfo else moment).date().isoformat()


_PREFIXES = [
    normal(prefix)
    for prefix in (
        "thành phố trực thuộc trung ương", "thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận",
        "phường", "xã", "tp.", "tp", "tx.", "tx", "tt.", "p.", "h.", "q.",
    )
]  # fmt: skip
_LEVELS = {
    "province": ("province", "tỉnh", "city"),
    "district": ("district", "huyện", "quận", "thị xã"),
    "commune": ("commune", "ward", "xã", "phường", "thị trấn", "township"),
    "village": ("village", "thôn", "bản", "ấp"),
}
_LEVEL_OF = {normal(word): level for level, names in _LEVELS.items() for word in names}


def unit_name(name: str | None) -> str:
    """An administrative unit's name without the word for its type.

    >>> unit_name("TP. Việt Trì") == unit_name("thành phố Việt Trì") == normal("Việt Trì")
    True
    """
    key = normal(name)
    for prefix in _PREFIXES:
        if key.startswith(prefix + " ") or (prefix.endswith(".") and key.startswith(prefix) and key != prefix):
            return key[len(prefix) :].strip()
    return key


def level_of(level: str | None) -> str:
    """The level a word stands for."""
    return _LEVEL_OF.get(normal(level), normal(level))


_HONORIFICS = (
    "các đồng chí", "đồng chí", "đ/c", "ông", "bà", "đại tá", "thượng tá", "trung tá", "thiếu tá", "thượng úy",
    "đại úy", "thiếu tướng",
)  # fmt: skip
_HONORIFIC = re.compile("^(?:" + "|".join(re.escape(normal(word)) for word in _HONORIFICS) + r")\s+")


def person(name: str | None) -> str:
    """A person's name without honorifics and ranks."""
    key, before = normal(name), ""
    while key != before:
        before, key = key, _HONORIFIC.sub("", key)
    return key


# In this order: "ub mttq" before "mttq", and "tvtu" before "tu".
_ABBREVIATIONS = {
    "uvbtv": "ủy viên ban thường vụ", "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân",
    "ub mttq": "ủy ban mặt trận tổ quốc", "mttq": "mặt trận tổ quốc", "tvtu": "thường vụ tỉnh ủy",
    "btv": "ban thường vụ", "tuv": "tỉnh ủy viên", "bdv": "ban dân vận", "tu": "tỉnh ủy", "hu": "huyện ủy",
    "t.ư": "trung ương", "tư": "trung ương", "tw": "trung ương", "lhpn": "liên hiệp phụ nữ",
    "chqs": "chỉ huy quân sự", "tp.": "thành phố",
}  # fmt: skip
_EXPANSIONS = [
    (re.compile(r"(?<![^\W_])" + re.escape(normal(short)) + r"(?![^\W_])"), normal(full))
    for short, full in _ABBREVIATIONS.items()
]


def posts(titles: list[str]) -> str:
    """All posts of a person as one text, common abbreviations expanded."""
    key = normal("; ".join(titles))
    for short, full in _EXPANSIONS:
        key = short.sub(full, key)
    return key


_SCALES = {
    normal(unit): (normal(base), factor)
    for base, scales in {
        "đồng": {"đồng": 1.0, "vnd": 1.0, "nghìn đồng": 1e3, "ngàn đồng": 1e3, "triệu đồng": 1e6, "tỷ đồng": 1e9,
                 "tỉ đồng": 1e9, "nghìn tỷ đồng": 1e12},
        "m2": {"m2": 1.0, "mét vuông": 1.0, "ha": 1e4, "héc-ta": 1e4, "hecta": 1e4},
        "m": {"m": 1.0, "mét": 1.0, "km": 1e3},
        "đồng/m2": {"triệu đồng/m2": 1e6},
    }.items()
    for unit, factor in scales.items()
}  # fmt: skip


def figure(value: float | str | None, unit: str | None) -> tuple[float | None, str]:
    """A figure in its base unit.

    >>> figure("8,45", "tỷ đồng") == figure(8450, "triệu đồng") and figure("1.759", "hộ") == figure(1759, "hộ")
    True
    """
    key = normal(unit)
    base, factor = _SCALES.get(key, (key, 1.0))
    number = value if isinstance(value, int | float) else _number(value or "")
    return (None if number is None else round(float(number) * factor, 4)), base


def _number(written: str) -> float | None:
    digits = re.sub(r"[^\d.,-]", "", written)
    if "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    try:
        return float(digits)
    except ValueError:
        return None


def same_figure(a: tuple[float | None, str], b: tuple[float | None, str]) -> bool:
    """Whether values are equal and one unit begins like the other (`hộ`, `hộ dân`)."""
    if a[0] is None or a[0] != b[0]:
        return False
    first, second = a[1].split(), b[1].split()
    shorter = min(len(first), len(second))
    return first == second or (shorter > 0 and first[:shorter] == second[:shorter])


def cites(found: str, number: str) -> bool:
    """Whether what was found holds a document's number; words around it hide it, since spaces do not count.

    >>> cites("25 - NQ/TW, 3/6/2013", "25-NQ/TW"), cites("125-NQ/TW", "25-NQ/TW"), cites("số 25-NQ/TW", "25-NQ/TW")
    (True, False, False)
    """
    wanted = re.escape("".join(normal(number).split()))
    return re.search(rf"(?<!\d){wanted}(?![^\W_])", "".join(normal(found).split())) is not None
