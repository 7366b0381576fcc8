"""WACZ packages: what they hold, and that an excerpt is the archive's own bytes. tests/conformance has the validator."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.command import run
from archive.repository import Archive
from archive.warc import Exchange, WarcFile
from tests.archive import build
from tests.archive.fixity.filled import exchange


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An archive of two articles, the second captured twice with the same answer."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DANVAN_HOME", str(folder))
    with build.new_archive(folder) as archive:
        writer = WarcFile(archive.home.warc, find_original=archive.first_with_digest)
        for number, days in ((1, 0), (2, 0), (2, 1)):
            url = f"https://mau.test/{number}.html"
            sent = exchange(url, f"<p>Dân vận khéo số {number}</p>".encode(), build.NOON + timedelta(days=days))
            save(archive, url, writer, sent, f"Bài số {number}")
        writer.close()
        yield folder


def save(archive: Archive, url: str, writer: WarcFile, sent: Exchange, title: str) -> None:
    entry = replace(build.entry(url), capture=writer.write(sent))
    archive.save(entry, replace(build.text(url=url), title=title), build.description())


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
        return {name: opened.read(name) for name in opened.namelist()}


def test_package_holds_files_index_and_pages_and_their_digests(home: Path, tmp_path: Path) -> None:
    assert run(["warc", "wacz", "-o", str(tmp_path / "a.wacz"), "--title", "Dân vận"]) == 0
    found = packed(tmp_path / "a.wacz")
    about = json.loads(found["datapackage.json"])
    assert (about["wacz_version"], about["title"]) == ("1.1.1", "Dân vận")
    for resource in about["resources"]:
        body = found[resource["path"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert resource["bytes"] == len(body)
    digest = hashlib.sha256(found["datapackage.json"]).hexdigest()
    assert json.loads(found["datapackage-digest.json"])["hash"] == f"sha256:{digest}"
    _, *pages = map(json.loads, found["pages/pages.jsonl"].decode().splitlines())
    assert [(page["title"], page["ts"]) for page in pages] == [
        ("Bài số 1", "2024-07-10T05:00:00Z"),
        ("Bài số 2", "2024-07-10T05:00:00Z"),
        ("Bài số 2", "2024-07-11T05:00:00Z"),
    ]


def test_index_is_found_by_the_first_key_of_each_block(home: Path, tmp_path: Path) -> None:
    run(["warc", "wacz", "-o", str(tmp_path / "a.wacz")])
    found = packed(tmp_path / "a.wacz")
    _, entry = found["indexes/index.idx"].decode().splitlines()
    key, where = entry.split(" {", 1)
    place = json.loads("{" + where)
    block = found["indexes/index.cdx.gz"][place["offset"] : place["offset"] + place["length"]]
    lines = gzip.decompress(block).decode().splitlines()
    assert len(lines) == 3
    assert lines == sorted(lines)
    assert lines[0].startswith(key)


def test_excerpt_is_the_archives_own_bytes_and_brings_what_revisits_refer_to(home: Path, tmp_path: Path) -> None:
    assert run(["warc", "wacz", "2", "-o", str(tmp_path / "two.wacz")]) == 0
    found = packed(tmp_path / "two.wacz")
    [excerpt] = [body for name, body in found.items() if name.startswith("archive/")]
    [source] = [path.read_bytes() for path in (home / "warc").glob("*.warc.gz")]
    info_end = excerpt.index(b"\x1f\x8b", 2)
    members = excerpt[info_end:]
    plain = gzip.decompress(members)
    assert [plain.count(kind) for kind in (b"WARC-Type: response", b"WARC-Type: revisit", b"WARC-Type: request")] == [
        1,
        1,
        2,
    ]
    assert members in source or all(part in source for part in members.split(b"\x1f\x8b\x08")[1:])
    assert b"/1.html" not in plain


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["999", "-o", "x.wacz"], "no article 999"),
        (["1", "-o", "x.zip"], "name the package NAME.wacz"),
        (["1", "-o", "thư mục không có/x.wacz"], "its folder is not there"),
        (["không", "-o", "x.wacz"], "not a valid integer"),
    ],
)
def test_wrong_usage_says_what_to_do(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["warc", "wacz", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("x.*"))


def test_package_that_is_there_is_not_overwritten(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_text("mine")
    assert run(["warc", "wacz", "-o", str(tmp_path / "a.wacz")]) == 2
    assert (tmp_path / "a.wacz").read_text() == "mine"


def test_empty_archive_has_nothing_to_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build.new_archive(tmp_path / "empty").close()
    monkeypatch.setenv("DANVAN_HOME", str(tmp_path / "empty"))
    assert run(["warc", "wacz", "-o", str(tmp_path / "a.wacz")]) == 3
