"""What description knows beforehand: places, offices, abbreviations, the topic; all of it data."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from archive.authorities.gazetteer import Gazetteer, Unit
from archive.errors import UsageError
from archive.settings import current_home, current_topic
from archive.vietnamese import match_key

__all__ = ["Abbreviations", "Authorities", "Gazetteer", "Offices", "Section", "Topic", "Unit", "current_gazetteer"]
_HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, eq=False)
class Offices:
    """Posts, ranks, person words and names, as match keys."""

    cadre: tuple[str, ...]
    ranks: tuple[str, ...]
    persons: tuple[str, ...]
    heads: tuple[str, ...]
    former: tuple[str, ...]
    grassroots: str
    inner_words: frozenset[str]
    levels: dict[str, str]
    surnames: frozenset[str]
    historical: frozenset[str]
    not_names: frozenset[str]

    @classmethod
    def load(cls) -> Offices:
        """The shipped words."""
        return _offices()


@dataclass(frozen=True, kw_only=True, eq=False)
class Abbreviations:
    """Short forms and what they stand for; what a search expands, and what it leaves to the reader."""

    long: dict[str, str]  # short as printed → long
    ambiguous: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls) -> Abbreviations:
        """The shipped table."""
        return _abbreviations()

    @cached_property
    def forms(self) -> dict[str, tuple[str, ...]]:
        """All ways to write the same, by the match key of any of them; ambiguous ones are left out.

        >>> Abbreviations.load().forms["trung ương"]
        ('TW', 'T.Ư', 'TƯ', 'Trung ương')
        """
        groups: dict[str, list[str]] = defaultdict(list)
        for short, long in self.long.items():
            groups[match_key(long)].append(short)
        forms = {key: (*shorts, self.long[shorts[0]]) for key, shorts in groups.items()}
        return {match_key(form): same for same in forms.values() for form in same}


@dataclass(frozen=True, kw_only=True)
class Section:
    """One field of a topic: its phrases with their weights, and how much they can add together."""

    name: str
    cap: float
    phrases: dict[str, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Topic:
    """A topic file: sections of weighted phrases, contexts that void them, and the threshold of a verdict."""

    name: str
    threshold: float
    sections: tuple[Section, ...]
    void_contexts: tuple[str, ...]
    negative: dict[str, float]

    @classmethod
    def load(cls, topic: str | Path | None = None) -> Topic:
        """A shipped topic by name or a user's file, DANVAN_TOPIC without either; UsageError where it cannot be read."""
        return _topic(str(topic or current_topic()))


@dataclass(frozen=True, kw_only=True)
class Authorities:
    """Everything that description needs besides the text."""

    gazetteer: Gazetteer
    offices: Offices
    topic: Topic
    abbreviations: Abbreviations

    @classmethod
    def load(cls, topic: str | Path | None = None) -> Authorities:
        """The shipped authorities, and the gazetteer imported into this home.

        `topic` is a shipped name or a user's file; without it DANVAN_TOPIC says which.
        """
        gazetteer = current_gazetteer()
        return cls(gazetteer=gazetteer, offices=_offices(), topic=Topic.load(topic), abbreviations=_abbreviations())


def current_gazetteer() -> Gazetteer:
    """The gazetteer imported into this home, else the shipped one; read once a process."""
    imported = current_home().gazetteer
    return Gazetteer.load(imported) if imported.exists() else Gazetteer.load()


@lru_cache(maxsize=1)
def _offices() -> Offices:
    data = tomllib.loads((_HERE / "offices.toml").read_text(encoding="utf-8"))
    keys = {name: tuple(match_key(word) for word in data[name]) for name in ("cadre", "ranks", "persons", "former")}
    heads = sorted({match_key(head) for head in data["heads"]}, key=len, reverse=True)
    names = data["names"]
    return Offices(
        **keys,
        heads=tuple(heads),
        grassroots=data["grassroots"],
        inner_words=frozenset(match_key(data["inner_words"]).split()),
        levels=data["levels"],
        surnames=frozenset(match_key(names["surnames"]).split()),
        historical=frozenset(match_key(name) for name in names["historical"]),
        not_names=frozenset(match_key(names["not_names"]).split()),
    )


@lru_cache(maxsize=1)
def _abbreviations() -> Abbreviations:
    data = tomllib.loads((_HERE / "abbreviations.toml").read_text(encoding="utf-8"))
    ambiguous = {short: tuple(longs) for short, longs in data.pop("ambiguous").items()}
    return Abbreviations(
        long={short: long for table in data.values() for short, long in table.items()}, ambiguous=ambiguous
    )


@lru_cache(maxsize=8)
def _topic(name: str) -> Topic:
    path = _HERE / f"{name}.toml" if re.fullmatch(r"[\w-]+", name) else Path(name)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Topic(
            name=data.pop("topic"),
            threshold=float(data.pop("threshold")),
            void_contexts=tuple(match_key(context) for context in data["negative"]["contexts"]),
            negative=_weights(data.pop("negative")["weights"]),
            sections=tuple(
                Section(name=section, cap=float(table["cap"]), phrases=_weights(table["phrases"]))
                for section, table in data.items()
            ),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"topic {name}: cannot be read ({error}); see archive/authorities/dan-van.toml") from error


def _weights(table: dict[str, float]) -> dict[str, float]:
    return {match_key(phrase): float(weight) for phrase, weight in table.items()}
