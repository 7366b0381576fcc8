"""Answers a tree from arrays: every part as one number for each document, combined by whole arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from search.analysis import Tones
from search.engines import tree
from search.engines.answers import Found
from search.engines.columns import NO_DAY, day_number
from search.engines.tree import MULTI_TERM_SCORE, Tree
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.words import Words

_COUNTED = ("title", "body")


class Executor:
    """One question to one snapshot; what occurs twice in its tree is computed once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._words = Words(snapshot)
        self._done: dict[Tree, Found] = {}

    def found(self, node: Tree) -> Found:
        """The documents that answer a tree, deleted ones included."""
        if node not in self._done:
            self._done[node] = self._compute(node)
        return self._done[node]

    def occurrences(self, node: Tree) -> np.ndarray | None:
        """How often the words asked for occur in the title and body of each document; None where none is asked for."""
        leaves = {leaf for leaf in words_of(node) if leaf.field in _COUNTED}
        if not leaves:
            return None
        counts = np.zeros(len(self._snapshot))
        for leaf in leaves:
            counts += self._counts(leaf)
        return counts

    def _compute(self, node: Tree) -> Found:
        match node:
            case tree.Term():
                freqs = self._words.freqs(node.field, node.form, node.tones)
                return Found(freqs > 0, self._snapshot.scores(freqs, node.field))
            case tree.Phrase(field, forms, tones):
                return self._together(field, forms, tones, self._counts(node))
            case tree.Near(field, parts, _, tones):
                forms = tuple(form for part in parts for form in part)
                return self._together(field, forms, tones, self._counts(node))
            case tree.Prefix() | tree.Fuzzy():
                mask = self._counts(node) > 0
                return Found(mask, mask * MULTI_TERM_SCORE)
            case tree.Weighted(part, factor):
                found = self.found(part)
                return Found(found.mask, None if found.scores is None else found.scores * factor)
            case tree.AllOf(parts):
                return self._combined(parts, np.logical_and, True)
            case tree.AnyOf(parts):
                return self._combined(parts, np.logical_or, False)
            case tree.Without(wanted, unwanted):
                return _only(self.found(wanted), ~self.found(unwanted).mask)
            case _:
                return Found(self._filtered(node))

    def _counts(self, leaf: Word) -> np.ndarray:
        """How often a word, phrase or neighbourhood occurs in each document."""
        match leaf:
            case tree.Term():
                return self._words.freqs(leaf.field, leaf.form, leaf.tones)
            case tree.Phrase():
                return self._words.phrase(leaf)
            case tree.Near():
                return self._words.near(leaf)
            case _:
                return self._words.expanded(leaf)

    def _together(self, field: str, forms: tuple[str, ...], tones: Tones, counts: np.ndarray) -> Found:
        """A phrase or neighbourhood scores what its words score."""
        mask = counts > 0
        total = np.zeros(len(mask))
        if mask.any():
            for form in forms:
                total += self._snapshot.scores(self._words.freqs(field, form, tones), field)
        return Found(mask, total * mask)

    def _combined(self, parts: tuple[Tree, ...], join: Callable[..., np.ndarray], empty: bool) -> Found:
        mask = np.full(len(self._snapshot), empty)
        total: np.ndarray | None = None
        for part in parts:
            if empty and not mask.any():  # nothing that follows can answer
                return Found(mask, np.zeros(len(mask)))
            found = self.found(part)
            mask = join(mask, found.mask)
            if found.scores is not None:
                total = found.scores if total is None else total + found.scores
        return _only(Found(mask, total), mask) if empty else Found(mask, total)

    def _filtered(self, node: tree.Keys | tree.Days | tree.Everything) -> np.ndarray:
        mask = np.zeros(len(self._snapshot), dtype=bool)
        match node:
            case tree.Keys(field, values):
                for segment in self._snapshot.segments:
                    postings = segment.content.keys[field]
                    for key in {value.encode() for value in values}:
                        number = postings.keys.find(key)
                        if number < len(postings.keys) and postings.keys[number] == key:
                            docs = postings.docs[postings.posts[number] : postings.posts[number + 1]]
                            mask[segment.all_numbers(docs)] = True
            case tree.Days(first, last):
                days = self._snapshot.columns.days
                start = NO_DAY + 1 if first is None else day_number(first)
                mask = (days >= start) & (days <= (2**31 - 1 if last is None else day_number(last)))
            case tree.Everything():
                mask[:] = True
        return mask


Word = tree.Term | tree.Phrase | tree.Near | tree.Prefix | tree.Fuzzy


def words_of(node: Tree) -> Iterator[Word]:
    """The words, phrases and neighbourhoods that hits have; not those that they must not have."""
    match node:
        case tree.AllOf(parts) | tree.AnyOf(parts):
            for part in parts:
                yield from words_of(part)
        case tree.Weighted(part, _) | tree.Without(part, _):
            yield from words_of(part)
        case tree.Term() | tree.Phrase() | tree.Near() | tree.Prefix() | tree.Fuzzy():
            yield node


def _only(found: Found, mask: np.ndarray) -> Found:
    """What is found, as far as the mask reaches."""
    kept = found.mask & mask
    return Found(kept, None if found.scores is None else found.scores * kept)
