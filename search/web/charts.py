"""Charts as SVG made on the server: bars, lines and stretches of time, with a title and a description.

A chart shows what the table beside it says, so a screen reader hears its title and description and goes on to the
table. No style attributes: colours and strokes are classes of danvan.css, which print and a strict policy allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

from markupsafe import Markup

# One unit of a chart is one CSS pixel at full width; narrower screens scale it.
_WIDTH = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 12, 26
_LABEL_WIDTH = 50  # of "2024" or "07/24" with room around, at the size of narrow screens
_ROW = 36
_FEWEST_YEARS = 4  # of a scale of years: a post of one month is no wide bar
# As many lines as danvan.css has colours; more would not be told apart.
MOST_LINES = 6


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One value of a histogram; `label` stands below it."""

    label: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """A named row of values, one for each label of its chart; None is a gap."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A named stretch between two positions, such as decimal years."""

    label: str
    begins: float
    ends: float


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every chart has: a name of its own on the page, how it is read out and how it writes its values."""

    name: str
    title: str
    description: str
    height: int = 150
    write: Callable[[float], str] = "{:,.0f}".format


def histogram(bars: Sequence[Bar], frame: Frame) -> Markup:
    """Vertical bars over a scale from nought."""
    top = nice_top(max((bar.value for bar in bars), default=0))
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(bars), 1)
    width = min(step * 0.72, 56)
    shapes = [*_scale(top, frame)]
    for number, bar in enumerate(bars):
        height = (frame.height - _TOP - _BOTTOM) * bar.value / top
        x, y = _LEFT + step * (number + 0.5) - width / 2, frame.height - _BOTTOM - height
        shapes.append(
            Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
                _n(x), _n(y), _n(width), _n(height), bar.label, frame.write(bar.value)
            )
        )
    return _svg(frame, [*shapes, *_labels([bar.label for bar in bars], step, frame)])


def lines(labels: Sequence[str], series: Sequence[Line], frame: Frame) -> Markup:
    """One line for each series over common labels; the first six, each with dots, told apart by dash and colour."""
    series = series[:MOST_LINES]
    top = nice_top(max((value for line in series for value in line.values if value is not None), default=0))
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)
    shapes = [*_scale(top, frame)]
    for number, line in enumerate(series):
        points = [
            (_LEFT + step * (at + 0.5), _height_of(value, top, frame), labels[at], value)
            for at, value in enumerate(line.values)
            if value is not None
        ]
        for stroke in _strokes(line.values, points):
            shapes.append(Markup('<polyline class="line s{}" points="{}"/>').format(number, stroke))
        shapes += [
            Markup('<circle class="dot s{}" cx="{}" cy="{}" r="3"><title>{}, {}: {}</title></circle>').format(
                number, _n(x), _n(y), line.label, label, frame.write(value)
            )
            for x, y, label, value in points
        ]
    return _svg(frame, [*shapes, *_labels(labels, step, frame)])


def stretches(rows: Sequence[Stretch], frame: Frame) -> Markup:
    """Horizontal stretches over years, one row each; a stretch of one day is a dot."""
    first, last = _span_of(rows)
    high = _TOP + _ROW * len(rows) + _BOTTOM
    scale = (_WIDTH - 2 * _LEFT) / (last - first)
    shapes = []
    for number, year in enumerate(range(first, last + 1, max(1, ceil((last - first) * _LABEL_WIDTH / _WIDTH)))):
        at = _n(_LEFT + (year - first) * scale)
        shapes.append(
            Markup('<line class="grid" x1="{0}" x2="{0}" y1="4" y2="{1}"/>').format(at, high - _BOTTOM)
            + _label(number, at, high - 8, year)
        )
    for number, row in enumerate(rows):
        x, y = _LEFT + (row.begins - first) * scale, _TOP + _ROW * number
        width = max((row.ends - row.begins) * scale, 6)
        is_right = x > _WIDTH / 2
        shapes.append(
            Markup('<rect class="bar" x="{}" y="{}" width="{}" height="6" rx="3"/>').format(_n(x), y + 22, _n(width))
            + Markup('<text class="row" x="{}" y="{}" text-anchor="{}">{}</text>').format(
                _n(x + width if is_right else x), y + 16, "end" if is_right else "start", row.label
            )
        )
    return _svg(replace(frame, height=high), shapes)


def _span_of(rows: Sequence[Stretch]) -> tuple[int, int]:
    """The first and last year of a scale that holds every stretch."""
    first = floor(min((row.begins for row in rows), default=0))
    last = max(ceil(max((row.ends for row in rows), default=0)), first + 1)
    missing = max(0, _FEWEST_YEARS - (last - first))
    return first - missing // 2, last + missing - missing // 2


def nice_top(highest: float) -> float:
    """The next round number a scale may end with.

    >>> [nice_top(value) for value in (0, 3, 7, 12, 480, 0.03)]
    [1, 4, 8, 20, 600, 0.04]
    """
    if highest <= 0:
        return 1
    power = 10.0 ** floor(log10(highest))
    top = next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= highest * 0.999999)
    return int(top) if top == int(top) else round(top, 10)


def _height_of(value: float, top: float, frame: Frame) -> float:
    return frame.height - _BOTTOM - (frame.height - _TOP - _BOTTOM) * value / top


def _strokes(values: Sequence[float | None], points: Sequence[tuple[float, float, str, float]]) -> Iterator[str]:
    """The points of each unbroken part of a line."""
    part: list[str] = []
    remaining = iter(points)
    for value in values:
        if value is None:
            if part:
                yield " ".join(part)
            part = []
        else:
            x, y, *_ = next(remaining)
            part.append(f"{_n(x)},{_n(y)}")
    if part:
        yield " ".join(part)


def _scale(top: float, frame: Frame) -> Iterator[Markup]:
    """Nought, the middle where whole values have one, and the top."""
    for part in (0, 0.5, 1) if top != 1 else (0, 1):
        y = _n(_height_of(top * part, top, frame))
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_LEFT, _WIDTH - _RIGHT, y, y)
        yield Markup('<text class="tick" x="{}" y="{}" text-anchor="end" dy="4">{}</text>').format(
            _LEFT - 6, y, frame.write(top * part)
        )


def _labels(labels: Sequence[str], step: float, frame: Frame) -> Iterator[Markup]:
    """As many labels as there is room for, the first always."""
    every = max(1, ceil(_LABEL_WIDTH / step))
    for number, label in enumerate(labels):
        if number % every == 0:
            x = _n(_LEFT + step * (number + 0.5))
            yield _label(number // every, x, frame.height - 8, label)


def _label(number: int, x: str, y: int, text: object) -> Markup:
    """A label of the lower edge; every second one makes way on a narrow screen, where letters are larger."""
    kind = "tick between" if number % 2 else "tick"
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(kind, x, y, text)


def _svg(frame: Frame, shapes: Sequence[Markup]) -> Markup:
    head = Markup(
        '<svg class="chart" role="img" viewBox="0 0 {w} {h}" aria-labelledby="{n}-title {n}-desc" '
        'xmlns="http://www.w3.org/2000/svg"><title id="{n}-title">{title}</title><desc id="{n}-desc">{desc}</desc>'
    ).format(w=_WIDTH, h=frame.height, n=frame.name, title=frame.title, desc=frame.description)
    return head + Markup("").join(shapes) + Markup("</svg>")


def _n(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
