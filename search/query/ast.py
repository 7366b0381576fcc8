"""What a query means, independent of any engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Word:
    """One word, in the title or the body."""

    text: str
    field: str = "text"


@dataclass(frozen=True)
class Phrase:
    """Words next to each other, in this order."""

    words: tuple[str, ...]
    field: str = "text"


@dataclass(frozen=True)
class Value:
    """A field that holds a whole value: locality, official, portal."""

    field: str
    text: str


@dataclass(frozen=True)
class DateRange:
    """Published from `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


@dataclass(frozen=True)
class Everything:
    """The empty query: all articles."""


Node = Word | Phrase | Value | DateRange | And | Or | Not | Everything


def leaves(node: Node, *, negated: bool = False) -> list[Word | Phrase | Value | DateRange]:
    """Every leaf that a hit may show; what stands under NOT is left out."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part, negated=negated)]
        case Not(part):
            return leaves(part, negated=not negated)
        case Everything():
            return []
        case _:
            return [] if negated else [node]


def words_of(node: Node) -> list[str]:
    """Every word of text a query asks for, to decide whether its tones are meant."""
    found: list[str] = []
    for leaf in leaves(node):
        if isinstance(leaf, Word):
            found.append(leaf.text)
        elif isinstance(leaf, Phrase):
            found += leaf.words
    return found
