"""Documents to postings: tokens become numbers, and one sort of all numbers at once gives every posting list."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from whoosh.util.numeric import length_to_byte

from archive.vietnamese import fold
from search.analysis import exact_tokens
from search.documents import IndexDocument
from search.engines.columns import day_number
from search.engines.fields import KEY_FIELDS, TEXT_FIELDS, keys_of, texts_of
from search.engines.whoosh import arrays
from search.engines.whoosh.content import Content, Dictionary, KeyPostings, TextPostings, term_key
from search.engines.whoosh.merging import Part, merged

# A run takes about 40 bytes of memory a token while it is sorted: 160 MB.
RUN_TOKENS = 4_000_000
_GAP = 0  # the number of no token: between stretches and documents


class _Numbers(dict[str, int]):
    """Gives every new string the next number, from 1."""

    def __init__(self, key_of: Callable[[str], bytes]) -> None:
        self.keys_by_number: list[bytes] = [b""]
        self._key_of = key_of

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self.keys_by_number)
        self.keys_by_number.append(self._key_of(text))
        return number


@dataclass
class _Texts:
    """A text field of one run: token numbers, each at its position."""

    numbers: array[int] = field(default_factory=lambda: array("I"))
    bases: array[int] = field(default_factory=lambda: array("I", [0]))
    lengths: bytearray = field(default_factory=bytearray)
    tokens: int = 0

    def add(self, stretches: Iterable[str], numbers: _Numbers) -> int:
        """One document; returns how many tokens it has."""
        before, gaps = len(self.numbers), 0
        for stretch in stretches:
            self.numbers.extend(map(numbers.__getitem__, exact_tokens(stretch)))
            self.numbers.append(_GAP)
            gaps += 1
        length = len(self.numbers) - before - gaps
        if not gaps:
            self.numbers.append(_GAP)
        self.bases.append(len(self.numbers))
        self.lengths.append(length_to_byte(length))
        self.tokens += length
        return length


@dataclass
class _Keys:
    """A key field of one run: value numbers with their documents."""

    numbers: array[int] = field(default_factory=lambda: array("I"))
    docs: array[int] = field(default_factory=lambda: array("I"))

    def add(self, values: Iterable[str], number: int, numbers: _Numbers) -> None:
        for value in values:
            self.numbers.append(numbers[value])
            self.docs.append(number)


class _Run:
    """As many documents as fit in memory."""

    def __init__(self) -> None:
        self.ids, self.days, self.words = array("q"), array("i"), array("I")
        self.texts = {name: _Texts() for name in TEXT_FIELDS}
        self.keys = {name: _Keys() for name in KEY_FIELDS}

    @property
    def tokens(self) -> int:
        return sum(texts.tokens for texts in self.texts.values())

    def add(self, document: IndexDocument, tokens: _Numbers, values: _Numbers) -> None:
        number = len(self.ids)
        lengths = {name: texts.add(texts_of(document, name), tokens) for name, texts in self.texts.items()}
        for name, keys in self.keys.items():
            keys.add(keys_of(document, name), number, values)
        self.ids.append(document.article_id)
        self.days.append(day_number(document.published))
        self.words.append(lengths["title"] + lengths["body"])


class Inversion:
    """Takes documents one by one; more than fits in memory goes to `scratch` as sorted runs."""

    def __init__(self, scratch: Path, run_tokens: int = RUN_TOKENS) -> None:
        self._scratch, self._run_tokens = scratch, run_tokens
        self._tokens = _Numbers(lambda token: term_key(token, fold(token)))
        self._values = _Numbers(str.encode)
        self._run = _Run()
        self._spilled: list[Content] = []
        self.count = 0

    def add(self, document: IndexDocument) -> int:
        """One more document; returns its number in the segment."""
        self._run.add(document, self._tokens, self._values)
        if self._run.tokens >= self._run_tokens:
            path = self._scratch / f"run-{len(self._spilled)}"
            arrays.write(self._sorted_run(), path, "run")
            self._spilled.append(arrays.read(path, "run").content)
            self._run = _Run()
        self.count += 1
        return self.count - 1

    def finish(self) -> Content:
        """All documents as one segment."""
        last = self._sorted_run()
        if not self._spilled:
            return last
        parts = [*self._spilled, last] if len(last) else self._spilled
        return merged([Part(part) for part in parts], self._scratch)

    def _sorted_run(self) -> Content:
        run = self._run
        return Content(
            ids=np.array(run.ids, dtype=np.int64),
            days=np.array(run.days, dtype=np.int32),
            words=np.array(run.words, dtype=np.uint32),
            texts={name: _text_postings(texts, self._tokens) for name, texts in run.texts.items()},
            keys={name: _key_postings(keys, self._values) for name, keys in run.keys.items()},
        )


def _text_postings(texts: _Texts, names: _Numbers) -> TextPostings:
    numbers, bases = np.array(texts.numbers, dtype=np.uint32), np.array(texts.bases, dtype=np.uint32)
    keys, terms, positions = _by_term(numbers, np.arange(len(numbers), dtype=np.uint64), names)
    docs = np.repeat(np.arange(len(bases) - 1, dtype=np.uint32), np.diff(bases))[positions]
    first = np.flatnonzero(_changes(terms) | _changes(docs))
    posts = np.searchsorted(terms[first], np.arange(len(keys) + 1))
    bounds = np.append(first, len(terms))
    return TextPostings(
        keys=keys,
        posts=posts.astype(np.int64),
        docs=docs[first],
        starts=bounds[posts].astype(np.int64),
        freqs=narrow(np.diff(bounds)),
        positions=positions,
        bases=bases,
        lengths=np.frombuffer(bytes(texts.lengths), dtype=np.uint8),
        tokens=texts.tokens,
    )


def _key_postings(values: _Keys, names: _Numbers) -> KeyPostings:
    keys, terms, docs = _by_term(np.array(values.numbers, dtype=np.uint32), np.array(values.docs), names)
    return KeyPostings(keys=keys, posts=np.searchsorted(terms, np.arange(len(keys) + 1)).astype(np.int64), docs=docs)


def _by_term(numbers: np.ndarray, places: np.ndarray, names: _Numbers) -> tuple[Dictionary, np.ndarray, np.ndarray]:
    """The dictionary of the numbers used, and (rank of the term, place) sorted by both."""
    used = np.flatnonzero(np.bincount(numbers, minlength=1)[1:]) + 1 if len(numbers) else np.zeros(0, dtype=np.int64)
    order = sorted(used.tolist(), key=names.keys_by_number.__getitem__)
    ranks = np.zeros(len(names.keys_by_number), dtype=np.uint64)
    ranks[order] = np.arange(len(order), dtype=np.uint64)
    kept = numbers != _GAP
    # One number of both, since sorting plain numbers is ten times as fast as sorting stably by one of them.
    pairs = (ranks[numbers[kept]] << np.uint64(32)) | places[kept].astype(np.uint64)
    pairs.sort()
    dictionary = Dictionary.of([names.keys_by_number[number] for number in order])
    return dictionary, (pairs >> np.uint64(32)).astype(np.uint32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _changes(values: np.ndarray) -> np.ndarray:
    """Where a value differs from the one before; the first always does."""
    changed = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def narrow(counts: np.ndarray) -> np.ndarray:
    """Counts in 16 bits where they fit."""
    return counts.astype(np.uint16 if not len(counts) or counts.max() < 2**16 else np.uint32)
