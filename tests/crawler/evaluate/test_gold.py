"""Gold files that are sound, and those that say in one line what is wrong with them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UsageError
from crawler.evaluate.gold import GoldFile, publisher
from tests.crawler.evaluate.pages import ENTRY, SETS, gold, gold_page, gold_path

WITHOUT_TITLE = {name: value for name, value in ENTRY.items() if name != "title"}


@pytest.mark.parametrize("name", SETS)
def test_shipped_gold_is_sound(name: str) -> None:
    file = GoldFile.load(gold_path(name))
    assert [page.id for page in file.pages] == [entry["id"] for entry in gold(name)]
    assert all(file.page(page).body for page in file.pages)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[{", "is no JSON"),
        ("", "is no JSON"),
        ("[]", "lists no page"),
        ("{}", "a gold file is a list of pages"),
        (json.dumps([ENTRY, WITHOUT_TITLE]), "page 2: Object missing required field `title`"),
        (json.dumps([ENTRY | {"cases": "1"}]), "page 1, cases: Expected `array`"),
        (json.dumps([ENTRY | {"localities": [{"name": "A"}]}]), "page 1, localities[0]: Object missing"),
        (json.dumps([ENTRY, ENTRY]), "id x1 stands twice"),
    ],
    ids=["cut off", "empty file", "no page", "no list", "no title", "cases as text", "no level", "id twice"],
)
def test_unsound_file_is_refused_in_one_line(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match=r"gold\.json") as caught:
        GoldFile.load(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("written", [b"\xff\xfe[", b"\x80"], ids=["UTF-16", "no UTF-8"])
def test_file_in_another_encoding_is_refused(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(written)
    with pytest.raises(UsageError, match="is no JSON"):
        GoldFile.load(path)


def test_folder_and_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(UsageError, match="cannot be read"):
            GoldFile.load(path)


def test_missing_page_file_names_page_and_gold_file(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([ENTRY]), encoding="utf-8")
    file = GoldFile.load(path)
    with pytest.raises(UsageError, match=r"x1\.html: cannot be read .* gold\.json names it as page x1"):
        file.page(file.pages[0])


@pytest.mark.parametrize("written", [None, "2026-01-02T03:04:05", "2026-01-02T03:04:05+07:00"])
def test_fetch_time_is_local_unless_it_says_otherwise(tmp_path: Path, written: str | None) -> None:
    page = gold_page(fetched_at=written)
    (tmp_path / page.file).write_bytes(b"x")
    fetched_at = GoldFile(path=tmp_path / "gold.json", pages=[page]).page(page).fetched_at
    assert fetched_at is not None
    assert fetched_at.utcoffset() == timedelta(hours=7)
    assert fetched_at.year == 2026


def test_publisher_is_what_a_crawl_knows() -> None:
    known: Any = publisher(gold_page())
    assert (known.key, known.province, known.district) == ("baomau", "Yên Bái", None)
