"""Names of every people of the country behind posts and person words, and text that no one would write."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.vietnamese import CAPITALS, canonical
from crawler.describe.people.names import find_names, find_short
from tests.crawler.describe.articles import AUTHORITIES, passage

steady = settings(derandomize=True, max_examples=250, deadline=None, database=None)
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý", "Trương", "Đinh",
    "Lò", "Quàng", "Cầm", "Lường", "Vàng", "Sùng", "Giàng", "Mùa", "Thào", "Hạng", "Chảo", "Tẩn", "Bế", "Nông", "Lục", "Điểu", "Ksor",
    "Niê", "Siu", "Rah", "Thạch", "Kim", "Danh", "Tô", "Chìu", "Pinăng", "Alăng", "Zơrâm",
)  # fmt: skip
MIDDLES = (
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Ngọc",
    "Hữu",
    "Thuý",
    "Thúy",
    "Hoà",
    "Đình",
    "Xuân",
    "Bá",
    "Quốc",
    "Thị Thu",
    "Thị Ngọc",
)
GIVEN = (
    "Tuấn", "Hùng", "Lan", "Thuỷ", "Thủy", "Hiền", "Nga", "Tăng", "Quyết", "Hoà", "Khoẻ", "Loan", "Huệ", "Chử", "Páo", "Dếnh",
    "Thuỳ", "Én", "Út", "Nghĩa", "Khiêm", "Đạt",
)  # fmt: skip
POSTS = (
    "Bí thư Huyện ủy", "Trưởng Ban Dân vận Tỉnh uỷ", "Phó Chủ tịch Thường trực UBND tỉnh", "Giám đốc Sở Nội vụ", "Chủ tịch Hội Nông dân",
    "Phó Trưởng Ban", "Bí thư Đảng ủy xã", "Chủ tịch UBND huyện", "Chính ủy", "Chỉ huy trưởng Ban CHQS huyện",
)  # fmt: skip
PERSON_WORDS = (
    "đồng chí",
    "Đồng chí",
    "ông",
    "bà",
    "anh",
    "chị",
    "đ/c",
    "Thượng tá",
    "nghệ nhân",
    "già làng",
    "linh mục",
)

NAMES = st.builds(
    lambda *parts: " ".join(parts), st.sampled_from(SURNAMES), st.sampled_from(MIDDLES), st.sampled_from(GIVEN)
)
# "Đoàn" is the Youth Union too: a surname only where a person word says so.
INTRODUCED = st.one_of(NAMES, st.builds("Đoàn {} {}".format, st.sampled_from(MIDDLES), st.sampled_from(GIVEN)))
COMPOSITIONS = st.sampled_from(["NFC", "NFD"])


def found(text: str) -> list[tuple[str, str]]:
    """Names with what stands at their offsets, in a text as pages are read: composed."""
    one = passage(text)
    return [(name.text, one.text[name.start : name.end]) for name in find_names(one, AUTHORITIES)]


def written(text: str, composition: str) -> str:
    return canonical(unicodedata.normalize(composition, text))


@steady
@given(st.sampled_from(POSTS), NAMES, st.sampled_from(POSTS), NAMES, COMPOSITIONS)
def test_names_behind_posts_are_found_whole(first: str, one: str, second: str, other: str, composition: str) -> None:
    text = written(f"Dự có {first} {one}, {second} {other}.", composition)
    assert found(text) == [(one, one), (other, other)]


@steady
@given(
    st.sampled_from(PERSON_WORDS),
    INTRODUCED,
    st.sampled_from([" phát biểu.", ", dân tộc Mông.", " và bà con.", ".", "- Bí thư xã", " (ảnh)"]),
)
def test_names_behind_person_words_are_found_whole(word: str, name: str, rest: str) -> None:
    assert found(f"Sáng nay, {word} {name}{rest}") == [(name, name)]


@steady
@given(NAMES, st.sampled_from(POSTS))
def test_names_before_their_posts_are_found_whole(name: str, post: str) -> None:
    assert found(f"Tham dự có: {name}, {post}; đại diện các ngành.") == [(name, name)]


@steady
@given(st.lists(NAMES, min_size=2, max_size=4, unique=True))
def test_every_name_of_a_list_of_comrades_is_found(names: list[str]) -> None:
    text = f"Dự có các đồng chí: {'; '.join(f'{name}, Ủy viên Ban Thường vụ' for name in names)}."
    assert [name for name, _ in found(text)] == names


PIECES = st.sampled_from(
    ["đồng chí", "Bí thư", "Nguyễn", "NGUYỄN", "Văn", "xã", "Huyện ủy", "K'", "’", "-", " ", ",", ":", "\n", ".", "ông", "Bài, ảnh:",
     "\u0301", "\u0323", "\u0309a", "Đ", "\u0130", "A", "H’", "🎉", "(", "Hồ Chí Minh", "\u200b", "n\u0303"]
)  # fmt: skip


@settings(steady, max_examples=500)
@given(
    st.one_of(
        st.text(),
        st.text(CAPITALS + "abc ,.-'"),
        st.lists(PIECES, max_size=14).map("".join),
        st.lists(PIECES, max_size=14).map(" ".join),
    )
)
def test_no_text_crashes_and_offsets_lie_within_it(text: str) -> None:
    for one in (passage(text), passage(canonical(text)), passage(unicodedata.normalize("NFD", text))):
        names = [*find_names(one, AUTHORITIES), *find_short(one, AUTHORITIES)]
        for name in names:
            assert 0 <= name.start < name.end <= len(one.text)
            assert one.text[name.start : name.end] == name.text
            assert name.given


@pytest.mark.parametrize("text", ["\u0301", "đồng chí \u0301Nguyễn", "Nguyễn\u0301 Văn \u0323 An", "'", "Đ’ Đ’"])
def test_lone_marks_are_no_names(text: str) -> None:
    assert all(name.strip("\u0301\u0323 ") for name, _ in found(text))
