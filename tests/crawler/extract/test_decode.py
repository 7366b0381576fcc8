"""Bytes to text by evidence: every old way to write Vietnamese, true and false declarations, and repairs."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.extract.decode import decode
from crawler.extract.legacy import _TCVN3, _VNI, from_tcvn3

TEXT = (
    "Đồng chí Bí thư Huyện ủy cho biết: những năm qua, công tác dân vận của các cấp ủy, chính quyền địa phương đã được "
    "đổi mới; người dân ở xã Vĩnh Mỹ hiến đất, góp ngày công mở đường; ĐẢNG BỘ HUYỆN ĐÃ LÀM TỐT VIỆC NÀY. "
    "Kỹ thuật nuôi trồng được phổ biến; ai kỵ nước lũ cũng đỡ lo, hỗn độn giảm rõ, ước nguyện thành hiện thực. "
)
PAGE = f"<html><head>%s</head><body><h1>Dân vận khéo</h1><p>{TEXT}</p></body></html>"


def to_vni(text: str) -> bytes:
    letters = {meant: written for written, meant in sorted(_VNI.items(), key=lambda pair: pair[0])}
    return "".join(letters.get(character, character) for character in text).encode("windows-1252")


def to_tcvn3(text: str) -> bytes:
    codes = {chr(meant) if isinstance(meant, int) else meant: chr(code) for code, meant in _TCVN3.items()}
    return "".join(codes.get(c, codes.get(c.lower(), c)) for c in text).encode("latin-1")


def to_windows_1258(text: str) -> bytes:
    """Base vowels with circumflex, breve and horn are letters, tones are marks of their own."""
    out = []
    for character in text:
        decomposed = unicodedata.normalize("NFD", character)
        tones = "".join(c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tones))
        out.append(base + tones)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("head", ["", "<meta charset='utf-8'>", "<meta charset='iso-8859-1'>", "<meta charset=nope>"])
@pytest.mark.parametrize(
    ("written", "name"), [(to_windows_1258, "windows-1258"), (to_vni, "vni"), (str.encode, "utf-8")]
)
def test_text_is_the_same_whatever_the_page_declares(written: object, name: str, head: str) -> None:
    decoded = decode(written(PAGE % head))  # type: ignore[operator]
    assert decoded.encoding == name
    assert TEXT in decoded.text


def test_tcvn3_has_no_capitals_with_marks_but_in_fonts_for_capitals() -> None:
    lower = TEXT.lower()
    decoded = decode(to_tcvn3((PAGE % "").replace(TEXT, lower)))
    assert decoded.encoding == "tcvn3"
    assert lower in decoded.text
    assert from_tcvn3("<p class='.VnArialH'>®¶ng bé</p>") == "<p class='.VnArialH'>ĐẢNG BỘ</p>"


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        ("<style>p {font-family: .VnTime}</style>", to_tcvn3(TEXT.lower()).decode("latin-1"), "tcvn3 in utf-8"),
        ("<style>p {font-family: VNI-Times}</style>", to_vni(TEXT).decode("windows-1252"), "vni in utf-8"),
    ],
)
def test_old_letters_may_stand_in_utf8(head: str, body: str, name: str) -> None:
    decoded = decode((PAGE % head).replace(TEXT, body).encode())
    assert decoded.encoding == name
    assert TEXT.lower() in decoded.text.lower()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_letters_are_composed(form: str) -> None:
    assert TEXT in decode(unicodedata.normalize(form, PAGE % "").encode()).text  # type: ignore[arg-type]


def test_eth_and_invisible_characters_are_repaired() -> None:
    odd = (PAGE % "").replace("Đồng", "Ðồng").replace("công tác", "công\u200b\u00a0tác")
    assert TEXT in decode(odd.encode()).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_decides(encoding: str) -> None:
    assert TEXT in decode((PAGE % "<meta charset='windows-1258'>").encode(encoding)).text


def test_declared_western_page_is_left_as_it_is() -> None:
    french = "Là où l'été naît, l'aîné a créé une forêt; le maïs mûrit à côté du chêne; Noël, aïeul, haïr, poêle. " * 20
    assert decode(french.encode("windows-1252"), "windows-1252").encoding == "windows-1252"
