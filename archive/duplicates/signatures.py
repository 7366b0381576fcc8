"""MinHash: of hundreds of thousands of texts, those that may be alike are found without comparing each with each.

A signature is cut into bands; texts that share a band are candidates, which are then compared exactly. So the
signature decides what is looked at, never what is said of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import rensa

from archive.duplicates.shingles import SYLLABLES, Shingles

# 32 bands of 4: two texts that resemble each other by half share a band in 87 of 100 cases, by .6 in 99, by .3 in 23.
BANDS, ROWS = 32, 4
_SEED = 1945
METHOD = f"rminhash{rensa.RMinHash.ALGORITHM_VERSION}-{BANDS}x{ROWS}-{SYLLABLES}-{_SEED}"


def band_keys(runs: Shingles) -> list[int]:
    """The bands of a text, each as a number of 63 bits."""
    signature = rensa.RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    signature.update(list(runs))  # in any order: it is that of a set
    return list(_keys(signature.digest()))


def _keys(values: list[int]) -> Iterator[int]:
    for band in range(BANDS):
        part = values[band * ROWS : (band + 1) * ROWS]
        packed = b"".join(value.to_bytes(4, "big") for value in (band, *part))
        yield int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big") >> 1
