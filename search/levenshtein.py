"""How many letters two words differ by, as far as a query asks: insertions, deletions, substitutions."""

from __future__ import annotations


def is_within(word: str, other: str, edits: int) -> bool:
    """Whether one becomes the other by at most so many edits.

    >>> is_within("vận", "vân", 1), is_within("vận", "vang", 1), is_within("vận", "vang", 2)
    (True, False, True)
    """
    if abs(len(word) - len(other)) > edits:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, start=1):
        before, row[0] = row[0], number
        best = number
        for at, against in enumerate(other, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != against))
            best = min(best, row[at])
        if best > edits:
            return False
    return row[-1] <= edits
