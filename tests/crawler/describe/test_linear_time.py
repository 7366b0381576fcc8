"""Long near misses cost time in step with their length, not with its square."""

from __future__ import annotations

import time

import pytest

from tests.crawler.describe.articles import described

_PIECES = ("a", "xã ", "xã An, ", "1.234.", "99,9% ", "Bí thư ", "Bí thư Đảng ủy, ", "hiến ", "(", " kiêm ", "\n",
           "Nghị quyết số 25-", "đồng chí Nguyễn Văn An, Bí thư Huyện ủy; ", "thôn Bản ", "vận động a a a ")  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES, ids=range(len(_PIECES)))
def test_near_misses(piece: str) -> None:
    """20 µs a character is ten times what an article costs; a square would cost hundreds."""
    body = piece * (40_000 // len(piece))
    started = time.process_time()
    described(body)
    assert time.process_time() - started < 20e-6 * len(body) + 0.2
