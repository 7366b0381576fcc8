"""What a tree means, by the plainest code: every document looked at, every position tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from archive.vietnamese import fold
from search.analysis import exact_tokens
from search.documents import IndexDocument
from search.engines import tree

# A gap stands between the stretches of a text.
_GAP = ""


@dataclass(frozen=True, repr=False)  # in a failing test the tree matters
class Reference:
    """Some documents, and what they answer."""

    documents: tuple[IndexDocument, ...]

    def ids(self, node: tree.Tree) -> set[int]:
        """The articles that answer a tree."""
        return {one.article_id for one in self.documents if answers(one, node)}

    def facet(self, name: str, ids: set[int]) -> dict[str, int]:
        """How many of some articles have each value."""
        chosen = [one for one in self.documents if one.article_id in ids]
        return Counter(value for one in chosen for value in set(one.facet(name)))

    def days(self, ids: set[int]) -> dict[date | None, tuple[int, int]]:
        """By day: how many of some articles, and their words."""
        found: dict[date | None, tuple[int, int]] = {}
        for one in self.documents:
            if one.article_id in ids:
                articles, words = found.get(one.published, (0, 0))
                length = len(exact_tokens(one.title)) + len(exact_tokens(one.body))
                found[one.published] = articles + 1, words + length
        return found

    def occurrences(self, leaves: Iterable[tree.Tree], ids: set[int]) -> dict[date | None, int]:
        """By day: how often the words, phrases or neighbourhoods occur in titles and bodies."""
        found: Counter[date | None] = Counter()
        for one in self.documents:
            if one.article_id in ids:
                found[one.published] += sum(len(places(one, leaf)) for leaf in set(leaves))
        return found


def answers(document: IndexDocument, node: tree.Tree) -> bool:
    """Whether one document answers a tree."""
    match node:
        case tree.Weighted(part, _):
            return answers(document, part)
        case tree.AllOf(parts):
            return all(answers(document, part) for part in parts)
        case tree.AnyOf(parts):
            return any(answers(document, part) for part in parts)
        case tree.Without(wanted, unwanted):
            return answers(document, wanted) and not answers(document, unwanted)
        case tree.Everything():
            return True
        case tree.Keys(field, values):
            return bool(set(_keys(document, field)) & set(values))
        case tree.Days(first, last):
            day = document.published
            return day is not None and (first or date.min) <= day <= (last or date.max)
        case _:
            return bool(places(document, node))


def places(document: IndexDocument, node: tree.Tree) -> set[int]:
    """Where a word, phrase or neighbourhood begins."""
    assert isinstance(node, tree.Term | tree.Phrase | tree.Near | tree.Prefix | tree.Fuzzy)
    words = _words(document, node.field, node.tones)
    match node:
        case tree.Term():
            return _begins(words, (node.form,))
        case tree.Phrase():
            return _begins(words, node.forms)
        case tree.Near():
            return _neighbourhoods(words, node)
        case tree.Prefix():
            return {place for place, word in enumerate(words) if word and word.startswith(node.form)}
        case tree.Fuzzy():
            return {
                place
                for place, word in enumerate(words)
                if word[:1] == node.form[:1] and distance(word, node.form) <= node.edits
            }


def distance(one: str, other: str) -> int:
    """Levenshtein."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )


def _neighbourhoods(words: list[str], node: tree.Near) -> set[int]:
    width = sum(map(len, node.parts)) + node.distance
    found = set()
    for starts in product(*(_begins(words, part) for part in node.parts)):
        taken = [range(start, start + len(part)) for start, part in zip(starts, node.parts, strict=True)]
        covered = {place for one in taken for place in one}
        if len(covered) == sum(map(len, taken)) and max(covered) - min(covered) < width:
            found.add(min(covered))
    return found


def _begins(words: list[str], forms: tuple[str, ...]) -> set[int]:
    return {place for place in range(len(words)) if tuple(words[place : place + len(forms)]) == forms}


def _words(document: IndexDocument, field: str, tones: str) -> list[str]:
    text = getattr(document, field)
    stretches = text if isinstance(text, tuple) else text.split(" ¦ ")
    words: list[str] = []
    for stretch in stretches:
        words += [token if tones == "exact" else fold(token) for token in exact_tokens(stretch)] + [_GAP]
    return words


def _keys(document: IndexDocument, field: str) -> tuple[str, ...]:
    if field == "portal":
        return (document.portal,)
    keys: tuple[str, ...] = getattr(document, field if field == "within" else f"{field}s")
    return keys
