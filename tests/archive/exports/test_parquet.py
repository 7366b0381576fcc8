"""Parquet as pyarrow reads it, and plain text."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from pyarrow import parquet

from archive.exports import parquet as ours
from archive.exports import text
from archive.repository import Archive
from tests.archive.exports.conftest import HOSTILE


def test_columns_have_types_and_unknown_is_null(archive: Archive) -> None:
    stream = io.BytesIO()
    assert ours.write(archive.all_articles(), stream) == 2
    table = parquet.read_table(io.BytesIO(stream.getvalue()))
    assert tuple(table.column_names) == ours.COLUMNS
    first, second = table.to_pylist()
    assert first["published"] == date(2024, 7, 10)
    assert first["first_seen"] == datetime(2024, 7, 10, 5, 0, tzinfo=UTC)
    assert first["officials"] == ["Hoàng Minh Khuê"]
    assert first["dan_van"] is True
    assert second["title"] == HOSTILE
    assert second["published"] is None
    assert second["removed_at"] is None


def test_empty_result_is_a_file_with_columns() -> None:
    stream = io.BytesIO()
    assert ours.write([], stream) == 0
    assert tuple(parquet.read_table(io.BytesIO(stream.getvalue())).column_names) == ours.COLUMNS


def test_text_has_every_word_under_its_head(archive: Archive) -> None:
    stream = io.StringIO()
    assert text.write(archive.all_articles(), stream) == 2
    first, second = stream.getvalue().split(f"{'=' * 72}\n")
    assert first.startswith("Định Hóa: Khéo vận động, dân đồng lòng\nBáo Mẫu · 2024-07-10T11:43:00+07:00 · ")
    assert "12 mô hình dân vận khéo." in first
    assert "no date" in second
