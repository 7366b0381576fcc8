"""How well near-duplicates are found, on texts of which it is known: the threshold's reason."""

from __future__ import annotations

from functools import lru_cache

import pytest

from archive.duplicates.shingles import LEAST, folded, resemblance, shingles
from archive.duplicates.store import THRESHOLD
from tests.archive.duplicates.measured import Measured, found, measured
from tests.archive.duplicates.pairs import Pair, labelled, negatives, positives


@lru_cache
def positive(share: float) -> list[Measured]:
    return [measured(pair) for pair in positives(share, rounds=1)]


@pytest.mark.parametrize(("share", "least"), [(0.0, 1.0), (0.05, 1.0), (0.1, 1.0), (0.2, 0.98)])
def test_edited_texts_are_found(share: float, least: float) -> None:
    assert found(positive(share), THRESHOLD) >= least


def test_half_of_the_texts_with_two_fifths_edited_are_found() -> None:
    assert 0.35 < found(positive(0.4), THRESHOLD) < 0.65


def test_distinct_articles_on_one_topic_are_far_below_the_threshold() -> None:
    assert all(one.resemblance < 0.1 for one in map(measured, list(negatives())[::4]))


def test_pairs_that_people_marked_are_found() -> None:
    pairs = [measured(Pair(one=one, other=other, share=0.0)) for one, other in labelled()]
    assert len(pairs) >= 3
    assert found(pairs, THRESHOLD) == 1


def test_tones_case_signs_and_order_of_sentences_matter_little() -> None:
    one = "Ủy ban xã Hòa Bình. " + " ".join(f"Xóm {n} có nhiều hộ hiến đất làm đường." for n in range(10))
    assert shingles(one) == shingles(one.upper().replace("ỦY", "UỶ").replace(".", " –"))
    assert folded("Uỷ ban, “Hoà Bình”") == "uy ban hoa binh"
    turned = " ".join(reversed(one.split(". ")))
    assert resemblance(shingles(one), shingles(turned)) > 0.4
    assert resemblance(shingles(one), shingles("")) == 0.0
    assert len(shingles("một hai ba bốn năm sáu")) == 2 < LEAST
