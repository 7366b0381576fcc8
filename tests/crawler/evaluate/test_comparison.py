"""Forms under which two spellings are one; the module's examples have the rest."""

from __future__ import annotations

import pytest

from crawler.evaluate.comparison import bag, cites, figure, normal, person, posts, same_figure, unit_name
from tests.crawler.evaluate.pages import reference

SPELLINGS = [
    ("Huyện uỷ", "HUYỆN ỦY"), ("hoà thuỷ", "hòa thủy"), ("khoẻ", "khỏe"), ("“Dân vận”", '"dân vận"'),
    ("H’Mông", "H'Mông"), ("2024–2025", "2024-2025"), ("m²", "m2"), ("xã\u00a0 Lò", "xã Lò"), ("Lo\u0300", "Lò"),
    ("quý", "quý"), ("dân\u200bvận", "dânvận"), ("nghiêng", "NGHIÊNG"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SPELLINGS, ids=[one for one, _ in SPELLINGS])
def test_spellings_are_one(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert normal(one) == reference().norm(one)


@pytest.mark.parametrize(("one", "other"), [("hòa", "hóa"), ("dân vận", "dân vẫn"), ("Lò", "Lo"), ("đ", "d")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    "name", ["TP. Việt Trì", "TX Nghĩa Lộ", "P.14", "tt.Mường Lò", "Xã", "Xuân Xã", "huyện xã Tân"]
)
def test_unit_names_are_read_like_the_reference(name: str) -> None:
    assert unit_name(name) == reference().unit(name)


@pytest.mark.parametrize("name", ["đồng chí ông Lò Văn Pán", "Đại tá Lò Văn Pán", "Ông", "Bà Triệu Thị Nụ", "đ/c Pán"])
def test_persons_are_read_like_the_reference(name: str) -> None:
    assert person(name) == reference().person(name)


@pytest.mark.parametrize(
    "title", ["UVBTV, PCT UBND TP.X", "TUV", "Phó BTV TVTU", "Chủ tịch UB MTTQ", "Ban T.Ư", "CHQS tỉnh"]
)
def test_posts_are_read_like_the_reference(title: str) -> None:
    assert posts([title, "UV"]) == reference().titles([title, "UV"])


@pytest.mark.parametrize("value", [40, 1.5, "8,45", "1.759", "1.5", "-3", "nhiều", "", None, "1.234.567,5"])
@pytest.mark.parametrize("unit", ["tỷ đồng", "ha", "hộ", "", None, "VND", "mét vuông", "triệu đồng/m²"])
def test_figures_are_read_like_the_reference(value: float | str | None, unit: str | None) -> None:
    assert figure(value, unit) == reference().fig({"value": value, "unit": unit})


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((40.0, "hộ"), (40.0, "hộ dân"), True), ((40.0, "hộ"), (41.0, "hộ"), False), ((40.0, ""), (40.0, ""), True),
        ((40.0, ""), (40.0, "hộ"), False), ((None, "hộ"), (None, "hộ"), False), ((40.0, "hộ"), (40.0, "người"), False),
    ],
)  # fmt: skip
def test_figures_are_the_same_by_value_and_beginning_of_unit(
    a: tuple[float | None, str], b: tuple[float | None, str], same: bool
) -> None:
    assert same_figure(a, b) is same
    assert reference().same_fig(a, b) is same


def test_document_is_cited_only_whole() -> None:
    assert cites("NQ 25 - NQ/TW", "25-NQ/TW")
    assert not cites("25-NQ/TWA", "25-NQ/TW")


def test_word_with_a_tone_before_a_number_hides_it_as_in_the_reference() -> None:
    """Tones stand as digits, so that `số 25` looks like a longer number: predictions give the bare number."""
    assert not cites("số 25-NQ/TW", "25-NQ/TW")
    assert reference().doc_hits(["số 25-NQ/TW"], [{"number": "25-NQ/TW"}]) == 0


def test_empty_texts_share_nothing() -> None:
    assert bag("", "") == bag(None, "x") == (0.0, 0.0, 0.0)
