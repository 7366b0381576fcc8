"""Short forms of names, and who is called by them. Every person is invented."""

from __future__ import annotations

import pytest

from tests.crawler.describe.articles import described

FULL = "Đồng chí Nông Thị Bích Ngần, Trưởng Ban Dân vận Tỉnh ủy, dự."
MAN = "Ông Nguyễn Văn Bảy, Bí thư Đảng ủy xã An Lạc, đến."


def cited(body: str) -> dict[str, tuple[str, ...]]:
    return {found.name: found.cited_as for found in described(body).officials}


CALLED = {
    "two syllables of a full name": (
        f"{FULL} Đồng chí Bích Ngần mong xã giữ nếp.",
        {"Nông Thị Bích Ngần": ("Đồng chí Nông Thị Bích Ngần", "Đồng chí Bích Ngần")},
    ),
    "one syllable at the beginning of a sentence": (
        f"{MAN} Ông Bảy nói.",
        {"Nguyễn Văn Bảy": ("Ông Nguyễn Văn Bảy", "Ông Bảy")},
    ),
    "a citizen of the same name": (
        f"{MAN} Chị Lê Thị Bảy hiến đất. Ông Bảy nói: chị Bảy rất tốt.",
        {"Nguyễn Văn Bảy": ("Ông Nguyễn Văn Bảy", "Ông Bảy")},
    ),
    "two of one address": (
        f"{MAN} Ông Lê Văn Bảy, nông dân, cùng đi. Ông Bảy nói.",
        {"Nguyễn Văn Bảy": ("Ông Nguyễn Văn Bảy",)},
    ),
    "a word of the other sex": (
        f"{MAN} Chị Bảy nói.",
        {"Nguyễn Văn Bảy": ("Ông Nguyễn Văn Bảy",)},
    ),
    "another person with a similar name": (
        f"{FULL} Đồng chí Hà Bích Ngần, Bí thư Đoàn xã, dự.",
        {"Nông Thị Bích Ngần": ("Đồng chí Nông Thị Bích Ngần",), "Hà Bích Ngần": ("Đồng chí Hà Bích Ngần",)},
    ),
    "a name of one syllable": (
        "Chị Hnhôn, Chủ tịch Hội Phụ nữ xã An Lạc, kể. Cùng đi có chị Hnhôn và bà con.",
        {"Hnhôn": ("Chị Hnhôn", "chị Hnhôn")},
    ),
    "with an apostrophe": ("Ông K'Bris, Bí thư Đảng ủy xã, nói.", {"K'Bris": ("Ông K'Bris",)}),
    "a surname that is an organisation's word": (
        "Ông Đoàn Bá Thịnh, Bí thư Huyện ủy, cho biết.",
        {"Đoàn Bá Thịnh": ("Ông Đoàn Bá Thịnh",)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CALLED.values(), ids=CALLED.keys())
def test_short_form_is_the_persons_it_may_be_said_of(body: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert cited(body) == expected


NOBODY = {
    "one syllable without a post": "Chị Hnhôn kể. Ông Bảy nói.",
    "a historical person with a post": "Học tập phong cách Hồ Chí Minh, Chủ tịch Hồ Chí Minh từng dạy dân vận khéo.",
    "a chairman of a company": "Ông Trần Quốc Vượng, Chủ tịch Hội đồng quản trị Công ty Hoa Mai tài trợ xi măng.",
    "a byline within the text": "Cả xã làm.\n\nBài, ảnh: Hà Thu Hà - Phó Trưởng Ban Dân vận Huyện ủy\n\nCòn tiếp.",
    "a head of a village": "Ông Kim Thươl, Trưởng ban nhân dân ấp, lập tổ vận động.",
    "an organisation named after a person": "Bà Lả khen Đoàn TNCS Hồ Chí Minh, Bí thư chi đoàn cùng dự.",
}


@pytest.mark.parametrize("body", NOBODY.values(), ids=NOBODY.keys())
def test_nobody_is_an_official(body: str) -> None:
    assert cited(body) == {}


def test_offsets_hold_beside_a_letter_that_is_two_in_lower_case() -> None:
    body = "Khách İstanbul\u200b đến thăm. Ông Nguyễn Văn Bảy, Bí thư Đảng ủy xã An Lạc, đón."
    [official] = described(body).officials
    [span] = official.evidence
    assert body[span.start : span.end] == "Ông Nguyễn Văn Bảy"


def test_capitals_without_end_are_no_names() -> None:
    syllables = [
        "Lạc",
        "Văn",
        "Bí",
        "Thư",
        "Chủ",
        "Tịch",
        "Lê",
        "Hoàng",
        "Hà",
        "Minh",
        "Quang",
        "Ban",
        "Dân",
        "Vận",
        "Xã",
        "Phó",
        "Trưởng",
        "An",
        "Nguyễn",
        "Thị",
    ]
    body = " ".join(syllables[n * 7 % len(syllables)] for n in range(10_000))
    assert cited(body) == {}
