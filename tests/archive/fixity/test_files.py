"""A WARC file changed anywhere is found, at its place, and hides no other."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from archive.fixity.digested import DigestedFile
from archive.fixity.files import FileCheck
from archive.fixity.findings import Baseline
from archive.fixity.record import RecordCheck, RecordFacts
from archive.fixity.tables import WarcFileRow
from archive.frames.members import Member, Members, Torn
from archive.models import CaptureRow
from archive.repository import Archive
from archive.warc import WarcFile
from tests.archive import build
from tests.archive.fixity.filled import damage, exchange, filled, verified, warcs


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filled(tmp_path) as opened:
        yield opened


def test_sound_archive_has_no_finding(archive: Archive) -> None:
    assert verified(archive) == []
    [run] = archive.fixity.runs()
    assert (run.verdict, run.counts["files"], run.counts["captures_proven"]) == ("clean", 2, 7)


def test_digest_is_kept_when_a_file_is_closed_and_at_the_first_check_otherwise(archive: Archive) -> None:
    def sources() -> set[str]:
        with archive.fixity.engine.begin() as connection:
            return set(connection.exec_driver_sql("SELECT source FROM warc_file").scalars())

    assert sources() == {"closed"}
    with archive.fixity.engine.begin() as connection:
        connection.execute(delete(WarcFileRow))
    assert verified(archive) == []
    assert sources() == {"verified"}


def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    """Each byte of a small file, headers, framing and redundant gzip fields alike."""
    writer = WarcFile(tmp_path)
    writer.write(exchange("https://mau.test/1.html", b"Kheo van dong", build.NOON))
    writer.close()
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    baseline = measured(whole)
    silent = []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        found = [f for f in check(path, baseline) if f.is_damage]
        assert found, f"byte {at}"
        assert len(found) == 1
        if found[0].kind == "file-changed":
            silent.append(at)
    # gzip's flag for text, time, level and system (and a deflate stream's last bits) prove nothing of a record
    starts = [part.offset for part in members(whole)]
    assert {at - start for start in starts for at in silent if start <= at < start + 10} <= {3, 4, 5, 6, 7, 8, 9}
    assert len(silent) < len(whole) // 20


def test_every_cut_is_found_and_whole_records_before_it_count(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    writer.write(exchange("https://mau.test/1.html", b"Kheo van dong", build.NOON))
    writer.close()
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    baseline, starts = measured(whole), [part.offset for part in members(whole)]
    for end in range(0, len(whole), 3):
        path.write_bytes(whole[:end])
        kinds = [finding.kind for finding in check(path, baseline) if finding.is_damage]
        too_short = min(end - start for start in starts if start <= end) < len("\x1f\x8b\x08")
        assert kinds == (["file-changed"] if end in starts else ["trailing-bytes"] if too_short else ["truncated"])


@pytest.mark.parametrize("tail", [b"\0", b"garbage" * 10_000, b"\x1f\x8b\x08", b"\x1f\x8b\x08" * 9], ids=len)
def test_trailing_bytes_are_found(archive: Archive, tail: bytes) -> None:
    path = warcs(archive)[0]
    path.write_bytes(path.read_bytes() + tail)
    [finding] = [finding for finding in verified(archive) if finding.is_damage]
    assert finding.kind in ("trailing-bytes", "truncated", "member-damaged")
    assert (finding.file, finding.row) == (path.name, None)


def test_flipped_byte_of_a_capture_names_file_offset_and_address(archive: Archive) -> None:
    [capture] = archive.versions(1)[0].captures
    path = archive.home.warc / capture.warc_file
    flip(path, capture.offset + capture.length // 2)
    [finding] = [finding for finding in verified(archive) if finding.is_damage]
    assert (finding.file, finding.offset, finding.url) == (path.name, capture.offset, capture.url)
    assert "restore" in finding.advice
    last = archive.fixity.last_check(capture)
    assert last is not None
    assert last[1] == finding.kind


def test_damage_in_one_place_hides_none_behind_it(archive: Archive) -> None:
    captures = [version.captures[0] for version in archive.versions(1)]
    other = archive.versions(2)[0].captures[0]
    for capture in (*captures, other):
        flip(archive.home.warc / capture.warc_file, capture.offset + capture.length // 2)
    found = {(finding.file, finding.offset) for finding in verified(archive) if finding.is_damage}
    assert found == {(capture.warc_file, capture.offset) for capture in (*captures, other)}


def test_missing_file_is_found_and_the_other_still_read(archive: Archive) -> None:
    first, second = warcs(archive)
    first.unlink()
    found = verified(archive)
    assert [(finding.kind, finding.file) for finding in found] == [("file-missing", first.name)]
    assert archive.fixity.runs()[0].counts["files"] == 1
    assert second.exists()


def test_file_nobody_names_is_a_notice(archive: Archive) -> None:
    writer = WarcFile(archive.home.warc, prefix="other")
    writer.write(exchange("https://mau.test/9.html", b"9", build.NOON))
    writer.close()
    found = verified(archive)
    assert [finding.kind for finding in found] == ["file-unnamed", "record-unlisted"]
    assert not any(finding.is_damage for finding in found)


def test_file_being_written_is_no_damage_even_with_half_a_record(archive: Archive) -> None:
    writer = WarcFile(archive.home.warc, prefix="other")
    writer.write(exchange("https://mau.test/9.html", b"9", build.NOON))
    [path] = archive.home.warc.glob("*.open")
    with open(path, "ab") as stream:
        stream.write(gzip.compress(b"WARC/1.1\r\n")[:12])
    kinds = [finding.kind for finding in verified(archive)]
    writer.close()
    assert kinds == ["file-unnamed", "record-unlisted", "file-open"]


def test_damage_from_before_the_archive_that_no_capture_names_is_a_notice(archive: Archive) -> None:
    path = archive.home.warc / "imported.warc.gz"
    path.write_bytes(warcs(archive)[0].read_bytes()[:-5])
    archive.fixity.record_closed(path.name, *measured(path.read_bytes()).__dict__.values())
    kinds = {finding.kind for finding in verified(archive)}
    assert kinds == {"file-unnamed", "record-unlisted", "damaged-before"}
    flip(path, 40)
    assert damage(archive)


def test_revisit_without_its_original_is_found(archive: Archive) -> None:
    with archive.fixity.engine.begin() as connection:
        originals = CaptureRow.url == "https://mau.test/"
        changed = (
            update(CaptureRow).where(originals, CaptureRow.is_revisit.is_(False)).values(payload_digest="X", url="Y")
        )
        connection.execute(changed)
    assert set(damage(archive)) >= {"revisit-unresolved", "capture-differs", "row-changed"}


@pytest.mark.parametrize("field", ["WARC-Block-Digest", "WARC-Payload-Digest"])
def test_record_packed_anew_with_another_body_is_found_by_its_digests(tmp_path: Path, field: str) -> None:
    writer = WarcFile(tmp_path)
    writer.write(exchange("https://mau.test/1.html", b"Kheo van dong", build.NOON))
    writer.close()
    [path] = tmp_path.iterdir()
    packed = path.read_bytes()
    plain = [gzip.decompress(packed[part.offset : part.offset + part.length]) for part in members(packed)]
    name = field.encode()
    forged = plain[1].replace(b"Kheo van dong", b"Kheo van dOng").replace(name + b": sha1:", name + b": sha1:A", 1)
    path.write_bytes(b"".join(gzip.compress(text) for text in (plain[0], forged, plain[2])))
    kinds = {finding.kind for finding in check(path, None) if finding.is_damage}
    assert kinds & {"block-digest", "payload-digest", "record-damaged"}


def test_reading_is_flat_in_memory(tmp_path: Path) -> None:
    """A record of 64 MB is read in chunks; what zlib holds back counts too."""
    packer, chunks = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS + 16), 64
    head = b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n" % (chunks << 20)
    parts = [packer.compress(head), *(packer.compress(b"\0" * (1 << 20)) for _ in range(chunks))]
    path = tmp_path / "big.warc.gz"
    path.write_bytes(b"".join([*parts, packer.compress(b"\r\n\r\n"), packer.flush()]))
    import tracemalloc

    tracemalloc.start()
    with open(path, "rb") as stream:
        [member] = Members(stream, RecordCheck)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()
    assert isinstance(member, Member)
    assert (member.record.fault, member.record.payload_length) == (None, chunks << 20)


@pytest.mark.parametrize("size", [1 << 18, (1 << 18) + 1, 18_000_000])
def test_record_that_packs_very_small_hides_none_behind_it(size: int) -> None:
    one = b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    packed = [gzip.compress(one % (length, b"x" * length)) for length in (size, 3)]
    found = members(b"".join(packed))
    assert [(part.offset, part.length) for part in found] == [(0, len(packed[0])), (len(packed[0]), len(packed[1]))]


def test_unreadable_file_is_one_finding(archive: Archive) -> None:
    path = warcs(archive)[0]
    path.unlink()
    path.mkdir()
    assert damage(archive) == ["file-unreadable"]


def test_nothing_is_written_to_warc_files(archive: Archive) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in warcs(archive)}
    flip(warcs(archive)[0], 400)
    changed = warcs(archive)[0]
    os.utime(changed, ns=(0, before[changed][1]))
    damaged = changed.read_bytes()
    verified(archive)
    assert changed.read_bytes() == damaged
    assert {path.stat().st_mtime_ns for path in warcs(archive)} == {mtime for _, mtime in before.values()}


def check(path: Path, baseline: Baseline | None) -> list[object]:
    made = FileCheck(path, path.name, rows=iter(()), baseline=baseline, has_original=lambda *_: True)
    return list(made.findings())


def members(packed: bytes) -> list[Member[RecordFacts]]:
    found = list(Members(io.BytesIO(packed), RecordCheck))
    assert not any(isinstance(part, Torn) for part in found)
    return [part for part in found if isinstance(part, Member)]


def measured(packed: bytes) -> Baseline:
    file = DigestedFile(io.BytesIO(packed))
    file.read_through()
    return Baseline(size=file.size, sha256=file.sha256)


def flip(path: Path, at: int) -> None:
    packed = bytearray(path.read_bytes())
    packed[at] ^= 0x10
    path.write_bytes(packed)
