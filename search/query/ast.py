"""What a person typed, as a tree: words and fields, before places, tones and abbreviations are settled (`plan.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

# `text` is title, body and attachments together.
WordField = Literal["text", "title", "body", "attachment", "official", "post"]
ValueField = Literal["place", "province", "district", "commune", "portal", "document", "tag"]


@dataclass(frozen=True)
class Words:
    """One word, or several next to each other in this order; `is_literal`: nothing but what was typed (`=UBND`)."""

    words: tuple[str, ...]
    field: WordField = "text"
    is_literal: bool = False


@dataclass(frozen=True)
class Prefix:
    """Every word that begins so (`vận*`)."""

    word: str
    field: WordField = "text"


@dataclass(frozen=True)
class Fuzzy:
    """Every word at most `edits` letters away (`vận~2`)."""

    word: str
    edits: int
    field: WordField = "text"


@dataclass(frozen=True)
class Near:
    """Words or phrases of one field, in any order, with at most `distance` other words between them."""

    parts: tuple[Words, ...]
    distance: int

    @property
    def field(self) -> WordField:
        """The field of its parts, which is one."""
        return self.parts[0].field


@dataclass(frozen=True)
class Value:
    """A field that holds a whole value: a place, a portal, a document's number, a tag."""

    field: ValueField
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


Leaf = Words | Prefix | Fuzzy | Near | Value | DateRange
Node = Leaf | And | Or | Not | Everything


def all_of(parts: Iterable[Node]) -> Node:
    """Parts that must all hold: a part that is such a list itself is laid open, and one part stands for itself."""
    return _joined(And, parts)


def any_of(parts: Iterable[Node]) -> Node:
    """Parts of which one must hold, in the same plain form."""
    return _joined(Or, parts)


def none_of(part: Node) -> Node:
    """What a part does not hold for; twice no is yes."""
    return part.part if isinstance(part, Not) else Not(part)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf, in the order typed, what stands under NOT too."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Everything():
            return
        case _:
            yield node


def words_of(node: Node) -> list[str]:
    """Every word of title and text that a query asks for: they decide together whether tones are meant."""
    found: list[str] = []
    for leaf in leaves(node):
        match leaf:
            case Words(words, field) if field not in ("official", "post"):
                found += words
            case Prefix(word, field) | Fuzzy(word, _, field) if field not in ("official", "post"):
                found.append(word)
            case Near(parts):
                found += [word for part in parts for word in part.words]
    return found


def _joined(kind: type[And] | type[Or], parts: Iterable[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
