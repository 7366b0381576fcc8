"""A reader over twelve invented articles of three years and two portals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from archive.records import PortalIdentity
from search.reading.reader import CorpusReader
from search.service import SearchService
from tests.archive import build

OTHER = PortalIdentity(key="khac", name="Báo Khác", kind="provincial_newspaper", province="Bắc Giang")
BODIES = (
    (date(2022, 3, 5), "Mô hình dân vận khéo ở xã A có 3 tổ. Nhờ dân vận khéo, đường rộng."),
    (date(2022, 8, 9), "Trồng rừng ở bản xa."),
    (date(2023, 1, 2), "Công tác dân vận, dân vận khéo và lòng dân."),
    (date(2024, 5, 17), "Dân vẫn khéo tay đan lát; đan vân trên nón."),
    (date(2024, 5, 30), "Ban Dân vận khéo vận động."),
    (None, "Dân vận khéo không ghi ngày."),
)


@pytest.fixture(scope="package")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusReader]:
    with build.new_archive(tmp_path_factory.mktemp("reading")) as archive:
        archive.store_portals([OTHER])
        for number, (day, body) in enumerate(BODIES * 2, start=1):
            url = f"https://mau.test/{number}.html"
            entry = replace(build.entry(url), portal="mau" if number <= len(BODIES) else "khac")
            archive.save(entry, build.text(title=f"Bài {number}", body=body, url=url, day=day), build.description())
        yield CorpusReader(SearchService(archive))
