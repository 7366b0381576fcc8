"""The words of the pages: all in both languages, none unknown, none unused."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from string import Formatter

import pytest

from archive.health import Condition
from archive.history.differences import FieldName
from search.engines.base import FACETS, SORTS
from search.query.places import MODES
from search.query.variants import CHOICES
from search.reading.contexts import SORTS as CONTEXT_SORTS
from search.reading.trends import GRAINS, PERS
from search.web import messages, rendering
from search.web.messages import MESSAGES

WEB = Path(rendering.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
           if "messages" not in path.parts}  # fmt: skip
# Keys that are put together: what they begin with, and every end there is.
FAMILIES = {
    "facet_": FACETS,
    "sort_": SORTS,
    "condition_": tuple(Condition),
    "field_": FieldName.__args__,  # type: ignore[attr-defined]
    "tones_": ("exact", "folded", "auto"),
    "order_": CONTEXT_SORTS,
    "grain_": GRAINS,
    "per_": PERS,
    "places_": MODES,
    "abbr_": CHOICES,
    "level_": ("province", "district", "commune"),
    "move_": ("redirect", "content"),
}
BUILT = {f"{family}{end}" for family, ends in FAMILIES.items() for end in ends}


@pytest.mark.parametrize("key", MESSAGES)
def test_message_is_in_both_languages_with_the_same_values(key: str) -> None:
    said = [messages.translate(key, language) for language in messages.LANGUAGES]
    assert all(text.strip() for text in said)
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in said]
    assert fields[0] == fields[1]


def test_no_key_is_in_two_groups() -> None:
    assert [set(a.MESSAGES) & set(b.MESSAGES) for a, b in combinations(messages.GROUPS, 2)
            if set(a.MESSAGES) & set(b.MESSAGES)] == []  # fmt: skip


def test_every_key_that_is_used_exists() -> None:
    used = {key for text in SOURCES.values() for key in re.findall(r"\bt\(\"(\w+)\"[,)]", text)}
    assert len(used) > 100
    assert (used | BUILT) - set(MESSAGES) == set()


def test_every_message_is_used() -> None:
    text = "\n".join(SOURCES.values())
    unused = {key for key in MESSAGES if f'"{key}"' not in text and f"'{key}'" not in text} - BUILT
    assert {key for key in unused if not key.startswith(("cov_", "kind_", "nav_"))} == set()


def test_unknown_key_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        messages.translate("no_such_key", "vi")
