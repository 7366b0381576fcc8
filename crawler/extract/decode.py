"""Bytes to text by evidence: what decodes and reads like Vietnamese wins over what a header claims.

Before Unicode, Vietnamese pages used windows-1258 (vowels and tones apart), TCVN3 (ABC fonts: Latin-1 codes
shown as Vietnamese by a font) and VNI (tones as a second letter). Their declarations are often wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnamese import canonical
from crawler.extract.legacy import TCVN3_FONT, VNI_FONT, from_tcvn3, from_vni

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD = 4096  # a declaration after this is no declaration
_SAMPLE = 200_000
# Words with marks that make up a seventh of running text: a wrong table spells hardly any of them.
_COMMON = frozenset(
    [
        "và",
        "của",
        "các",
        "là",
        "được",
        "người",
        "không",
        "những",
        "có",
        "cho",
        "đã",
        "với",
        "trong",
        "một",
        "này",
        "để",
        "đến",
        "khi",
        "về",
        "từ",
        "thì",
        "như",
        "đó",
        "ở",
        "tại",
        "trên",
        "dân",
        "xã",
        "huyện",
        "tỉnh",
        "công",
        "tác",
        "đồng",
        "việc",
        "nhân",
        "cán",
        "bộ",
        "thôn",
        "bản",
        "nhà",
        "hội",
        "đường",
        "làm",
        "phát",
        "triển",
        "vận",
        "động",
        "đảng",
        "chính",
        "quyền",
        "địa",
        "phương",
        "năm",
    ]
) - {"cho", "trong", "khi", "thôn", "cán", "nhân"}


@dataclass(frozen=True)
class Decoded:
    """A page's text in NFC, and the encoding that gave it."""

    text: str
    encoding: str


def decode(body: bytes, declared: str | None = None, profile: str | None = None) -> Decoded:
    """Decode a page; undecodable bytes become U+FFFD, which the quality gate counts."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return Decoded(canonical(body[len(mark) :].decode(encoding, errors="replace")), encoding)
    meta = _META.search(body[:_HEAD])
    names = [profile, declared, meta[1].decode("ascii", "replace").lower() if meta else None]
    try:
        return _unless_legacy(body.decode("utf-8"), body)
    except UnicodeDecodeError:
        pass
    if body[:_SAMPLE].count(0) > len(body[:_SAMPLE]) // 4:
        return Decoded(canonical(body.decode("utf-16", errors="replace")), "utf-16")
    return _best(body, [name for name in names if name])


def _best(body: bytes, names: list[str]) -> Decoded:
    """Of all readings the one with the most Vietnamese letters and the fewest broken characters."""
    readings = []
    for name in dict.fromkeys([*names, "windows-1258", "utf-8"]):
        try:
            text = body.decode(name, errors="replace")
        except LookupError:
            continue
        readings.append(Decoded(canonical(text), name))
    latin = body.decode("windows-1252", errors="replace")
    readings += [Decoded(canonical(from_tcvn3(latin)), "tcvn3"), Decoded(canonical(from_vni(latin)), "vni")]
    return max(readings, key=lambda reading: _score(reading.text))


def _score(text: str) -> float:
    """The share of words that are among the commonest of Vietnamese, less what no Vietnamese text has."""
    sample = re.sub(r"<[^>]*>", " ", text[:_SAMPLE])
    words = re.findall(r"[^\W\d_]+", sample)
    common = sum(word.lower() in _COMMON for word in words)
    strange = len(re.findall(r"[¡-¿×÷ÞßþðåæøÅÆØÿ\ufffd]", sample))
    return (common - strange) / max(1, len(words))


# With what the font's name must contain: looking for it in the bytes is faster than the pattern.
_FONTS = (
    ("tcvn3", (b".Vn",), TCVN3_FONT, from_tcvn3),
    ("vni", (b"VNI", b"Vni", b"vni"), VNI_FONT, from_vni),
)


def _unless_legacy(text: str, body: bytes) -> Decoded:
    """UTF-8 pages that still carry letters for a .Vn or VNI font."""
    for name, signs, font, read in _FONTS:
        if any(sign in body for sign in signs) and font.search(text) and _score(read(text)) > _score(text):
            return Decoded(canonical(read(text)), f"{name} in utf-8")
    return Decoded(canonical(text), "utf-8")
