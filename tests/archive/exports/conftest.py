"""Two articles: an ordinary one, and one whose every field tries to break the form it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.exports.citation import Citation, cited
from archive.repository import Archive
from tests.archive import build

HOSTILE = 'Khéo {vận} động & \\evil $x_1^2$ 50% #1 ~ "dân" </script>\nER  - \r\nTY  - BOOK'
HOSTILE_URL = "https://mau.test/tin_{bài}%20a#đầu~1.html"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with build.new_archive(tmp_path) as opened:
        opened.save(build.entry(), build.text(), build.description())
        text = build.text(title=HOSTILE, body=HOSTILE, url=HOSTILE_URL, day=None)
        spoilt = replace(text, authors=("Điểu K'ré, {Nhóm} & PV",), tags=("=cmd()", "a, b"), canonical_url=None)
        opened.save(build.entry(HOSTILE_URL), spoilt, build.description())
        yield opened


@pytest.fixture
def citations(archive: Archive) -> list[Citation]:
    return list(cited(archive.all_articles(), archive.corpus))
