"""What is written is whole, readable by offset, accepted by warcio, and survives any cut."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.errors import StorageError
from archive.warc import Exchange, WarcFile, read_payload, salvage, whole_members

PAGE = "<p>Khéo vận động, dân đồng lòng</p>".encode() * 50


def exchange(path: str = "/tin/1.html?id=7&x=%C3%A9", body: bytes = PAGE, status: int = 200) -> Exchange:
    return Exchange(
        url=f"https://mau.test{path}",
        method="GET",
        path=path,
        request_headers=[("Host", "mau.test"), ("User-Agent", "danvan")],
        request_body=b"",
        status=status,
        protocol="HTTP/1.1",
        response_headers=[("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")],
        body=body,
        ip_address="203.0.113.7",
        fetched_at=datetime(2024, 7, 10, 4, 43, tzinfo=UTC),
    )


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    with open(path, "rb") as stream:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(stream)
        ]


def test_payload_is_read_back_by_offset_with_every_header(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    writer.write(exchange("/first"))
    capture = writer.write(exchange("/second", b"khac" * 99))
    writer.close()
    body, headers = read_payload(tmp_path, capture)
    assert body == b"khac" * 99
    assert [value for name, value in headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_open_file_can_be_read_while_the_crawl_runs(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    capture = writer.write(exchange())
    assert read_payload(tmp_path, capture)[0] == PAGE
    assert [path.suffix for path in tmp_path.iterdir()] == [".open"]
    writer.close()
    assert [path.suffix for path in tmp_path.iterdir()] == [".gz"]


def test_second_copy_of_a_payload_is_a_revisit_and_an_empty_body_never(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    captures = [writer.write(exchange(path)) for path in ("/a", "/b")]
    empty = [writer.write(exchange(path, b"")) for path in ("/c", "/d")]
    not_modified = writer.write(exchange("/a", b"", 304))
    writer.close()
    assert [capture.is_revisit for capture in captures] == [False, True]
    assert [capture.is_revisit for capture in empty] == [False, False]
    assert not_modified.is_revisit
    [path] = tmp_path.iterdir()
    revisit = [headers for kind, headers, _ in records(path) if kind == "revisit"]
    assert revisit[0]["WARC-Refers-To-Target-URI"] == "https://mau.test/a"
    assert revisit[1]["WARC-Profile"].endswith("server-not-modified")


def test_payload_of_an_earlier_file_is_found_through_the_ledger(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path, find_original=lambda digest: ("https://mau.test/old", "2023-01-02T03:04:05+00:00"))
    assert writer.write(exchange()).is_revisit
    writer.close()
    [path] = tmp_path.iterdir()
    [headers] = [headers for kind, headers, _ in records(path) if kind == "revisit"]
    assert headers["WARC-Refers-To-Date"] == "2023-01-02T03:04:05Z"


def test_files_roll_over_and_pass_warcio_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    writer = WarcFile(tmp_path, max_bytes=1500, info={"software": "danvan"})
    for number in range(12):
        writer.write(exchange(f"/{number}", PAGE + str(number).encode()))
    writer.close()
    paths = sorted(tmp_path.iterdir())
    assert len(paths) > 1
    for path in paths:
        assert records(path)[0][0] == "warcinfo"
        checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": True}))
        checker.process_all()
        assert checker.exit_value == 0
    assert "digest failed" not in capsys.readouterr().out


def test_every_cut_of_the_last_records_is_salvaged_to_whole_members(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    for number in range(3):
        writer.write(exchange(f"/{number}", PAGE + str(number).encode()))
    writer.close()
    [whole] = tmp_path.iterdir()
    packed = whole.read_bytes()
    last_two = packed[:-1]
    for _ in range(2):
        last_two = last_two[: whole_members(io.BytesIO(last_two))][:-1]
    for cut in range(len(last_two), len(packed)):
        end = whole_members(io.BytesIO(packed[:cut]))
        assert end <= cut
        kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(packed[:end]))]
        assert kinds == ["warcinfo", *["response", "request"] * 3][: len(kinds)]
        assert len(kinds) >= 4
    whole.with_name("danvan-torn.warc.gz.open").write_bytes(packed[:-5])
    [kept] = salvage(tmp_path)
    assert kept.name == "danvan-torn.warc.gz"
    assert len(records(kept)) == 6


def test_salvage_leaves_a_living_writer_alone(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    writer.write(exchange())
    assert salvage(tmp_path) == []
    writer.close()


def test_missing_or_torn_record_names_the_file(tmp_path: Path) -> None:
    writer = WarcFile(tmp_path)
    capture = writer.write(exchange())
    writer.close()
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[: capture.offset + 5])
    with pytest.raises(StorageError, match=r"danvan-.*no readable record"):
        read_payload(tmp_path, capture)


def test_unwritable_folder_is_a_one_line_error(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be written"):
        WarcFile(tmp_path / "file").write(exchange())
