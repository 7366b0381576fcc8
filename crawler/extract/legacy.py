"""Letters of the fonts that carried Vietnamese before Unicode: TCVN3 (.Vn… fonts) and VNI.

Pages of that time are Latin-1 to a browser; only the font shows Vietnamese. TCVN3 gives each letter one code and
shows lower-case codes as capitals in fonts whose name ends in H; VNI writes a vowel and then its marks as a letter.
Sources: TCVN 5712:1993, table VN3; the VNI for Windows table.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_TCVN3 = str.maketrans(
    "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô­øõö÷ùýúûüþ¡¢§£¤¥¦",
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
)
TCVN3_FONT = re.compile(r"\.Vn[A-Z]")
_TCVN3_CAPITALS = re.compile(r"(<[^>]*\.Vn\w*H\b[^>]*>)([^<]*)", re.IGNORECASE)
VNI_FONT = re.compile(r"(?:VNI|vni|Vni)[- ][A-Za-z]")
# A page with fewer pairs of vowel and mark is no VNI page: French and German have some.
_FEWEST_PAIRS = 20

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _CIRCUMFLEX, _BREVE = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306"
_TONES = dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_CIRCUMFLEXES = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BREVES = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_letters() -> dict[str, str]:
    """Every letter of VNI, of one code or two, by what it stands for; marks may be capitals beside capitals."""
    lower = dict(_SINGLE)
    for vowel, mark in product("aeouyôö", _TONES):
        lower[vowel + mark] = _SINGLE.get(vowel, vowel) + _TONES[mark]
    for marks, vowels, base in ((_CIRCUMFLEXES, "aeo", _CIRCUMFLEX), (_BREVES, "a", _BREVE)):
        for vowel, mark in product(vowels, marks):
            lower[vowel + mark] = vowel + base + marks[mark]
    letters = {}
    for written, meant in lower.items():
        letters[written] = meant
        letters[written.upper()] = letters[written[0].upper() + written[1:]] = meant.upper()
    return {written: unicodedata.normalize("NFC", meant) for written, meant in letters.items()}


_VNI = _vni_letters()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_VNI_PAIR = re.compile("|".join(sorted(written for written in _VNI if len(written) == 2)))


def from_tcvn3(text: str) -> str:
    """Text in TCVN3 letters as Unicode.

    >>> from_tcvn3("D©n vËn khÐo"), from_tcvn3('<b style="font-family:.VnTimeH">huyÖn</b>')
    ('Dân vận khéo', '<b style="font-family:.VnTimeH">HUYỆN</b>')
    """
    return _TCVN3_CAPITALS.sub(lambda found: found[1] + found[2].upper(), text.translate(_TCVN3))


def from_vni(text: str) -> str:
    """Text in VNI letters as Unicode; what has too few of them is left alone.

    >>> from_vni("Daân vaän kheùo ôû tænh Ñoàng Nai, huyeän Vónh Cöûu, böôùc ñaàu " * 3)[:59]
    'Dân vận khéo ở tỉnh Đồng Nai, huyện Vĩnh Cửu, bước đầu Dân '
    """
    pairs = sum(1 for _, _ in zip(_VNI_PAIR.finditer(text), range(_FEWEST_PAIRS), strict=False))
    return text if pairs < _FEWEST_PAIRS else _VNI_LETTER.sub(lambda found: _VNI[found.group()], text)
