"""Words of a query as the engine takes them: in which fields, with tones or without, and in every way to write them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

from archive.vietnamese import canonical, fold, match_key
from search.analysis import Tones, tones_of
from search.engines import tree
from search.engines.tree import TextField
from search.query.ast import Fuzzy, Near, Prefix, WordField, Words
from search.query.understood import Understood, ambiguous_line, forms_line, limit_line
from search.query.variants import MOST_VARIANTS, Choice, Entry, Tokens, Variants, meanings, other_spelling

# A title of 12 words that has the word says more than a body of 500 that has it; a plan of forty pages that is
# attached names what it is not about.
_FIELDS: dict[WordField, tuple[tuple[TextField, float], ...]] = {
    "text": (("title", 2.0), ("body", 1.0), ("attachments", 0.5)),
    "title": (("title", 2.0),),
    "body": (("body", 1.0),),
    "attachment": (("attachments", 0.5),),
    "official": (("officials", 1.0),),
    "post": (("posts", 1.0),),
}
# Other ways to write the words of one query, together: each is a search in title, text and attachments.
MOST_IN_ALL = 64


class Wording:
    """Turns the words of one query into trees, and remembers what it wrote otherwise."""

    def __init__(self, tones: Tones, forced: Tones | None, choice: Choice) -> None:
        self._tones, self._forced = tones, forced
        self._choice = choice
        self._variants, self._none = Variants.load(choice), Variants.load("off")
        self._left = MOST_IN_ALL
        self._said: dict[str, dict[str, str]] = {"abbreviation": {}, "spelling": {}}
        self._ambiguous: dict[str, tuple[str, ...]] = {}
        self._is_cut = False

    def words(self, node: Words) -> tree.Tree:
        """One word or a phrase, in its fields."""
        tones = self._tones_of(node)
        return _any_of([_adjacent(field, forms, tones, weight)
                        for field, weight in _FIELDS[node.field] for forms in self._forms(node)])  # fmt: skip

    def prefix(self, node: Prefix) -> tree.Tree:
        """Words that begin so; "hoà*" means "hoàn" as it stands and "hòa" by where its tone belongs."""
        tones = self._tones_of(node)
        typed = canonical(node.word).lower()
        forms = dict.fromkeys(_form(one, tones) for one in (match_key(node.word), typed))
        return _any_of([_weighted(tree.Prefix(field, form, tones), weight)
                        for field, weight in _FIELDS[node.field] for form in forms])  # fmt: skip

    def fuzzy(self, node: Fuzzy) -> tree.Tree:
        """Words nearly so."""
        tones = self._tones_of(node)
        form = _form(match_key(node.word), tones)
        return _any_of([_weighted(tree.Fuzzy(field, form, node.edits, tones), weight)
                        for field, weight in _FIELDS[node.field]])  # fmt: skip

    def near(self, node: Near) -> tree.Tree:
        """Words or phrases near each other, in each way to write them."""
        tones = self._tones_of(node)
        ways = list(islice(product(*(self._forms(part) for part in node.parts)), MOST_VARIANTS))
        return _any_of([_weighted(tree.Near(field, parts, node.distance, tones), weight)
                        for field, weight in _FIELDS[node.field] for parts in ways])  # fmt: skip

    def loose(self, nodes: Sequence[Words]) -> list[tree.Tree]:
        """Single words that follow each other without quotes; those that spell out an abbreviation may be it."""
        typed = tuple(node.words[0] for node in nodes)
        tones = self._tones_of(nodes[0])
        tokens = tuple(_form(match_key(word), tones) for word in typed)
        found: list[tree.Tree] = []
        at = 0
        while at < len(nodes):
            entry = next((e for e in self._variants.entries_at(tokens, typed, at, tones) if len(e.form) > 1), None)
            if entry is None:
                found.append(self.words(nodes[at]))
                at += 1
                continue
            end = at + len(entry.form)
            self._said["abbreviation"][" ".join(typed[at:end])] = entry.shown
            spelled = tree.AllOf(tuple(self.words(node) for node in nodes[at:end]))
            found.append(_any_of([spelled, *self._shortened(entry, tones)]))
            at = end
        return found

    def understood(self) -> list[Understood]:
        """What was also looked for, what was not, and why."""
        lines = [forms_line(kind, list(said.items())) for kind, said in self._said.items() if said]  # type: ignore[arg-type]
        lines += [ambiguous_line(short, longs) for short, longs in self._ambiguous.items()]
        return [*lines, limit_line(MOST_IN_ALL)] if self._is_cut else lines

    def _shortened(self, entry: Entry, tones: Tones) -> list[tree.Tree]:
        return [_adjacent(field, other, tones, weight) for field, weight in _FIELDS["text"] for other in entry.others]

    def _tones_of(self, node: Words | Prefix | Fuzzy | Near) -> Tones:
        """The whole query's for title and text; names of people and posts go by their own words."""
        if node.field not in ("official", "post"):
            return self._tones
        own = [word for part in node.parts for word in part.words] if isinstance(node, Near) else (
            list(node.words) if isinstance(node, Words) else [node.word])  # fmt: skip
        return self._forced or tones_of(own)

    def _forms(self, node: Words) -> tuple[Tokens, ...]:
        tones = self._tones_of(node)
        table = self._none if node.is_literal or node.field == "official" else self._variants
        found = table.of(node.words, tones)
        if len(found) - 1 > self._left:
            self._is_cut = True
            return found[:1]
        self._left -= len(found) - 1
        self._remember(node, found[0], tones, table)
        return found

    def _remember(self, node: Words, tokens: Tokens, tones: Tones, table: Variants) -> None:
        for start, token in enumerate(tokens):
            for entry in table.entries_at(tokens, node.words, start, tones):
                self._said["abbreviation"][" ".join(node.words[start : start + len(entry.form)])] = entry.shown
            if table.has_spellings and (other := other_spelling(token)):
                self._said["spelling"][token] = other
            if self._choice == "on" and not node.is_literal and (longs := meanings(node.words[start])):
                self._ambiguous[node.words[start]] = longs


def _any_of(parts: list[tree.Tree]) -> tree.Tree:
    return parts[0] if len(parts) == 1 else tree.AnyOf(tuple(parts))


def _adjacent(field: TextField, forms: Tokens, tones: Tones, weight: float) -> tree.Tree:
    found: tree.Tree = tree.Term(field, forms[0], tones) if len(forms) == 1 else tree.Phrase(field, forms, tones)
    return _weighted(found, weight)


def _weighted(part: tree.Tree, weight: float) -> tree.Tree:
    return part if weight == 1.0 else tree.Weighted(part, weight)


def _form(word: str, tones: Tones) -> str:
    return word if tones == "exact" else fold(word)
