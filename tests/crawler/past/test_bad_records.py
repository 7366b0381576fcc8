"""Damaged and strange files: what is whole is taken, what is not is counted with its reason, nothing crashes."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from backports import zstd

from archive.repository import Archive
from crawler.past.part_reader import PartReader
from crawler.past.parts import Elsewhere, parts_of
from spiders.registry import Registry
from tests.crawler.past import warcs
from tests.crawler.past.conftest import Import
from tests.crawler.past.warcs import day, pages, record, repacked

FIRST, BAD, LAST = pages(3)
GOOD = record(BAD.url, BAD.body, at=day(1))
PLAIN = record(BAD.url, BAD.body, at=day(1), is_packed=False)
LENGTH = b"Content-Length: %d\r\n\r\nHTTP" % (len(PLAIN) - PLAIN.index(b"HTTP/1.1") - 4)
WRONG = {
    "wrong payload digest": (repacked(GOOD, a=(b"WARC-Payload-Digest: sha1:", b"WARC-Payload-Digest: sha1:A")), "wrong digest"),
    "wrong block digest": (record(BAD.url, BAD.body, more={"WARC-Block-Digest": "sha1:" + "A" * 32}), "wrong digest"),
    "length is no number": (repacked(GOOD, a=(LENGTH, b"Content-Length: x\r\n\r\nHTTP")), "Content-Length is no number"),
    "length is negative": (repacked(GOOD, a=(LENGTH, b"Content-Length: -5\r\n\r\nHTTP")), "Content-Length is no number"),
    "length is too small": (repacked(GOOD, a=(LENGTH, b"Content-Length: 99\r\n\r\nHTTP")), "declares 99 bytes and holds another number"),
    "2 GB declared": (repacked(GOOD, a=(LENGTH, b"Content-Length: 2147483648\r\n\r\nHTTP")),
                      "declares 2147483648 bytes and holds another number"),
    "file address": (record("file:///etc/passwd", b"root", at=day(1)), "not HTTP"),
    "DNS answer": (record("dns:giavien.test", b"127.0.0.1", at=day(1)), "not HTTP"),
    "no HTTP inside": (repacked(record(BAD.url, b"x"), a=(b"HTTP/1.1 200", b"SMTP/1.1 200"), b=(b"WARC-Block-Digest", b"X-Block-Digest")), "not HTTP"),
    "truncated": (record(BAD.url, BAD.body, more={"WARC-Truncated": "length"}), "truncated when it was captured"),
    "half a page": (repacked(record(BAD.url, b"12"), a=(b"Content-Length: 2\r\n\r\n12", b"Content-Length: 9\r\n\r\n12"),
                             b=(b"WARC-Block-Digest", b"X-Block-Digest")), "the page is shorter than its server promised"),
    "no date": (record(BAD.url, BAD.body, more={"WARC-Date": "hôm qua"}), "no date of capture"),
    "a date to come": (record(BAD.url, BAD.body, at=datetime.now(UTC) + timedelta(days=3)), "captured in the future"),
    "no original": (warcs.revisit(BAD, at=day(1), digest="sha1:" + "A" * 32, original=day(0)), "the capture it refers to is missing"),
    "not modified, never seen": (record(BAD.url, b"", status="304 Not Modified", kind="revisit", at=day(1)),
                                 "the capture it refers to is missing"),
    "damaged": (GOOD[:200] + bytes([GOOD[200] ^ 255]) + GOOD[201:], "damaged: does not unpack"),
    "no gzip inside": (b"\x1f\x8b\x08" + b"x" * 300, "damaged: does not unpack"),
    "too long": (record(BAD.url, b"x" * 18_000_000, at=day(1)), "longer than any page"),
    "unpacks to a bomb": (record(BAD.url, gzip.compress(b" " * 30_000_000), headers=(*warcs.HTML, ("Content-Encoding", "gzip"))),
                          "unpacks to more than any page has"),
    "packing unknown": (record(BAD.url, b"\x1f\x9d\x90" + bytes(range(99)), headers=(*warcs.HTML, ("Content-Encoding", "compress"))),
                        "packed in a way that cannot be undone"),
    "packing damaged": (record(BAD.url, b"\xff\0\0" * 99, headers=(*warcs.HTML, ("Content-Encoding", "br"))),
                        "packed in a way that cannot be undone"),
    "window of 2 GB": (record(BAD.url, b"\x28\xb5\x2f\xfd\x00\xa8" + b"\1" * 99, headers=(*warcs.HTML, ("Content-Encoding", "zstd"))),
                       "packed in a way that cannot be undone"),
    "brotli bomb": (record(BAD.url, brotli.compress(b" " * 30_000_000), headers=(*warcs.HTML, ("Content-Encoding", "br"))),
                    "unpacks to more than any page has"),
    "zstd bomb": (record(BAD.url, zstd.compress(b" " * 30_000_000), headers=(*warcs.HTML, ("Content-Encoding", "zstd"))),
                  "unpacks to more than any page has"),
    "several records in one member": (gzip.compress(PLAIN + PLAIN), "several records in one gzip member: run `warcio recompress` on the file"),
    "no address": (repacked(GOOD, a=(b"WARC-Target-URI", b"X-Target-URI")), "not HTTP"),
}  # fmt: skip


@pytest.mark.parametrize(("bad", "reason"), WRONG.values(), ids=WRONG)
def test_bad_record_is_counted_and_its_neighbours_are_taken(
    run_import: Import, archive: Archive, bad: bytes, reason: str
) -> None:
    around = record(FIRST.url, FIRST.body), record(LAST.url, LAST.body)
    report = run_import({"a.warc.gz": around[0] + bad + around[1]})
    [file] = report.files
    assert file.unusable == {reason: 1}
    assert file.has_problems == (reason not in ("not HTTP", "longer than any page"))
    assert (file.added, file.torn_at) == (2, None)
    assert sorted(article.url for article in archive.all_articles()) == sorted([FIRST.url, LAST.url])


@pytest.mark.parametrize(
    ("length", "reason"),
    [(b"2147483648", "declares 2147483648 bytes and holds another number"), (b"99", "declares 99 bytes and holds another number"),
     (b"x", "Content-Length is no number")],
    ids=["2 GB", "too small", "no number"],
)  # fmt: skip
def test_wrong_length_in_a_plain_file_costs_one_record(
    run_import: Import, archive: Archive, length: bytes, reason: str
) -> None:
    bad = PLAIN.replace(LENGTH, b"Content-Length: " + length + b"\r\n\r\nHTTP")
    assert bad != PLAIN
    around = [record(page.url, page.body, is_packed=False) for page in (FIRST, LAST)]
    [file] = run_import({"a.warc": around[0] + bad + around[1]}).files
    assert (file.unusable, file.added) == ({reason: 1}, 2)


def test_torn_file_gives_its_whole_records_wherever_it_is_cut(run_import: Import, archive: Archive) -> None:
    whole = [record(page.url, page.body, at=day(n)) for n, page in enumerate((FIRST, BAD, LAST))]
    start = len(whole[0]) + len(whole[1])
    cuts = [start + 1, start + 2, start + 9, start + 200, start + len(whole[2]) - 1]
    for cut in cuts:
        report = run_import({"a.warc.gz": b"".join(whole)[:cut]})
        [file] = report.files
        assert (file.torn_at, file.records, file.has_problems) == (start, 2, True), cut
    assert archive.counts()["articles"] == 2
    [file] = run_import({"a.warc.gz": b"".join(whole)}).files
    assert (file.added, file.known, file.torn_at) == (1, 2, None)


@pytest.mark.parametrize("is_packed", [True, False], ids=["packed", "plain"])
def test_cut_at_every_byte_of_the_last_record_costs_that_record_alone(
    archive: Archive, registry: Registry, tmp_path: Path, is_packed: bool
) -> None:
    whole = [record(f"http://khac.test/{n}.html", b"<p>Khac</p>", at=day(n), is_packed=is_packed) for n in range(3)]
    start, path = len(whole[0]) + len(whole[1]), tmp_path / "a.warc.gz"
    content, reader = b"".join(whole), PartReader(archive, registry, None)
    end = len(content) - (0 if is_packed else 4)  # the blank lines at the end of a plain file prove nothing
    for cut in range(start + 1, end):
        path.write_bytes(content[:cut])
        [part] = parts_of(path)
        found = reader.read(part)
        assert (found.torn_at, found.reads) == (start, (Elsewhere(host="khac.test"),) * 2), cut


def test_torn_plain_file_is_reported_with_its_offset(run_import: Import, archive: Archive) -> None:
    whole = [record(page.url, page.body, is_packed=False) for page in (FIRST, LAST)]
    [file] = run_import({"a.warc": b"".join(whole)[:-300]}).files
    assert (file.torn_at, file.records, archive.counts()["articles"]) == (len(whole[0]), 1, 1)


def test_noise_in_a_file_never_crashes_and_never_costs_what_is_stored(run_import: Import, archive: Archive) -> None:
    whole = b"".join(record(page.url, page.body) for page in pages(6))
    run_import({"good.warc.gz": whole[: len(whole) // 2]})
    stored = archive.counts()["articles"]
    chance = random.Random(7)
    for number in range(12):
        noisy = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            noisy[chance.randrange(50, len(noisy))] = chance.randrange(256)
        run_import({f"{number}.warc.gz": bytes(noisy)})
    assert archive.counts()["articles"] >= stored
    for article in archive.all_articles():
        assert article.text.title
