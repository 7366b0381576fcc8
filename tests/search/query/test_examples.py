"""The examples that people are shown are the ones that are tested."""

from __future__ import annotations

from pathlib import Path

from search.query.examples import EXAMPLES, table
from search.query.fields import FIELDS
from search.query.parser import parse
from search.query.printing import printed

README = Path(__file__).parents[3] / "search" / "README.md"


def test_readme_shows_the_examples() -> None:
    assert table() in README.read_text(encoding="utf-8")


def test_every_field_has_an_example_or_stands_in_one() -> None:
    shown = " ".join(f"{one.query} {one.plain} {one.en} {one.vi}" for one in EXAMPLES)
    missing = [field for field, names in FIELDS.items() if not any(f"{name}:" in shown for name in (field, *names))]
    assert missing == []


def test_every_name_of_a_field_is_understood() -> None:
    for field, names in FIELDS.items():
        for name in names:
            value = "2023" if field == "date" else "x1"
            assert printed(parse(f"{name}:{value}")) == printed(parse(f"{field}:{value}")), name
