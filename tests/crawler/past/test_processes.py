"""Several processes give the archive of one, whatever lies where two parts of a file meet, and whoever dies."""

from __future__ import annotations

import gzip
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from archive.repository import Archive
from crawler.past import parts
from crawler.past.importing import ImportReport, import_files
from crawler.past.part_reader import PartReader
from crawler.past.processes import PartReads, Setup
from crawler.past.runs import PortalRuns
from spiders.registry import Registry
from tests.archive.build import new_home
from tests.crawler.deadly import Deadly
from tests.crawler.past import warcs
from tests.crawler.past.warcs import day, pages, record

_TABLES = ("portal", "capture", "article", "version", "version_capture", "locality_mention", "official_mention", "figure_mention", "document_mention",
           "person", "person_mention", "change")  # fmt: skip


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part has two or three records, so that many of them meet."""
    monkeypatch.setattr(parts, "PART_BYTES", 4000)


def rows(archive: Archive) -> dict[str, list[Any]]:
    """Every row with its number."""
    with archive._engine.connect() as connection:
        return {
            table: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {table}").all())) for table in _TABLES
        }


def import_twice(
    files: dict[str, bytes], archive: Archive, registry: Registry, tmp_path: Path, empty_home: Path
) -> list[tuple[dict[str, list[Any]], ImportReport]]:
    """The same files into an archive by one process, and into another by two."""
    (tmp_path / "given").mkdir()
    for name, content in files.items():
        (tmp_path / "given" / name).write_bytes(content)
    sources = [tmp_path / "given" / name for name in files]
    one = import_files(sources, archive, registry, processes=1, keeps_all=True)
    shutil.copytree(empty_home, tmp_path / "other")
    with Archive.open(new_home(tmp_path / "other")) as other:
        two = import_files(sources, other, registry, processes=2, keeps_all=True)
        return [(rows(archive), one), (rows(other), two)]


def history() -> dict[str, bytes]:
    """Versions, revisits and repetitions within and across files, packed and plain."""
    found = pages(12)
    first = [record(page.url, page.body, at=day(n)) for n, page in enumerate(found)]
    digests = [warcs.headers_of(packed)["WARC-Payload-Digest"] for packed in first]
    again = [warcs.revisit(page, at=day(20 + n), digest=digests[n], original=day(n)) for n, page in enumerate(found)]
    words = found[3].article.paragraphs[1][:30]
    corrected = [
        record(
            found[3].url, warcs.body_of(found[3].article, (words, f"Bản {n}: {words}")), at=day(40 + n), is_packed=False
        )
        for n in (2, 0, 1)
    ]
    never = warcs.revisit(found[0], at=day(60), digest="sha1:" + "A" * 32, original=day(59))
    return {
        "a.warc.gz": b"".join(first + again[:6] + first[:2]),
        "b.warc.gz": b"".join([again[6], never, *again[7:]]),
        "c.warc": b"".join(corrected),
    }


def test_several_processes_give_every_row_that_one_gives(
    archive: Archive, registry: Registry, tmp_path: Path, empty_home: Path
) -> None:
    (one, first), (two, second) = import_twice(history(), archive, registry, tmp_path, empty_home)
    assert one == two
    assert len(one["version"]) > 12
    assert [(f.records, f.added, f.known, f.unusable) for f in first.files] == [
        (f.records, f.added, f.known, f.unusable) for f in second.files
    ]
    assert [run.counts for run in first.runs] == [run.counts for run in second.runs]


@pytest.mark.parametrize("is_packed", [True, False], ids=["packed", "plain"])
def test_warc_file_within_a_page_forges_no_capture(
    archive: Archive, registry: Registry, tmp_path: Path, empty_home: Path, is_packed: bool
) -> None:
    """A search from the middle of the outer record finds the inner one: it has to be known for what it is."""
    page, victim = pages(2)
    forged = record(victim.url, victim.body, is_packed=is_packed)
    noise = random.Random(1).randbytes
    body = noise(7800) + b"\n" + forged + noise(9)  # begins and ends in the third part
    outer = record(page.url, body, headers=[("Content-Type", "application/warc")], is_packed=is_packed)
    if is_packed:  # deflate stores what does not pack, byte for byte
        outer = gzip.compress(gzip.decompress(outer), compresslevel=0)
    at = outer.index(forged)
    assert 8000 < at < len(outer) < 12000
    last = record(page.url, page.body, at=day(1), is_packed=is_packed)
    name = "a.warc.gz" if is_packed else "a.warc"
    results = import_twice({name: outer + last}, archive, registry, tmp_path, empty_home)
    assert results[0][0] == results[1][0]
    for stored, report in results:
        assert [file.records for file in report.files] == [2]
        assert len(stored["capture"]) == 2
        assert victim.url not in str(stored)


def test_damage_where_parts_meet_costs_no_more_than_in_one_process(
    archive: Archive, registry: Registry, tmp_path: Path, empty_home: Path
) -> None:
    whole = b"".join(record(page.url, page.body) for page in pages(12))
    chance, files = random.Random(5), {}
    for number in range(6):
        noisy = bytearray(whole)
        for at in range(3900, len(noisy), 4000):  # around the bounds
            noisy[at + chance.randrange(200)] ^= 255
        files[f"{number}.warc.gz"] = bytes(noisy[: len(noisy) - chance.randrange(900)])
    (one, first), (two, second) = import_twice(files, archive, registry, tmp_path, empty_home)
    assert one == two
    assert [(f.records, f.torn_at, f.unusable, f.examples) for f in first.files] == [
        (f.records, f.torn_at, f.unusable, f.examples) for f in second.files
    ]


def test_page_that_kills_its_reader_is_kept_and_costs_no_other(
    archive: Archive, registry: Registry, tmp_path: Path
) -> None:
    found = pages(9)
    theirs = warcs.articles_of("demo-yenbai")[0]
    url = f"http://yenbai.test{warcs.BY_KEY['demo-yenbai'].article_path(theirs)}"
    content = [record(page.url, page.body) for page in found]
    content.insert(5, record(url, found[0].body))
    (tmp_path / "a.warc.gz").write_bytes(b"".join(content))
    deadly = Deadly(registry.families, registry.portals)
    report = import_files([tmp_path / "a.warc.gz"], archive, deadly, processes=2, keeps_all=True)
    assert [file.added for file in report.files] == [10]
    assert archive.counts()["articles"] == 9
    with archive._engine.connect() as connection:
        [reason] = connection.exec_driver_sql("SELECT reason FROM capture WHERE kind != 'article'").scalars()
    assert reason == "its reader died; the capture is kept"


def test_parts_are_handed_out_a_few_at_a_time(archive: Archive, registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(record(page.url, page.body) for page in pages(12)) * 20)
    taken = 0

    def counted() -> Iterator[parts.Part]:
        nonlocal taken
        for part in parts.parts_of(path):
            taken += 1
            yield part

    setup = Setup(home=archive.home, registry=registry, named=None)
    reads = PartReads(PartReader(archive, registry, None), setup, processes=2)
    try:
        for number, _ in enumerate(reads.in_order(counted())):
            assert taken <= number + 4
    finally:
        reads.close()
    assert taken > 50


def test_part_that_holds_much_comes_in_several_goes(
    archive: Archive, registry: Registry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A megabyte of packed records may be a gigabyte of pages."""
    monkeypatch.setattr(parts, "PART_BYTES", 1 << 20)
    path = tmp_path / "a.warc.gz"
    big = record("https://quangcao.test/", b"x" * 12_000_000)
    path.write_bytes(big * 9)
    [part] = parts.parts_of(path)
    setup = Setup(home=archive.home, registry=registry, named=None)
    reads = list(PartReads(PartReader(archive, registry, None), setup, processes=1).in_order([part]))
    assert [len(one.reads) for one in reads] == [3, 3, 3]
    assert len(gzip.decompress(big)) * 3 > parts.BYTES_A_GO


def test_what_an_undone_transaction_counted_is_not_counted(archive: Archive, registry: Registry) -> None:
    with PortalRuns(archive, "import", keeps_all=True) as runs:
        run = runs.of(registry.portal(warcs.KEY))
        with runs.counting():
            run.counts["captured"] += 1
        with suppress(ZeroDivisionError), runs.counting():
            run.counts["captured"] += 1
            runs.of(registry.portal("demo-yenbai")).decisions.reject("soft-404")
            raise ZeroDivisionError
    counted = {report.portal: (report.counts, report.rejected) for report in runs.reports}
    assert counted == {warcs.KEY: ({"captured": 1}, {}), "demo-yenbai": ({}, {})}
