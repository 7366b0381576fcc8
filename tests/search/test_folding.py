"""Near-duplicates folded on request, over a real index and real clusters."""

from __future__ import annotations

from dataclasses import replace

from archive.repository import Archive
from search.service import Question, SearchService
from tests.archive import build

LONG = " ".join(
    f"Xóm {number} góp {number * 7} ngày công làm đường, hiến {number * 11} m2 đất." for number in range(40)
)


def test_same_text_at_two_addresses_is_one_hit(archive: Archive) -> None:
    for number in (1, 2, 3):
        url = f"https://mau.test/lap{number}.html"
        body = LONG if number < 3 else LONG[: len(LONG) // 3] + " Khác hẳn."
        archive.save(build.entry(url), build.text(title=f"Bài {number}", body=body, url=url), build.description())
    archive.duplicates.update()
    service, asked = SearchService(archive), Question(text='"ngày công"', sort="oldest")
    assert service.search(asked).total == 3
    found = service.search(replace(asked, duplicates="folded"))
    assert found.total == 2
    assert [(hit.article.text.title, hit.folded) for hit in found.hits] == [("Bài 1", 1), ("Bài 3", 0)]
    assert [value.count for value in found.facets["portal"]] == [3]
    second = service.search(replace(asked, duplicates="folded", page=2, size=1))
    assert [hit.article.text.title for hit in second.hits] == ["Bài 3"]
