"""The forms that a beginning or a misspelling stands for."""

from __future__ import annotations

from collections.abc import Iterable

from archive.errors import QueryError
from archive.vietnamese import grouped
from search.engines import tree

# More than a reader can mean; the lists of a thousand terms are joined in a few milliseconds.
EXPANSION_LIMIT = 1024


def matching(forms: Iterable[str], node: tree.Prefix | tree.Fuzzy) -> list[str]:
    """Those of sorted forms that a node stands for."""
    if isinstance(node, tree.Prefix):
        return [form for form in forms if form.startswith(node.form)]
    return within_edits(forms, node.form, node.edits)


def limited(forms: set[str], node: tree.Prefix | tree.Fuzzy) -> set[str]:
    """The forms, if there are not too many."""
    if len(forms) <= EXPANSION_LIMIT:
        return forms
    written, cure, cure_vi = (
        (f"{node.form}*", "write more of its letters", "viết thêm chữ cái")
        if isinstance(node, tree.Prefix)
        else (f"{node.form}~{node.edits}", "allow fewer changes", "cho khác ít chữ cái hơn")
    )
    raise QueryError(
        f"{written} stands for {len(forms):,} different words, {EXPANSION_LIMIT:,} are possible; {cure}",
        vi=f"{written} ứng với {grouped(len(forms))} từ khác nhau, nhiều nhất {grouped(EXPANSION_LIMIT)}; {cure_vi}",
    )


def within_edits(forms: Iterable[str], wanted: str, edits: int) -> list[str]:
    """Those of sorted forms within a Levenshtein distance that begin with the same character.

    Rows of the distance table are kept while forms begin alike, so that a sorted dictionary costs little.

    >>> within_edits(["danh", "dân", "dâng", "lân"], "dân", 1)
    ['dân', 'dâng']
    """
    rows = [list(range(len(wanted) + 1))]
    found, before = [], ""
    for form in forms:
        if form[:1] != wanted[:1] or abs(len(form) - len(wanted)) > edits:
            continue
        shared = 0
        while shared < min(len(form), len(before), len(rows) - 1) and form[shared] == before[shared]:
            shared += 1
        del rows[shared + 1 :]
        for character in form[shared:]:
            rows.append(_next_row(rows[-1], character, wanted))
            if min(rows[-1]) > edits:
                break
        before = form
        if len(rows) == len(form) + 1 and rows[-1][-1] <= edits:
            found.append(form)
    return found


def _next_row(row: list[int], character: str, wanted: str) -> list[int]:
    made = [row[0] + 1]
    for place, other in enumerate(wanted, start=1):
        made.append(min(made[-1] + 1, row[place] + 1, row[place - 1] + (character != other)))
    return made
