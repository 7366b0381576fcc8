"""How two versions of an article differ, field by field and word by word: pure, for terminals and for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from archive.history.words import Edit, edits, words
from archive.records import ArticleText

FieldName = Literal["title", "sapo", "authors", "published", "body", "captions"]
Op = Literal["changed", "added", "removed", "moved"]
# A paragraph of fewer words ("Tin, ảnh", "***") stands in many places: it cannot be said to have moved.
_MOVABLE_WORDS = 4
# A paragraph that shares this part of its words with one elsewhere is that one, moved and edited.
_SAME_PARAGRAPH = 0.6
# Comparing each with each: 200 paragraphs that went with 200 that came. Of more, only equal ones are found again.
_PAIRS = 40_000
# Two thousand paragraphs with two thousand: more are one gap, compared by sentence.
_PARAGRAPHS = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One difference: what stood before, what stands after, and where.

    `paragraph` is its number in the newer version (of what was removed: in the older), 1, 2, …, in body, captions and
    authors; `was_paragraph` is where a moved one stood. `lead` and `tail` are the words around it.
    """

    field: FieldName
    paragraph: int | None
    op: Op
    before: str | None
    after: str | None
    was_paragraph: int | None = None
    lead: str = ""
    tail: str = ""

    def as_json(self) -> dict[str, str | int | None]:
        """The five keys of the command's JSON; of what moved also where it was."""
        shown = {name: getattr(self, name) for name in ("field", "paragraph", "op", "before", "after")}
        return shown | ({"was_paragraph": self.was_paragraph} if self.op == "moved" else {})


def differences(before: ArticleText, after: ArticleText) -> list[Difference]:
    """Every difference of two texts, in the order title, lead, authors, date, body, captions."""
    old_body, new_body = before.body.split("\n\n"), after.body.split("\n\n")
    # A lead that opens both bodies would tell each of its changes twice.
    lead = int(_opens(before.sapo, old_body) and _opens(after.sapo, new_body))
    return [
        *_of_line("title", before.title, after.title),
        *_of_line("sapo", before.sapo, after.sapo),
        *_of_paragraphs("authors", before.authors, after.authors),
        *_whole("published", _day(before), _day(after)),
        *_of_paragraphs("body", old_body[lead:], new_body[lead:], lead),
        *_of_paragraphs("captions", before.captions, after.captions),
    ]


def _day(text: ArticleText) -> str | None:
    return text.published.iso() if text.published else None


def _opens(sapo: str | None, body: Sequence[str]) -> bool:
    return bool(sapo) and body[0] == sapo


def _whole(field: FieldName, before: str | None, after: str | None) -> Iterator[Difference]:
    if before != after:
        op: Op = "added" if before is None else "removed" if after is None else "changed"
        yield Difference(field=field, paragraph=None, op=op, before=before, after=after)


def _of_line(field: FieldName, before: str | None, after: str | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield from _whole(field, before, after)
        return
    for edit in edits(before, after):
        yield from _of_edit(field, _Side(before), _Side(after), edit)


class _Side:
    """A text with the numbers of its paragraphs."""

    def __init__(self, text: str, numbers: Sequence[int] = ()) -> None:
        self.text, self.numbers = text, numbers

    def paragraph_at(self, at: int) -> int | None:
        before = self.text.count("\n\n", 0, at)
        return self.numbers[min(before, len(self.numbers) - 1)] if self.numbers else None

    def pieces(self, start: int, end: int) -> list[tuple[int | None, str]]:
        """A stretch, paragraph by paragraph, without empty ones."""
        found, at = [], start
        for piece in self.text[start:end].split("\n\n"):
            if piece.strip():
                found.append((self.paragraph_at(at), piece.strip()))
            at += len(piece) + 2
        return found


def _of_edit(field: FieldName, old: _Side, new: _Side, edit: Edit) -> Iterator[Difference]:
    """A change inside a paragraph, or what it took out and put in, a paragraph each."""
    olds, news = old.pieces(edit.start, edit.end), new.pieces(edit.new_start, edit.new_end)
    lead, tail = _around(new.text, edit.new_start, edit.new_end)
    if not olds and not news:
        yield _of_break(field, new, edit, lead, tail)
    elif len(olds) == len(news) == 1:
        (_, before), (number, after) = olds[0], news[0]
        yield Difference(field=field, paragraph=number, op="changed", before=before, after=after, lead=lead, tail=tail)
    else:
        removed = [Difference(field=field, paragraph=n, op="removed", before=text, after=None) for n, text in olds]
        added = [Difference(field=field, paragraph=n, op="added", before=None, after=text) for n, text in news]
        is_alone = len(removed) + len(added) == 1
        yield from (replace(one, lead=lead, tail=tail) if is_alone else one for one in (*removed, *added))


def _of_break(field: FieldName, new: _Side, edit: Edit, lead: str, tail: str) -> Difference:
    """A paragraph parted in two, or two made one."""
    return Difference(
        field=field,
        paragraph=new.paragraph_at(edit.new_start),
        op="added" if edit.new_end > edit.new_start else "removed",
        before="\n\n" if edit.end > edit.start else None,
        after="\n\n" if edit.new_end > edit.new_start else None,
        lead=lead,
        tail=tail,
    )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to six words of the same paragraph on each side."""
    before = "" if text.startswith("\n\n", start) and end - start > 2 else text[:start].rsplit("\n\n", 1)[-1]
    after = "" if text.endswith("\n\n", 0, end) and end - start > 2 else text[end:].split("\n\n", 1)[0]
    return " ".join(before.split()[-6:]), " ".join(after.split()[:6])


def _of_paragraphs(
    field: FieldName, before: Sequence[str], after: Sequence[str], skipped: int = 0
) -> Iterator[Difference]:
    """Paragraphs that moved are found first, so that what is compared word by word is what stayed in its place."""
    gaps = _gaps(before, after)
    moves = _moves(before, after, gaps)
    gone, come = {old for old, _ in moves}, {new for _, new in moves}
    found: list[tuple[int, int, Difference]] = []
    for old_at, new_at in moves:
        found += [(new_at, 0, one) for one in _of_move(field, before[old_at], after[new_at], old_at, new_at, skipped)]
    for olds, news in gaps:
        old = _side(before, [n for n in olds if n not in gone], skipped)
        new = _side(after, [n for n in news if n not in come], skipped)
        for edit in edits(old.text, new.text):
            found += [(news.start, 1, one) for one in _of_edit(field, old, new, edit)]
    yield from (one for _, _, one in sorted(found, key=lambda entry: entry[:2]))


def _side(paragraphs: Sequence[str], at: Sequence[int], skipped: int) -> _Side:
    return _Side("\n\n".join(paragraphs[n] for n in at), [n + 1 + skipped for n in at])


def _gaps(before: Sequence[str], after: Sequence[str]) -> list[tuple[range, range]]:
    """The paragraphs between those that both versions have in the same order."""
    if len(before) * len(after) > _PARAGRAPHS:
        return [(range(len(before)), range(len(after)))]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(range(a, b), range(c, d)) for tag, a, b, c, d in codes if tag != "equal"]


def _moves(before: Sequence[str], after: Sequence[str], gaps: Sequence[tuple[range, range]]) -> list[tuple[int, int]]:
    """Pairs (older, newer place) of paragraphs that stand elsewhere now: equal ones, then those that are much alike."""
    olds = [n for places, _ in gaps for n in places]
    news = [n for _, places in gaps for n in places]
    pairs = _equal(before, after, olds, news)
    left_olds = [n for n in olds if n not in {old for old, _ in pairs}]
    left_news = [n for n in news if n not in {new for _, new in pairs}]
    if len(left_olds) * len(left_news) <= _PAIRS:
        pairs += _alike(before, after, [(o, n) for o in left_olds for n in left_news])
    stayed = {pair for places in gaps for pair in _in_order([one for one in pairs if _is_in(one, places)])}
    return [pair for pair in pairs if pair not in stayed]


def _is_in(pair: tuple[int, int], gap: tuple[range, range]) -> bool:
    return pair[0] in gap[0] and pair[1] in gap[1]


def _equal(
    before: Sequence[str], after: Sequence[str], olds: Sequence[int], news: Sequence[int]
) -> list[tuple[int, int]]:
    waiting: dict[str, list[int]] = {}
    for n in news:
        waiting.setdefault(after[n], []).append(n)
    found = [n for n in olds if len(words(before[n])) >= _MOVABLE_WORDS and waiting.get(before[n])]
    return [(n, waiting[before[n]].pop(0)) for n in found if waiting[before[n]]]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs of a gap that keep their order: those did not move, they were edited in their place."""
    ordered = sorted(pairs)
    best: list[list[tuple[int, int]]] = []
    for pair in ordered:
        ends = max((chain for chain in best if chain[-1][1] < pair[1]), key=len, default=[])
        best.append([*ends, pair])
    return max(best, key=len, default=[])


def _alike(before: Sequence[str], after: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The best pairs first, each paragraph once."""
    old_bags = {o: _bag(before[o]) for o in {o for o, _ in pairs}}
    new_bags = {n: _bag(after[n]) for n in {n for _, n in pairs}}
    scored = sorted((-_share(old_bags[o], new_bags[n]), o, n) for o, n in pairs)
    chosen: dict[int, int] = {}
    for score, o, n in scored:
        if -score >= _SAME_PARAGRAPH and o not in chosen and n not in chosen.values():
            chosen[o] = n
    return list(chosen.items())


def _bag(paragraph: str) -> Counter[str]:
    return Counter(token.text for token in words(paragraph))


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Dice's share of common words; 0 for paragraphs too short to be known again."""
    total = one.total() + other.total()
    if min(one.total(), other.total()) < _MOVABLE_WORDS:
        return 0.0
    return 2 * (one & other).total() / total


def _of_move(field: FieldName, before: str, after: str, old_at: int, new_at: int, skipped: int) -> Iterator[Difference]:
    number, was = new_at + 1 + skipped, old_at + 1 + skipped
    yield Difference(field=field, paragraph=number, op="moved", before=before, after=after, was_paragraph=was)
    if before != after:
        for edit in edits(before, after):
            yield from _of_edit(field, _Side(before, [was]), _Side(after, [number]), edit)
