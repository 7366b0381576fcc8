"""Every information need of needs.toml is answered: what must be found is, and what must not is not."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.repository import Archive
from search.engines.base import FACETS
from search.service import Question, SearchService
from search.web.addresses import narrowed

_FIELDS = {"query": "text", "from": "first_day", "to": "last_day", "sort": "sort", "places": "places",
           "abbreviations": "abbreviations", "tones": "tones"}  # fmt: skip
_MANY = {"locality": "localities", "official": "officials", "portal": "portals"}


@dataclass(frozen=True, kw_only=True)
class Need:
    """One need: who has it, the question, and parts of the titles that must or must not answer."""

    who: str
    question: Question
    finds: tuple[str, ...]
    must_not: tuple[str, ...]
    is_all: bool
    first: str | None


def _need(entry: dict[str, Any]) -> Need:
    asked: dict[str, Any] = {field: entry.pop(name) for name, field in _FIELDS.items() if name in entry}
    asked |= {field: tuple(entry.pop(name)) for name, field in _MANY.items() if name in entry}
    need = Need(
        who=entry.pop("who"),
        question=Question(size=200, **asked),
        finds=tuple(entry.pop("finds")),
        must_not=tuple(entry.pop("not", ())),
        is_all=entry.pop("only", False),
        first=entry.pop("first", None),
    )
    assert not entry, f"needs.toml: unknown {sorted(entry)}"
    return need


_FILE = Path(__file__).parent / "needs.toml"
NEEDS = [_need(entry) for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["need"]]


@pytest.fixture(scope="session")
def titles(demo_archive: Archive) -> list[str]:
    return [article.text.title or "" for article in demo_archive.all_articles()]


def test_there_are_needs_enough() -> None:
    assert len(NEEDS) >= 40
    assert len({need.who for need in NEEDS}) == len(NEEDS)


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.who)
def test_need_is_answered(need: Need, demo_search: SearchService, titles: list[str]) -> None:
    for part in (*need.finds, *need.must_not):
        assert len([title for title in titles if part in title]) == 1, f"{part!r} is not one title of the demo"
    hits = demo_search.search(need.question, with_facets=False)
    found = [hit.article.text.title or "" for hit in hits.hits]
    missing = [part for part in need.finds if not any(part in title for title in found)]
    wrong = [title for title in found if any(part in title for part in need.must_not)]
    more = [title for title in found if not any(part in title for part in need.finds)] if need.is_all else []
    said = [line.en for line in hits.understood]
    assert (missing, wrong, more) == ([], [], []), f"{need.question.text}: {said}"
    assert need.first is None or need.first in found[0]


def test_every_hit_of_words_shows_them(demo_search: SearchService) -> None:
    """What the engine found is what is marked: no hit of text without a mark, in any of the needs."""
    unmarked = [
        (need.question.text, hit.article.text.title)
        for need in NEEDS
        for hit in demo_search.search(need.question, with_facets=False).hits
        if demo_search.asked(need.question).marks and not any(part.is_hit for part in (*hit.title, *hit.snippet))
        and not any(any(part.is_hit for part in demo_search.marked(c, need.question)) for c in hit.article.text.captions)
    ]  # fmt: skip
    assert unmarked == []


@pytest.mark.parametrize("facet", FACETS)
def test_facet_narrows_to_as_many_as_it_counts(facet: str, demo_search: SearchService) -> None:
    for asked in (Question(), Question(text="dân vận")):
        for value in demo_search.search(asked).facets[facet]:
            narrower = narrowed(asked, facet, value.value)
            assert demo_search.search(narrower, with_facets=False).total == value.count, (value.label, narrower)
