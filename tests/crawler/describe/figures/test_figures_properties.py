"""Figures of every size in every form, and text that only looks like figures and documents."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.describe.documents import find_documents
from crawler.describe.figures.figures import find_figures
from tests.crawler.describe.articles import passage

steady = settings(derandomize=True, max_examples=250, deadline=None, database=None)
COUNTED = st.sampled_from(
    ["mô hình", "hộ", "người", "cán bộ, công chức", "xã, phường, thị trấn", "cơ quan, đơn vị", "ngày công"]
)
MEASURES = st.sampled_from(["ha", "km", "tấn", "%", "m", "sào", "triệu đồng", "tỷ đồng", "triệu đồng/kg", "tấn/ha"])
FRAMES = st.sampled_from(
    ["Xã có {}.", "Đến nay, đã có {}; mọi việc xong.", "Vận động được {} trong tháng.", "“Góp {}”, ông nói."]
)


def figures(text: str) -> list[tuple[float, str, str]]:
    one = passage(text)
    found = find_figures([one], [], None)
    assert all(one.text[figure.evidence.start : figure.evidence.end] == figure.cited_as for figure in found)
    return [(figure.value, figure.unit, figure.cited_as) for figure in found]


@steady
@given(st.integers(1, 10**9), COUNTED, FRAMES, st.booleans())
def test_every_count_is_found(value: int, unit: str, frame: str, is_grouped: bool) -> None:
    number = f"{value:,}".replace(",", ".") if is_grouped else str(value)
    assert figures(frame.format(f"{number} {unit}")) == [(value, unit, f"{number} {unit}")]


@steady
@given(st.integers(0, 99_999), st.integers(0, 99), MEASURES, FRAMES)
def test_every_measure_is_found(whole: int, hundredths: int, unit: str, frame: str) -> None:
    number = f"{whole:,}".replace(",", ".") + f",{hundredths:02}"
    assert figures(frame.format(f"{number} {unit}")) == [(float(f"{whole}.{hundredths:02}"), unit, f"{number} {unit}")]


@steady
@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([("tỷ", "triệu"), ("triệu", "nghìn")]), FRAMES)
def test_sums_told_in_two_scales_are_one(great: int, small: int, scales: tuple[str, str], frame: str) -> None:
    told = f"{great} {scales[0]} {small} {scales[1]} đồng"
    assert figures(frame.format(told)) == [(round(great + small / 1000, 9), f"{scales[0]} đồng", told)]


@steady
@given(
    st.dates(),
    st.sampled_from(
        ["ngày {d}/{m}/{y} huyện họp", "ngày {d} tháng {m} năm {y} huyện họp", "Quý {q} xã họp", "năm {y} xã họp"]
    ),
)
def test_no_date_is_a_figure(day: object, form: str) -> None:
    year, month, day_ = map(int, str(day).split("-"))
    assert figures(form.format(d=day_, m=month, y=2000 + year % 100, q=month % 4 + 1)) == []


PIECES = st.sampled_from(
    ["12", "1.759", "2,5", "16/22", "%", "tỷ", "triệu", "đồng", "hộ", "xã", ",", ".", "/", "-", "–", "đến", "ngày", "năm", "hai", "mươi", "trăm",
     "rưỡi", "mô hình", "Nghị quyết", "số", "25-NQ/TW", "Luật", "10/2022/QH15", "của Ban", "(", "“", "\n", "\u0301", "\u0130", "٣", "²", "trong tổng số"]
)  # fmt: skip


@settings(steady, max_examples=500)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=16).map("".join), st.lists(PIECES, max_size=16).map(" ".join)))
def test_no_text_crashes_and_evidence_lies_within_it(text: str) -> None:
    assert all(value >= 0 and unit and cited for value, unit, cited in figures(text))
    one = passage(text)
    for document in find_documents([one]):
        assert one.text[document.evidence.start : document.evidence.end] == document.cited_as
        assert " " not in document.number
