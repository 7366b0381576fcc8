"""What an engine is asked: tokens and keys as the index holds them.

Abbreviations, places and tones are settled before (search/query); an engine knows fields, forms and scores only. Every
engine answers a tree with the same articles. Scores: `Term` is BM25F, `Phrase` and `Near` are the sum of the BM25F of
their words, `AllOf` and `AnyOf` add up, `Weighted` multiplies; what stands for many terms (`Prefix`, `Fuzzy`) scores
`MULTI_TERM_SCORE`, and what only filters (`Keys`, `Days`, `Everything`, `Without.unwanted`) scores 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from search.analysis import Tones

TextField = Literal["title", "body", "attachments", "officials", "posts"]
KeyField = Literal["place", "unit", "within", "portal", "document", "tag", "folded_tag"]
MULTI_TERM_SCORE = 1.0


@dataclass(frozen=True)
class Term:
    """One token, in its exact or folded form."""

    field: TextField
    form: str
    tones: Tones


@dataclass(frozen=True)
class Phrase:
    """Two or more tokens next to each other, in this order."""

    field: TextField
    forms: tuple[str, ...]
    tones: Tones


@dataclass(frozen=True)
class Near:
    """Two or more words or phrases in any order, no more than `distance` other tokens between the first's beginning
    and the last's end beyond their own; `distance` 0 means side by side. Parts do not overlap."""

    field: TextField
    parts: tuple[tuple[str, ...], ...]
    distance: int
    tones: Tones


@dataclass(frozen=True)
class Prefix:
    """Every token that begins so."""

    field: TextField
    form: str
    tones: Tones


@dataclass(frozen=True)
class Fuzzy:
    """Every token within `edits` insertions, deletions or substitutions (Levenshtein), 1 or 2; its first character
    stands."""

    field: TextField
    form: str
    edits: int
    tones: Tones


@dataclass(frozen=True)
class Keys:
    """Articles that have at least one of these keys; none at all where there are no values."""

    field: KeyField
    values: tuple[str, ...]


@dataclass(frozen=True)
class Days:
    """Published from `first` to `last`, both included; None is open. An article without a date is not in any span."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Weighted:
    part: Tree
    factor: float


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Without:
    """`wanted` less `unwanted`."""

    wanted: Tree
    unwanted: Tree


@dataclass(frozen=True)
class Everything:
    """All articles."""


Tree = Term | Phrase | Near | Prefix | Fuzzy | Keys | Days | Weighted | AllOf | AnyOf | Without | Everything
TextNode = Term | Phrase | Near | Prefix | Fuzzy


def text_nodes(node: Tree) -> Iterator[TextNode]:
    """Every node that stands for words an answer may show: what is unwanted is left out."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from text_nodes(part)
        case Weighted(part, _) | Without(part, _):
            yield from text_nodes(part)
        case Keys() | Days() | Everything():
            return
        case _:
            yield node
