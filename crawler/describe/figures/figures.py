"""Numbers that count something, with their unit, what they count, and the place of their sentence.

>>> [(f.value, f.of, f.unit) for f in _read("1.759 mô hình; 16/22 xã; ba mươi hộ")]
[(1759.0, None, 'mô hình'), (16.0, 22.0, 'xã'), (30.0, None, 'hộ')]
"""

from __future__ import annotations

from archive.records import FigureMention
from crawler.describe.figures.in_digits import figures_in_digits
from crawler.describe.figures.in_words import figures_in_words
from crawler.describe.figures.places import FigurePlaces
from crawler.describe.figures.units import Figure
from crawler.describe.passages import Passage
from crawler.describe.places.place import Place


def find_figures(passages: list[Passage], places: list[Place], primary: str | None) -> tuple[FigureMention, ...]:
    """Every figure of title and body; ages, dates, ranges and serial numbers are none."""
    meant = FigurePlaces(places, primary)
    return tuple(
        FigureMention(
            value=figure.value,
            of=figure.of,
            unit=figure.unit,
            what=figure.what,
            locality=meant.of(passage, figure.start),
            cited_as=passage.text[figure.start : figure.end],
            evidence=passage.span(figure.start, figure.end),
        )
        for passage in passages
        if passage.field != "caption"
        for figure in _read(passage.text, passage.key)
    )


def _read(text: str, key: str | None = None) -> list[Figure]:
    key = text if key is None else key
    if len(key) != len(text):  # a letter that is two in lower case, İ
        key = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    found = [*figures_in_digits(text, key), *figures_in_words(text, key)]
    return sorted(found, key=lambda figure: figure.start)
