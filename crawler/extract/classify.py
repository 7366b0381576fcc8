"""What kind of page this is, judged after reading it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from archive.records import PageKind
from archive.vietnamese import match_key
from crawler.extract.blocks import Block
from crawler.extract.tree import clean

_MISSING = re.compile(
    r"không tìm thấy|không tồn tại|trang bạn (?:tìm|yêu cầu)|đã bị (?:xóa|gỡ)|liên kết .{0,20}hỏng|not found|(?<!\d)404(?!\d)"
    r"|page you (?:requested|are looking)"
    r"|đường dẫn .{0,30}(?:sai|không đúng)|bài viết (?:này )?(?:không|đã bị)"
)
# Said at the very beginning it makes a soft 404 of any page, however many teasers follow.
_NOTICE = re.compile(
    r"^.{0,60}(?:không tìm thấy (?:trang|nội dung|bài)|(?:trang|nội dung|bài viết|đường dẫn|tin).{0,50}(?:không tồn tại|đã bị (?:xóa|gỡ)))"
)
_LOGIN = re.compile(r"đăng nhập (?:hệ thống|để|tài khoản)|tên đăng nhập|mật khẩu")
# What services against robots show in a page's place, with status 200; a short page that says so has nothing else.
_CHALLENGE = re.compile(
    r"just a moment|checking (?:if the site connection|your browser)|enable javascript and cookies|verify(?:ing)? (?:that )?you are"
    r" (?:a )?human|xác (?:minh|nhận|thực) .{0,20}(?:không phải (?:là )?|là )?(?:robot|con người|người thật)|captcha"
)
_WORD = re.compile(r"[^\W\d_]+")
# The consonants that begin and end a syllable of Vietnamese, one to three vowels between; or a short abbreviation.
_INITIAL = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]"
_FINAL = "ng|nh|ch|[cmnpt]"
_VOWELS = "[aăâeêioôơuưy]{1,3}"
_SYLLABLE = re.compile(rf"(?:{_INITIAL})?{_VOWELS}(?:{_FINAL})?")
_ABBREVIATION = re.compile(r"[^\W\d_a-zà-ỹ]{1,8}")
_SAMPLE = 800  # characters: some 150 words
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
# A book's chapter; the longest articles of newspapers have some 60,000 characters.
MAX_TEXT = 200_000
_LINKED, _TEASER_TITLE, _FEWEST_TEASERS = 0.6, 25, 5  # share of a block's text, characters, links
_PARAGRAPH, _RUN, _RUN_CHARACTERS = 80, 3, 500  # characters, paragraphs one after the other, characters of them
_GALLERY = (
    "count(//img[ancestor::*[contains(@class,'slide') or contains(@class,'gallery') or contains(@class,'swiper')"
    " or contains(@class,'album') or contains(@class,'carousel') or contains(@class,'photo')]])"
)
_FEWEST_PICTURES = 4
_SHORT = 400  # characters: a notice is no longer


def classify(
    tree: Any, title: str | None, text: str, captions: int, least: int, teasers: int = 0
) -> tuple[PageKind, str | None]:
    """Kind and, for what is no article, the reason in words. `teasers`: as `teasers_between` counts them."""
    if "\ufffd" in text and text.count("\ufffd") > len(text) / 50:
        return PageKind.UNDECODABLE, f"{text.count(chr(0xFFFD))} characters cannot be decoded"
    if len(text) < max(_SHORT, least):
        whole = clean(tree.text_content() or "")
        if _LOGIN.search(match_key(whole[:3000])) and tree.xpath("boolean(//input[@type='password'])"):
            return PageKind.LOGIN, "asks for a password"
        if found := _CHALLENGE.search(match_key(f"{title or ''} {whole[:2000]}")):
            return PageKind.CHALLENGE, f"wants to see a browser or a human: {found.group()!r}"
        if found := _MISSING.search(match_key(f"{title or ''} {text}")) or _MISSING.search(match_key(whole[:2000])):
            return PageKind.SOFT_404, f"says {found.group()!r}"
        if len(text) < least:
            return _without_text(tree, whole, text, captions, least)
    if found := _NOTICE.search(match_key(title or "")) or _NOTICE.search(match_key(text[:200])):
        return PageKind.SOFT_404, f"says {found.group()!r}"
    if len(text) > MAX_TEXT:
        return PageKind.OVERSIZED, f"{len(text):,} characters of text, more than any article has ({MAX_TEXT:,})"
    if teasers:
        return _without_text(tree, clean(tree.text_content() or ""), text, captions, least, teasers)
    if is_gibberish(text):
        return PageKind.GIBBERISH, "its letters form no Vietnamese syllables"
    return PageKind.ARTICLE, None


def teasers_between(page: Sequence[Block], paragraphs: Sequence[Block]) -> int:
    """How many links with teasers' titles stand among the paragraphs of a text; 0 where prose outweighs them."""
    kept = {(id(block.element), block.text) for block in paragraphs}
    places = [n for n, block in enumerate(page) if (id(block.element), block.text) in kept]
    if not places:
        return 0
    if _has_running_text(page, places):
        return 0
    among = page[places[0] : places[-1]]
    links = sum(block.link_share > _LINKED and len(block.text) >= _TEASER_TITLE for block in among)
    prose = sum(len(block.text) >= _TEASER_TITLE for block in paragraphs)
    return links if links >= _FEWEST_TEASERS and links >= prose / 2 else 0


def _has_running_text(page: Sequence[Block], places: Sequence[int]) -> bool:
    """Whether paragraphs of a text's blocks follow one another as no list's do."""
    paragraphs = characters = 0
    for before, place in zip([places[0], *places], places, strict=False):
        if any(block.link_share > _LINKED for block in page[before + 1 : place]):
            paragraphs = characters = 0
        if len(page[place].text) >= _PARAGRAPH:
            paragraphs, characters = paragraphs + 1, characters + len(page[place].text)
        if paragraphs >= _RUN and characters >= _RUN_CHARACTERS:
            return True
    return False


@lru_cache(maxsize=8)  # a body is asked about by rules, by form and at last
def is_gibberish(text: str) -> bool:
    """Whether too many words cannot be said: some print pages swap the letters of their text.

    >>> is_gibberish("Nhân dân đồng lòng hiến đất làm đường"), is_gibberish("9õằăiờẫyy ãvÝôýờịã xqzvt kkzt bcdfg")
    (False, True)
    """
    words = _WORD.findall(text[:_SAMPLE])
    if len(words) < 5:
        return False
    return sum(not _can_be_said(word) for word in words) / len(words) > 0.35


@lru_cache(maxsize=10_000)  # more than Vietnamese has syllables
def _can_be_said(word: str) -> bool:
    toneless = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONES))
    return bool(_ABBREVIATION.fullmatch(word) or _SYLLABLE.fullmatch(toneless.lower()))


def _without_text(
    tree: Any, whole: str, text: str, captions: int, least: int, teasers: int = 0
) -> tuple[PageKind, str]:
    links = len(tree.xpath("//a[@href]"))
    pictures = max(len(tree.xpath("//article//img|//figure//img")), int(tree.xpath(_GALLERY)))
    if captions or tree.xpath("boolean(//video|//audio)") or pictures >= _FEWEST_PICTURES:
        return PageKind.MEDIA_ONLY, f"pictures or video with {0 if teasers else len(text)} characters of text"
    if teasers:
        return PageKind.LISTING, f"{teasers} links of teasers among {len(text)} characters of text"
    if len(whole) < 300 or (not text and links < 15):
        return PageKind.BLANK, f"only {len(text)} characters of text, at least {least} expected"
    return PageKind.LISTING, f"{links} links and {len(text)} characters of text"
