"""Words near each other: a window of texts, parts that share words, parts that stand twice."""

from __future__ import annotations

import numpy as np
import pytest

from search.engines.windows import near_starts, phrase_starts

TEXT = ["a", "b", "c", "a", "b", "x", "x", "a"]


def near(parts: tuple[tuple[str, ...], ...], distance: int) -> list[int]:
    starts = [
        np.array([at for at in range(len(TEXT)) if tuple(TEXT[at : at + len(part)]) == part], dtype=np.int64)
        for part in parts
    ]
    return near_starts(parts, starts, np.array([len(TEXT)]), distance).tolist()


@pytest.mark.parametrize(
    ("parts", "distance", "expected"),
    [
        pytest.param((("a",), ("b",)), 0, [0, 3], id="side by side"),
        pytest.param((("b",), ("a",)), 1, [0, 1, 3], id="either order, one between"),
        pytest.param((("b",), ("a",)), 2, [0, 1, 3, 4], id="two between"),
        pytest.param((("a", "b"), ("b", "c")), 3, [1], id="parts that share a word do not overlap"),
        pytest.param((("a", "b"), ("a", "b")), 1, [0], id="the same part twice"),
        pytest.param((("a",), ("a",)), 2, [0], id="the same word twice"),
        pytest.param((("a",), ("a",), ("a",)), 5, [0], id="three times, to the end"),
        pytest.param((("a",), ("y",)), 9, [], id="a word that is not there"),
    ],
)
def test_near(parts: tuple[tuple[str, ...], ...], distance: int, expected: list[int]) -> None:
    assert near(parts, distance) == expected


def test_a_phrase_is_found_whichever_word_is_rarest() -> None:
    words = [[np.array([0, 5, 9], dtype=np.uint32)], [np.array([6], dtype=np.uint32), np.array([1], dtype=np.uint32)]]
    assert phrase_starts(words).tolist() == [0, 5]
    assert phrase_starts(words[::-1]).tolist() == []
