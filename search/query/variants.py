"""Other ways to write the same words: abbreviations written out and back, and the other spelling with i or y.

Abbreviations come from the archive's authorities; those of several meanings are written out only where a reader asks.
The spelling with i or y (bác sĩ, bác sỹ; quí, quý) is one syllable with one sound after h, k, l, m, s, t and qu, where
nothing else follows: the school books changed it, portals write both.

>>> [" ".join(one) for one in Variants.load("on").of(("UBND", "tỉnh"), "exact")]
['ubnd tỉnh', 'ủy ban nhân dân tỉnh']
>>> [" ".join(one) for one in Variants.load("on").of(("bác", "sĩ"), "exact")]
['bác sĩ', 'bác sỹ']
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.authorities import Abbreviations
from archive.vietnamese import fold, match_key
from search.analysis import Tones, query_tokens

Choice = Literal["on", "all", "off"]
CHOICES: tuple[Choice, ...] = ("on", "all", "off")
Tokens = tuple[str, ...]
# "Ủy viên Ban Thường vụ" has three ways; a long title of a post could have hundreds.
MOST_VARIANTS = 16

_I, _Y = "iìíỉĩị", "yỳýỷỹỵ"
_OTHER = str.maketrans(_I + _Y, _Y + _I)
_EITHER = re.compile(rf"(?:[hklmst]|qu)[{_I}{_Y}]")
# What could be a syllable of Vietnamese ("da", "thu", "tu"): as an abbreviation only its capitals tell it.
_SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A form as it is looked for (in a choice of tones), how it is printed, and what else says the same."""

    form: Tokens
    printed: str
    others: tuple[Tokens, ...]
    shown: str  # the others as they are printed

    def is_meant(self, typed: Tokens) -> bool:
        """Whether what was typed is this form, and no syllable or other abbreviation that only looks like it."""
        if _is_syllable(self.form):
            return sum(character.isupper() for character in typed[0]) >= 2
        return len("".join(self.form)) > 2 or match_key("".join(typed)) == match_key(
            "".join(_TOKEN.findall(self.printed))
        )


_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Variants:
    """What a choice makes of words: `on`, `all` (ambiguous abbreviations too), `off`."""

    entries: dict[Tones, dict[str, tuple[Entry, ...]]]
    has_spellings: bool

    @classmethod
    def load(cls, choice: Choice) -> Variants:
        """The table of the archive's authorities under a choice."""
        return _load(choice)

    def of(self, typed: Tokens, tones: Tones) -> tuple[Tokens, ...]:
        """Every way to write these words as index tokens, the typed one first, no more than MOST_VARIANTS."""
        start = tuple(_form(word, tones) for word in typed)
        found: dict[Tokens, Tokens] = {start: typed}
        queue = [start]
        while queue and len(found) < MOST_VARIANTS:
            current = queue.pop(0)
            for variant, as_typed in self._replaced(current, found[current], tones):
                if variant not in found:
                    found[variant] = as_typed
                    queue.append(variant)
        return tuple(found)[:MOST_VARIANTS]

    def entries_at(self, words: Tokens, typed: Tokens, start: int, tones: Tones) -> Iterator[Entry]:
        """The forms that begin at a place of some words, the longest first."""
        for entry in self.entries[tones].get(words[start], ()):
            end = start + len(entry.form)
            if words[start:end] == entry.form and entry.is_meant(typed[start:end]):
                yield entry

    def _replaced(self, words: Tokens, typed: Tokens, tones: Tones) -> Iterator[tuple[Tokens, Tokens]]:
        """The words with one thing written otherwise, and the same beside what was typed."""
        for start, word in enumerate(words):
            for entry in self.entries_at(words, typed, start, tones):
                end = start + len(entry.form)
                for other in entry.others:
                    yield words[:start] + other + words[end:], typed[:start] + other + typed[end:]
            if self.has_spellings and (spelled := other_spelling(word)):
                yield (*words[:start], spelled, *words[start + 1 :]), (*typed[:start], spelled, *typed[start + 1 :])


def other_spelling(token: str) -> str | None:
    """The same syllable with y for i or i for y; None where it has no other.

    >>> other_spelling("quý"), other_spelling("sĩ"), other_spelling("thúy"), other_spelling("vi")
    ('quí', 'sỹ', None, None)
    """
    return token[:-1] + token[-1].translate(_OTHER) if _EITHER.fullmatch(token) else None


def meanings(typed: str) -> tuple[str, ...]:
    """What an ambiguous abbreviation may stand for; nothing where it is none.

    >>> meanings("CT"), meanings("chủ")
    (('Chủ tịch', 'Chỉ thị'), ())
    """
    return Abbreviations.load().ambiguous.get(typed, ())


@lru_cache(maxsize=3)
def _load(choice: Choice) -> Variants:
    table = Abbreviations.load()
    groups: dict[str, list[str]] = defaultdict(list)
    for short, long in table.long.items() if choice != "off" else ():
        groups[long].append(short)
    # "TP." is known, "TP" ambiguous: to the index both are one word.
    ambiguous = {_tokens(short) for short in table.ambiguous}
    one_way = [(short, long) for short, longs in table.ambiguous.items() for long in longs] if choice == "all" else []
    return Variants(
        {tones: _entries(groups, one_way, ambiguous, tones) for tones in ("exact", "folded")}, choice != "off"
    )


def _entries(
    groups: dict[str, list[str]], one_way: Iterable[tuple[str, str]], ambiguous: set[Tokens], tones: Tones
) -> dict[str, tuple[Entry, ...]]:
    """The forms of all groups by their first token; what several groups share without tones is left out."""
    folded = [{_in(_tokens(form), tones) for form in (long, *shorts)} for long, shorts in groups.items()]
    shared = {form for form, count in Counter(form for forms in folded for form in forms).items() if count > 1}
    left_out = shared | {_in(form, tones) for form in ambiguous}
    found: dict[str, list[Entry]] = defaultdict(list)
    for long, shorts in groups.items():
        forms = {_in(_tokens(printed), tones): printed for printed in (*shorts, long)}
        for form, printed in forms.items():
            others = {other: name for other, name in forms.items()
                      if other != form and other not in left_out and not _is_syllable(other)}  # fmt: skip
            if form not in left_out and others:
                found[form[0]].append(Entry(form, printed, tuple(others), ", ".join(others.values())))
    for short, long in one_way:
        form = _in(_tokens(short), tones)
        found[form[0]].append(Entry(form, short, (_in(_tokens(long), tones),), long))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.form))) for first, entries in found.items()}


def _is_syllable(form: Tokens) -> bool:
    return len(form) == 1 and _SYLLABLE.fullmatch(fold(form[0])) is not None


def _form(word: str, tones: Tones) -> str:
    return fold(match_key(word)) if tones == "folded" else match_key(word)


def _in(form: Tokens, tones: Tones) -> Tokens:
    return form if tones == "exact" else tuple(map(fold, form))


def _tokens(text: str) -> Tokens:
    return tuple(token.exact for token in query_tokens(text))
