"""Two versions differ by words, signs and paragraphs; what moved is not told as gone and new; long texts stay quick."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest

from archive.history.differences import Difference, differences
from archive.history.words import edits, words
from archive.records import LOCAL_ZONE, ArticleText, PageKind, PrintedDate

FIRST = "Xã Tân Lập có 186 mô hình dân vận khéo, trong đó có 12 mô hình mới."
SECOND = "Ông Trần Văn Mẫu, Bí thư Đảng ủy xã, cho biết nhân dân đồng tình rất cao."
THIRD = "Nhờ vậy, tuyến đường dài 3,5 km được mở rộng trong hai tháng."
FOURTH = "Cuối năm, xã sẽ tổng kết phong trào và khen thưởng các tập thể."


def text(*paragraphs: str, title: str = "Khéo vận động", **more: Any) -> ArticleText:
    return ArticleText(
        kind=PageKind.ARTICLE, url="https://mau.test/1.html", title=title, body="\n\n".join(paragraphs), **more
    )


def told(before: ArticleText, after: ArticleText) -> list[tuple[Any, ...]]:
    return [(one.field, one.paragraph, one.op, one.before, one.after) for one in differences(before, after)]


def day(number: int) -> PrintedDate:
    value = datetime(2024, 7, number, tzinfo=LOCAL_ZONE)
    return PrintedDate(value=value, precision="day", source="profile", printed=f"{number}/7/2024")


def test_equal_texts_have_no_differences() -> None:
    assert differences(text(FIRST, SECOND), text(FIRST, SECOND)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("186 mô hình", "189 mô hình", [("186", "189")]),
        ("xã Tân Lập, huyện", "xã Tân Lập; huyện", [(",", ";")]),
        ("hoà bình", "hòa bình", [("hoà", "hòa")]),
        ("16/22 xã", "17/22 xã", [("16/22", "17/22")]),
        ("Nghị quyết 25-NQ/TW", "Nghị quyết 25-NQ/TU", [("25-NQ/TW", "25-NQ/TU")]),
        ("rất đồng tình", "đồng tình", [("rất", "")]),
        ("đồng tình", "rất đồng tình", [("", "rất")]),
        ("", "mới", [("", "mới")]),
    ],
    ids=["number", "sign", "tone place", "fraction", "document", "removed", "added", "from nothing"],
)
def test_a_word_is_a_syllable_a_number_or_a_sign(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = [(before[e.start : e.end], after[e.new_start : e.new_end]) for e in edits(before, after)]
    assert found == expected


def test_a_letter_of_several_code_points_stays_whole() -> None:
    assert [token.text for token in words("Điểu K'ré, Đắk Lắk")] == ["Điểu", "K", "'", "ré", ",", "Đắk", "Lắk"]


def test_every_field_is_compared() -> None:
    before = text(FIRST, title="Khéo vận động", authors=("Ngọc Trâm",), captions=("Đường mới",), published=day(1))
    after = text(FIRST, title="Khéo léo vận động", authors=("Hà My",), captions=(), published=day(2))
    assert told(before, after) == [
        ("title", None, "added", None, "léo"),
        ("authors", 1, "changed", "Ngọc Trâm", "Hà My"),
        ("published", None, "changed", "2024-07-01", "2024-07-02"),
        ("captions", 1, "removed", "Đường mới", None),
    ]


def test_unknown_values_come_and_go() -> None:
    before, after = text(FIRST, title="A"), text(FIRST, title="A", sapo="Một lời dẫn.", published=day(2))
    assert told(before, after) == [
        ("sapo", None, "added", None, "Một lời dẫn."),
        ("published", None, "added", None, "2024-07-02"),
    ]


def test_a_lead_that_opens_the_body_is_told_once() -> None:
    before = text(FIRST, SECOND, sapo=FIRST)
    changed = FIRST.replace("186", "189")
    after = text(changed, SECOND.replace("rất cao", "cao"), sapo=changed)
    assert told(before, after) == [
        ("sapo", None, "changed", "186", "189"),
        ("body", 2, "removed", "rất", None),
    ]


def test_paragraph_added_at_the_end_is_one_whole_paragraph() -> None:
    [one] = differences(text(FIRST, SECOND), text(FIRST, SECOND, THIRD))
    assert (one.paragraph, one.op, one.before, one.after) == (3, "added", None, THIRD)
    assert (one.lead, one.tail) == ("", "")


def test_paragraph_removed_from_the_middle_has_its_old_number() -> None:
    assert told(text(FIRST, SECOND, THIRD), text(FIRST, THIRD)) == [("body", 2, "removed", SECOND, None)]


def test_moved_paragraph_is_neither_gone_nor_new() -> None:
    found = differences(text(FIRST, SECOND, THIRD, FOURTH), text(FOURTH, FIRST, SECOND, THIRD))
    assert [(one.op, one.was_paragraph, one.paragraph, one.after) for one in found] == [("moved", 4, 1, FOURTH)]


def test_moved_and_edited_paragraph_is_known_again() -> None:
    edited = FOURTH.replace("Cuối năm", "Đầu năm")
    found = differences(text(FIRST, SECOND, THIRD, FOURTH), text(edited, FIRST, SECOND, THIRD))
    assert [(one.op, one.before, one.after) for one in found] == [("moved", FOURTH, edited), ("changed", "Cuối", "Đầu")]


def test_neighbours_that_changed_places_are_one_move() -> None:
    found = differences(text(FIRST, SECOND.replace("cao", "lớn")), text(SECOND, FIRST.replace("186", "189")))
    assert [(one.op, one.before, one.after) for one in found if one.op != "moved"] == [
        ("changed", "lớn", "cao"),
        ("changed", "186", "189"),
    ]
    assert [one.op for one in found].count("moved") == 1


def test_parted_paragraph_is_a_break_and_no_new_text() -> None:
    halves = SECOND.split(", cho biết ")
    found = differences(text(FIRST, SECOND), text(FIRST, halves[0] + ", cho biết", halves[1]))
    assert [(one.op, one.after) for one in found] == [("added", "\n\n")]


def test_words_that_stand_everywhere_do_not_cut_a_change_to_pieces() -> None:
    before = "Đại diện xã và nhân dân các xóm đã ký cam kết."
    after = "Trưởng các ban ngành và lực lượng vũ trang cùng tham dự."
    assert len(edits(before, after)) == 1


def test_json_has_five_keys() -> None:
    [one] = differences(text(FIRST), text(FIRST.replace("186", "189")))
    assert one.as_json() == {"field": "body", "paragraph": 1, "op": "changed", "before": "186", "after": "189"}
    assert (one.lead, one.tail) == ("Xã Tân Lập có", "mô hình dân vận khéo, trong")


def rebuilt(before: str, after: str) -> str:
    """The newer text, made of the older and its edits."""
    made, at = "", 0
    for edit in edits(before, after):
        made += f"{before[at : edit.start]} {after[edit.new_start : edit.new_end]} "
        at = edit.end
    return made + before[at:]


@pytest.mark.parametrize("seed", range(20))
def test_edits_lead_from_the_older_text_to_the_newer(seed: int) -> None:
    chance = random.Random(seed)
    vocabulary = ["xã", "dân", "vận", "khéo", ".", ",", "\n\n", "12", "và"]
    before, after = (chance.choices(vocabulary, k=chance.randrange(0, 60)) for _ in range(2))
    old, new = " ".join(before), " ".join(after)
    assert [token.text for token in words(rebuilt(old, new))] == [token.text for token in words(new)]


def test_work_is_bounded_for_texts_without_anything_in_common() -> None:
    """Without equal words there is nothing to look through, however long both are."""
    one = " ".join(f"a{n}" for n in range(20_000))
    other = " ".join(f"b{n}" for n in range(20_000))
    assert told(text(one), text(other)) == [("body", 1, "changed", one, other)]


def test_work_is_bounded_for_texts_of_one_word() -> None:
    one, other = "Mới " + "dân " * 30_000, "dân " * 29_000 + "cũ"
    [changed] = differences(text(one), text(other))
    assert changed.op == "changed"


def test_one_change_in_a_long_text_is_found_to_the_word() -> None:
    sentences = [f"Câu thứ {n} nói về xóm {n % 7} của xã." for n in range(3000)]
    before, after = list(sentences), list(sentences)
    after[5] = after[5].replace("xóm", "thôn")
    after[2990] = after[2990].replace("xã", "phường")
    found: list[Difference] = differences(text(" ".join(before)), text(" ".join(after)))
    assert [(one.before, one.after) for one in found] == [("xóm", "thôn"), ("xã", "phường")]
