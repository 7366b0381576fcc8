"""A small archive of invented articles, indexed by a real Whoosh index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from archive.repository import Archive
from archive.vietnamese import fold, match_key
from search.service import SearchService
from tests.archive import build

ARTICLES = (
    # title, body, day, (place, id, level, type), official
    ("Định Hóa: Khéo vận động, dân đồng lòng", "Huyện uỷ Định Hóa tổng kết phong trào thi đua “Dân vận khéo”.",
     date(2024, 7, 10), ("Định Hóa", "d167", "district", "huyện"), "Hoàng Minh Khuê"),
    ("Xã An Lạc hiến đất làm đường", "Tổ dân vận xã An Lạc vận động 46 hộ hiến đất. Ý kiến của dân được nghe.",
     date(2023, 3, 1), ("An Lạc", "c07645", "commune", "xã"), "Điểu K'răng"),
    ("Giải bóng chuyền nữ", "Các vận động viên thi đấu ba ngày ở nhà văn hóa.",
     None, ("Thái Nguyên", "p19", "province", "tỉnh"), "Lò Thị Mẩy"),
    ("Mã số vùng trồng chè", "Giá mạ non và má lúa tăng 25-NQ/TW theo KT-XH.",
     date(2015, 1, 2), ("Hóa Trung", "c05683", "commune", "xã"), "Hoàng Văn Khuê"),
)  # fmt: skip


@contextmanager
def filled(folder: Path) -> Iterator[Archive]:
    """Four articles, numbered 1 to 4."""
    with build.new_archive(folder) as opened:
        for number, (title, body, day, place, name) in enumerate(ARTICLES, start=1):
            url = f"https://mau.test/{number}.html"
            text = build.text(title=title, body=body, url=url, day=day)
            localities = (build.locality(place[0], place[1], place[2], place[3]),)
            officials = (build.official(name, fold(match_key(name))),)
            opened.save(build.entry(url), text, build.description(localities, officials))
        yield opened


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The articles, to be changed."""
    with filled(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The articles, once for all tests that only look."""
    with filled(tmp_path_factory.mktemp("shared")) as opened:
        yield opened


@pytest.fixture
def service(shared: Archive) -> SearchService:
    return SearchService(shared)
