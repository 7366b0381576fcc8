"""Figures as series, and the note that says how a result came about."""

from __future__ import annotations

from search.reading.methods import methods_text
from search.reading.reader import CorpusReader
from search.service import Question


def test_figures_are_series_with_sentences(reader: CorpusReader) -> None:
    found = reader.figures(Question(portals=("mau",)), "mo hinh")
    (one,) = found.series
    assert (one.locality, one.counted, found.figures) == ("Định Hóa", "mô hình", 6)
    days = [point.published for point in one.points]
    assert days[-1] is None
    assert days[:-1] == sorted(day for day in days if day)
    assert all(point.sentence for point in one.points)


def test_what_is_counted_must_hold_every_word(reader: CorpusReader) -> None:
    assert reader.figures(Question(), "mô hình khéo").figures == 0
    assert reader.figures(Question(), "mộ hình").figures == 0
    assert reader.figures(Question(), "").figures == 12


def test_note_tells_query_counts_and_what_is_missing(reader: CorpusReader) -> None:
    asked = Question(text='"dân vận khéo"', first_day="2022", localities=("id=d167",))
    said = methods_text(reader.methods(asked, "/?q=x"))
    for expected in (
        'Query as typed: "dân vận khéo"',
        "Filter: locality = huyện Định Hóa (Thái Nguyên)",
        "Filter: from = 2022",
        "To repeat it: /?q=x",
        "Found: 0 of 12 articles",
        "Rules: analyzer ",
    ):
        assert expected in said


def test_note_names_portals_and_years(reader: CorpusReader) -> None:
    said = methods_text(reader.methods(Question(text='"dân vận khéo"'), "/"))
    assert "Found: 8 of 12 articles (66.7 %), published 2022-03-05 to 2024-05-30; 2 without a date." in said
    assert "By portal: Báo Khác 4; Báo Mẫu 4." in said
    assert "By year: 2022 2; 2023 2; 2024 2." in said
    assert "Báo Mẫu (mau): never crawled well here; its articles were imported" in said
