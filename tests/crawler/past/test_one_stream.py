"""A file that is one gzip stream is imported like one whose records are packed one by one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.past.captures import read_capture
from archive.repository import Archive
from tests.crawler.past import warcs
from tests.crawler.past.conftest import Import
from tests.crawler.past.warcs import day, pages, record

FOUND = pages(4)
PLAIN = [record(page.url, page.body, at=day(n), is_packed=False) for n, page in enumerate(FOUND)]
WHOLE = gzip.compress(b"".join(PLAIN), mtime=7)


def blocks(plain: bytes) -> bytes:
    """Packed as bgzip does: members that end anywhere."""
    return b"".join(gzip.compress(plain[start : start + 4500]) for start in range(0, len(plain), 4500))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc.gz", WHOLE),
        ("a.warc.gz", blocks(b"".join(PLAIN))),
        ("a.warc.gz", WHOLE + b"\0" * 512),
        ("a.arc.gz", gzip.compress(gzip.decompress(warcs.arc([(page, day(n)) for n, page in enumerate(FOUND)])))),
    ],
    ids=["one stream", "blocks", "padding", "ARC"],
)
def test_records_of_one_stream_are_imported_and_lie_each_by_itself(
    run_import: Import, archive: Archive, name: str, content: bytes
) -> None:
    [file] = run_import({name: content}).files
    assert (file.added, file.unusable, file.torn_at, file.is_repacked) == (4, {}, None, True)
    stored = (archive.home.warc / name).read_bytes()
    assert gzip.decompress(stored) == gzip.decompress(content)
    for article in archive.all_articles():
        [capture] = archive.versions(article.id)[0].captures
        assert read_capture(archive.home.warc, capture).page() in [page.body for page in FOUND]
    assert [path.name for path in archive.home.warc.iterdir()] == [name]
    [again] = run_import({name: content}).files
    assert (again.added, again.known, again.stored_as) == (0, file.records - (name == "a.arc.gz"), name)


def test_file_with_its_records_packed_by_themselves_is_kept_byte_for_byte(run_import: Import, archive: Archive) -> None:
    content = b"".join(record(page.url, page.body) for page in FOUND)
    [file] = run_import({"a.warc.gz": content}).files
    assert file.is_repacked is False
    assert (archive.home.warc / "a.warc.gz").read_bytes() == content


@pytest.mark.parametrize(
    ("content", "torn_at"),
    [(WHOLE[:-300], len(WHOLE) - 300), (WHOLE[:-8] + b"\1" * 8, len(WHOLE) - 8), (WHOLE + b"rubbish", len(WHOLE))],
    ids=["cut", "wrong check sum", "rubbish behind"],
)
def test_torn_stream_gives_its_whole_records_and_is_reported(
    run_import: Import, archive: Archive, content: bytes, torn_at: int
) -> None:
    report = run_import({"a.warc.gz": content})
    [file] = report.files
    assert file.added >= 3
    assert file.torn_at is not None
    assert abs(file.torn_at - torn_at) <= 8
    assert report.has_problems
    assert [path.name for path in archive.home.warc.iterdir()] == ["a.warc.gz"]


def test_damaged_record_in_a_stream_costs_one_record(run_import: Import, archive: Archive) -> None:
    bad = PLAIN[1].replace(b"Content-Length: ", b"Content-Length: x", 1)
    [file] = run_import({"a.warc.gz": gzip.compress(PLAIN[0] + bad + PLAIN[2])}).files
    assert (file.added, file.unusable) == (2, {"Content-Length is no number": 1})


def test_bomb_is_refused_and_leaves_nothing(run_import: Import, archive: Archive, tmp_path: Path) -> None:
    bomb = gzip.compress(PLAIN[0] + record("http://x.test/", b"\0" * 40_000_000, is_packed=False))
    with pytest.raises(UsageError, match=r"a\.warc\.gz: unpacks to more than 200 times its size"):
        run_import({"a.warc.gz": bomb})
    assert list(archive.home.warc.iterdir()) == []
