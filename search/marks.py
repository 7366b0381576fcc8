"""Where the words of a question stand in a stored text: exact offsets, in time that grows with the text alone.

A plan's text nodes are the marks: what the engine was asked is what is marked, abbreviations written out included.

>>> from search.engines.tree import Phrase
>>> text = "Phong trào Dân vận khéo"
>>> [text[span.start : span.end] for span in find_marks(text, (Phrase("body", ("dan", "van"), "folded"),), "body")]
['Dân vận']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search.analysis import Tones, located
from search.engines.tree import Fuzzy, Near, Phrase, Prefix, Term, TextField, TextNode
from search.levenshtein import is_within

Shown = Literal["title", "body", "attachments"]
# A person's name or post is looked for in the archive's description; the article prints it in its text.
_PRINTED_ANYWHERE: tuple[TextField, ...] = ("officials", "posts")
# A word of three letters may stand in a long text ten thousand times; nobody reads more, and a page has to show them.
MOST_SPANS = 20_000


@dataclass(frozen=True, slots=True)
class Span:
    """Code points [start, end) of a text, and which of the marks stands there."""

    start: int
    end: int
    mark: TextNode


def find_marks(text: str, marks: Sequence[TextNode], field: Shown) -> list[Span]:
    """Every place of every mark of a field, by their start; places of different marks may overlap.

    `text` is stored text (canonical NFC). At most MOST_SPANS, the first ones.
    """
    wanted = [mark for mark in dict.fromkeys(marks) if mark.field == field or mark.field in _PRINTED_ANYWHERE]
    if not wanted:
        return []
    spans: list[Span] = []
    for tones in ("exact", "folded"):
        same = [mark for mark in wanted if mark.tones == tones]
        if same:
            spans += _Places(text, tones, same).spans()
    spans.sort(key=lambda span: (span.start, span.end))
    return spans[:MOST_SPANS]


def merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The stretches that any span covers, in order."""
    stretches: list[tuple[int, int]] = []
    for span in spans:
        if stretches and span.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(span.end, stretches[-1][1]))
        else:
            stretches.append((span.start, span.end))
    return stretches


class _Places:
    """The tokens of a text in one choice of tones, and where the forms stand that some marks look for."""

    def __init__(self, text: str, tones: Tones, marks: Sequence[TextNode]) -> None:
        self._forms, self._stand = located(text, tones)
        self._marks = marks
        self._at: dict[str, list[int]] = defaultdict(list)
        wanted = _forms(marks)
        for number, form in enumerate(self._forms):
            if wanted is None or form in wanted:
                self._at[form].append(number)

    def spans(self) -> Iterator[Span]:
        """Every place of every mark."""
        for mark in self._marks:
            for first, last in self._places(mark):
                yield Span(self._stand[first][0], self._stand[last][1], mark)

    def _places(self, mark: TextNode) -> Iterator[tuple[int, int]]:
        """Numbers of the first and last token, for every place of a mark."""
        match mark:
            case Term(_, form):
                yield from ((at, at) for at in self._at.get(form, ()))
            case Phrase(_, forms):
                yield from self._phrase(forms)
            case Prefix(_, form):
                yield from self._of_words(word for word in self._at if word.startswith(form))
            case Fuzzy(_, form, edits):
                near = (word for word in self._at if word[:1] == form[:1] and is_within(word, form, edits))
                yield from self._of_words(near)
            case Near(_, parts, distance):
                yield from self._near(parts, distance)

    def _of_words(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        for word in words:
            yield from ((at, at) for at in self._at[word])

    def _phrase(self, forms: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Begins at the word that is rarest in the text."""
        rarest = min(range(len(forms)), key=lambda number: len(self._at.get(forms[number], ())))
        for at in self._at.get(forms[rarest], ()):
            first = at - rarest
            if first >= 0 and tuple(self._forms[first : first + len(forms)]) == forms:
                yield first, first + len(forms) - 1

    def _near(self, parts: tuple[tuple[str, ...], ...], distance: int) -> Iterator[tuple[int, int]]:
        """The places of all parts that stand near each other, each part a place of its own."""
        places = sorted(
            (first, last, number) for number, part in enumerate(parts) for first, last in self._phrase(part)
        )
        shown: set[tuple[int, int]] = set()
        own = sum(len(part) for part in parts)
        for end in range(len(places)):
            chosen = _closest(places, end, len(parts))
            if chosen is None:
                continue
            spread = max(last for _, last, _ in chosen) - min(first for first, _, _ in chosen) + 1
            if spread - own <= distance:
                shown.update((first, last) for first, last, _ in chosen)
        yield from sorted(shown)


def _forms(marks: Iterable[TextNode]) -> set[str] | None:
    """The forms that marks look for; None where only a text's own words tell, as for a beginning."""
    found: set[str] = set()
    for mark in marks:
        match mark:
            case Term(_, form):
                found.add(form)
            case Phrase(_, forms):
                found.update(forms)
            case Near(_, parts):
                found.update(form for part in parts for form in part)
            case _:
                return None
    return found


# So many places back at most are looked at for the other parts: bounds the work where one part is very common.
_BACK = 64


def _closest(places: list[tuple[int, int, int]], end: int, parts: int) -> list[tuple[int, int, int]] | None:
    """The nearest place of each part up to the one at `end`, none overlapping; None where a part is missing."""
    chosen = {places[end][2]: places[end]}
    begins = places[end][0]
    for at in range(end - 1, max(-1, end - 1 - _BACK), -1):
        first, last, number = places[at]
        if number not in chosen and last < begins:
            chosen[number] = (first, last, number)
            begins = first
            if len(chosen) == parts:
                break
    return list(chosen.values()) if len(chosen) == parts else None
