"""Who several mentions of an article are: full names, their short forms, and the words people are addressed by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from archive.records import OfficialTitle, Span

_MEN, _WOMEN = frozenset(["ông", "anh", "chú", "thầy"]), frozenset(["bà", "chị", "cô", "mẹ"])


@dataclass
class Person:
    """Everything an article says of one name."""

    name: str
    titles: dict[str, OfficialTitle] = field(default_factory=dict)
    cited_as: list[str] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # "ông", "đồng chí": how the person is introduced
    is_cadre: bool = False
    is_grassroots: bool = False

    def may_be_called(self, word: str | None) -> bool:
        """Whether a person word fits: "chị" is not said of whom the text calls "ông"."""
        if word in _MEN:
            return not self.words & _WOMEN and " thị " not in f" {self.name.lower()} "
        if word in _WOMEN:
            return not self.words & _MEN
        return True

    def take(self, other: Person) -> None:
        """Add what was said under a shorter form of the name."""
        self.titles = self.titles | {key: title for key, title in other.titles.items() if key not in self.titles}
        self.cited_as += other.cited_as
        self.evidence += [span for span in other.evidence if span not in self.evidence]
        self.words |= other.words
        self.is_cadre |= other.is_cadre
        self.is_grassroots |= other.is_grassroots


def joined(people: dict[str, Person]) -> dict[str, Person]:
    """People with short forms given to the one full name that ends with them: "đồng chí Bích Ngần".

    A single syllable or two joins a longer name only where exactly one fits and may be called so.
    """
    kept = dict(people)
    for key, person in people.items():
        full = [
            other for other in kept
            if other != key and other.endswith(f" {key}") and _fits(kept[other], person)
        ]  # fmt: skip
        if len(key.split()) <= _LONGEST_SHORT_FORM and len(full) == 1:
            kept[full[0]].take(kept.pop(key))
    return kept


_LONGEST_SHORT_FORM = 2  # syllables


def _fits(full: Person, short: Person) -> bool:
    return all(full.may_be_called(word) for word in short.words)


def by_given_name(people: dict[str, Person]) -> dict[str, list[str]]:
    """The keys of people by their last syllable, by which they are mentioned again."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in people:
        found[key.split()[-1]].append(key)
    return found


def called(word: str | None, keys: list[str], people: dict[str, Person]) -> str | None:
    """Whom a short mention means: the one whom the text introduces so, else the only one it may be said of."""
    fitting = [key for key in keys if people[key].may_be_called(word)]
    introduced = [key for key in fitting if word in people[key].words]
    chosen = introduced if len(introduced) == 1 else fitting
    return chosen[0] if len(chosen) == 1 else None
