"""archive/authorities/README.md: its dictionary is the file's, its example runs, its counts are those of the file."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import archive.authorities
from archive.authorities import Gazetteer
from archive.authorities.units import COLUMNS, FILE

README = (Path(archive.authorities.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_dictionary_is_that_of_the_file() -> None:
    [table] = re.findall(r"^## `gazetteer\.tsv\.gz`\n(.*?)^`Gazetteer", README, re.MULTILINE | re.DOTALL)
    columns = [
        name for row in re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    ]
    assert sorted(columns) == sorted(COLUMNS)


def test_counts_are_those_of_the_file() -> None:
    kinds = Counter(id_[0] for id_ in Gazetteer.load().units)
    rows = {
        "p": "province",
        "d": "district",
        "c": "commune",
        "m": "known by key",
        "x": "from laws",
        "n": "since July 2025",
    }
    for prefix, label in rows.items():
        assert re.search(rf"^{label} +{kinds[prefix]}$", README, re.MULTILINE)
    assert f"{FILE.stat().st_size:,} bytes" in README


def test_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(example, {})
    assert capsys.readouterr().out.startswith("d167 [")
