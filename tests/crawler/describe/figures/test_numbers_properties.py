"""Numbers spelled in every way Vietnamese does, and text that is none."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.describe.figures.numbers import NUMBER_WORDS, read_digits, read_words

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
steady = settings(derandomize=True, max_examples=600, deadline=None, database=None)


@st.composite
def spelled(draw: st.DrawFn) -> tuple[int, str]:
    """A number and one of its spellings."""
    value = draw(st.one_of(st.integers(0, 999_999_999), st.integers(0, 9999)))
    thousand = draw(st.sampled_from(["nghìn", "ngàn"]))
    keeps_places = draw(st.booleans())  # "một triệu không nghìn hai trăm"
    millions, thousands, ones = value // 1_000_000, value // 1000 % 1000, value % 1000
    words: list[str] = []
    for group, scale in ((millions, ["triệu"]), (thousands, [thousand]), (ones, [])):
        if group:
            words += [*draw(below_thousand(group, within=bool(words))), *scale]
        elif scale and words and (keeps_places or ones >= 100):
            words += ["không", *scale]
    return value, " ".join(words) or "không"


@st.composite
def below_thousand(draw: st.DrawFn, value: int, within: bool) -> list[str]:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [ONES[hundreds], "trăm"] if hundreds or within else []
    if tens == 0:
        zero = [draw(st.sampled_from(["linh", "lẻ"]))] if words else []
        return (
            [*words, *zero, draw(st.sampled_from(["bốn", "tư"] if ones == 4 and zero else [ONES[ones]]))]
            if ones
            else words
        )
    if tens == 1:
        return [*words, "mười", *([] if not ones else ["lăm"] if ones == 5 else [ONES[ones]])]
    last = draw(st.sampled_from({1: ["mốt"], 4: ["tư", "bốn"], 5: ["lăm", "nhăm"]}.get(ones, [ONES[ones]])))
    if ones in (1, 5) or last == "tư":
        return [*words, ONES[tens], *draw(st.sampled_from([["mươi"], []])), last]
    return [*words, ONES[tens], "mươi", *([last] if ones else [])]


@steady
@given(spelled(), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_every_spelling_reads_back(number: tuple[int, str], form: str, in_capitals: bool) -> None:
    value, words = number
    written = unicodedata.normalize(form, words.upper() if in_capitals else words)
    assert read_words(written) == value, words


@steady
@given(st.integers(0, 10**12), st.integers(0, 99), st.booleans())
def test_digits_read_back_with_both_marks(whole: int, hundredths: int, is_english: bool) -> None:
    thousands, decimal = ",." if is_english else ".,"
    grouped = f"{whole:,}".replace(",", thousands)
    assert read_digits(str(whole)) == whole
    assert read_digits(f"{grouped}{decimal}{hundredths:02}") == float(f"{whole}.{hundredths:02}")
    if not is_english or whole >= 1_000_000 or whole < 1000:
        assert read_digits(grouped) == whole
    assert read_digits(grouped, counts_ones=True) == whole


@steady
@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*sorted(NUMBER_WORDS), "hộ", "7", " "]), max_size=9).map(" ".join))
)
def test_no_text_crashes_and_none_without_digits_or_number_words_has_a_value(text: str) -> None:
    words, digits = read_words(text), read_digits(text)
    assert digits is None or (any(mark.isdigit() for mark in text) and digits >= 0)
    assert words is None or (words >= 0 and set(unicodedata.normalize("NFC", text).lower().split()) <= NUMBER_WORDS)
