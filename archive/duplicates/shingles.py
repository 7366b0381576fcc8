"""How alike two texts are: the share of runs of five syllables that they have in common. Pure.

>>> one = "Xã Tân Lập có mười hai mô hình dân vận khéo"
>>> resemblance(shingles(one), shingles("xã Tân Lập có mười hai mô hình 'dân vận khéo'."))
1.0
"""

from __future__ import annotations

import re

from archive.vietnamese import fold, match_key

# Five syllables are two or three words: shorter runs stand in any two texts on a subject, longer ones break at
# every small edit.
SYLLABLES = 5
# A text with fewer runs is a line of a photo or a notice that many pages print alike.
LEAST = 20
_SYLLABLE = re.compile(r"\w+")

Shingles = frozenset[str]


def shingles(body: str) -> Shingles:
    """Every run of five syllables of a text, without tones, case, signs and order; empty for a short one."""
    syllables = folded(body).split()
    return frozenset(" ".join(syllables[n : n + SYLLABLES]) for n in range(len(syllables) - SYLLABLES + 1))


def folded(body: str) -> str:
    """A text as it is compared: its syllables without tones and signs."""
    return " ".join(_SYLLABLE.findall(fold(match_key(body))))


def resemblance(one: Shingles, other: Shingles) -> float:
    """Common runs by all runs of both (Jaccard): 1.0 for the same text, 0.0 for texts without a common run."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)
