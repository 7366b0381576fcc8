"""Charts: scales, gaps, labels, and nothing in them that runs."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from search.web import charts
from search.web.charts import Bar, Frame, Line, Stretch

FRAME = Frame(name="x", title="Số bài <b>", description='Mô tả "&" hết')
SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ElementTree.Element:
    root = ElementTree.fromstring(picture)
    assert (root.get("role"), root.findtext(f"{SVG}title")) == ("img", "Số bài <b>")
    assert root.findtext(f"{SVG}desc") == 'Mô tả "&" hết'
    assert not [name for element in root.iter() for name in element.attrib if name == "style" or name.startswith("on")]
    return root


def test_bars_are_as_high_as_their_values() -> None:
    root = parsed(charts.histogram([Bar(label="2023", value=2), Bar(label="2024", value=8)], FRAME))
    low, high = (float(bar.get("height", 0)) for bar in root.iter(f"{SVG}rect"))
    assert high == pytest.approx(4 * low)
    assert [bar.findtext(f"{SVG}title") for bar in root.iter(f"{SVG}rect")] == ["2023: 2", "2024: 8"]


def test_lines_break_at_gaps_and_have_a_dot_for_each_value() -> None:
    line = Line(label="dân vận", values=(1, 2, None, 3, None, 4, 5))
    root = parsed(charts.lines([str(n) for n in range(7)], [line], FRAME))
    assert [len(stroke.get("points", "").split()) for stroke in root.iter(f"{SVG}polyline")] == [2, 1, 2]
    assert len(list(root.iter(f"{SVG}circle"))) == 5


def test_stretches_of_one_day_can_be_seen() -> None:
    rows = [Stretch(label="Bí thư", begins=2024.5, ends=2024.5), Stretch(label="Phó", begins=2020, ends=2022.9)]
    root = parsed(charts.stretches(rows, FRAME))
    assert all(float(bar.get("width", 0)) >= 6 for bar in root.iter(f"{SVG}rect"))
    assert "2020" in {text.text for text in root.iter(f"{SVG}text")}


@pytest.mark.parametrize("count", [0, 1, 2, 500])
def test_any_number_of_values_makes_a_chart(count: int) -> None:
    labels = [str(number) for number in range(count)]
    parsed(charts.histogram([Bar(label=label, value=0) for label in labels], FRAME))
    parsed(charts.lines(labels, [Line(label="a", values=tuple(0.0 for _ in labels))], FRAME))
    parsed(charts.stretches([Stretch(label=label, begins=2000, ends=2001) for label in labels], FRAME))


def test_labels_leave_room() -> None:
    root = parsed(charts.histogram([Bar(label=f"{number}/2024", value=1) for number in range(100)], FRAME))
    ticks = [text for text in root.iter(f"{SVG}text") if "/" in (text.text or "")]
    assert 5 < len(ticks) < 16


def test_stored_text_stays_text() -> None:
    evil = '"><script>alert(1)</script>'
    for picture in (
        charts.histogram([Bar(label=evil, value=1)], FRAME),
        charts.lines([evil], [Line(label=evil, values=(1,))], FRAME),
        charts.stretches([Stretch(label=evil, begins=2000, ends=2001)], FRAME),
    ):
        assert "<script" not in picture
        parsed(picture)
