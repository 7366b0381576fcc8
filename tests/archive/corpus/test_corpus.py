"""Texts, proofs and figures of many articles, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.repository import Archive
from archive.sentences import quote
from tests.archive import build


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        for number in (1, 2, 3):
            url = f"https://mau.test/{number}.html"
            body = f"Năm qua có việc. Huyện Định Hóa có {number}2 mô hình dân vận khéo. Hết."
            opened.save(build.entry(url), build.text(url=url, body=body), build.description())
        yield opened


def test_texts_come_in_the_order_asked_for(archive: Archive) -> None:
    found = list(archive.corpus.texts([3, 99, 1]))
    assert [one.article_id for one in found] == [3, 1]
    assert "32 mô hình" in found[0].body
    assert found[0].published == date(2024, 7, 10)
    assert found[0].captions == ("Đường mới ở xóm Tân Lập",)


def test_proof_is_the_first_capture_of_the_current_text(archive: Archive) -> None:
    later = build.NOON + timedelta(days=3)
    archive.save(build.entry(at=later), build.text(body="Nay có 40 mô hình."), build.description())
    archive.save(build.entry(at=later + timedelta(days=1)), build.text(body="Nay có 40 mô hình."), build.description())
    assert archive.corpus.proofs([1, 2, 99]).keys() == {1, 2}
    assert archive.corpus.proofs([1])[1].fetched_at == later


def test_figures_carry_their_sentence(archive: Archive) -> None:
    one = next(archive.corpus.figures([2]))
    assert (one.value, one.unit, one.locality, one.primary_locality) == (12.0, "mô hình", "Định Hóa", "huyện Định Hóa")
    assert one.sentence == "Huyện Định Hóa có 22 mô hình dân vận khéo."
    assert one.published == date(2024, 7, 10)


@pytest.mark.parametrize(
    ("text", "cited", "sentence"),
    [
        ("Xã có 5 tổ. Huyện có 1.759 mô hình. Hết.", "1.759", "Huyện có 1.759 mô hình."),
        ("Ông nói: “Có 3 tổ.” Rồi đi.", "3 tổ", "Ông nói: “Có 3 tổ.”"),
        ("Đoạn một\n\n12 mô hình ở TP. huyện lỵ", "12", "12 mô hình ở TP. huyện lỵ"),
        ("không dấu chấm 7 tổ", "7 tổ", "không dấu chấm 7 tổ"),
    ],
)
def test_sentence_ends_where_a_reader_ends_it(text: str, cited: str, sentence: str) -> None:
    start = text.index(cited)
    assert quote(text, start, start + len(cited)).text == sentence


def test_sentence_is_never_endless() -> None:
    text = "a " * 5000 + "12 mô hình " + "b " * 5000
    start = text.index("12")
    found = quote(text, start, start + 10).text
    assert "12 mô hình" in found
    assert len(found) <= 600


def test_feed_is_read_backwards(archive: Archive) -> None:
    newest = archive.latest_changes(limit=2)
    assert [change.article_id for change in newest] == [3, 2]
    assert [change.article_id for change in archive.latest_changes(newest[-1].cursor)] == [1]
