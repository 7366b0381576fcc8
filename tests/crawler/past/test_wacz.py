"""A WACZ gives its WARC files, and no name in it leads out of the folder of captures."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from archive.repository import Archive
from tests.crawler.past.conftest import Import
from tests.crawler.past.warcs import pages, record, wacz


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def symlink(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_wacz_gives_its_warc_files(run_import: Import, archive: Archive, tmp_path: Path) -> None:
    first, second = pages(2)
    content = {
        "archive/data.warc.gz": record(first.url, first.body),
        "archive/rec/data.warc.gz": record(second.url, second.body),  # a package may have folders
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b"{}",
    }
    report = run_import({"a.wacz": wacz(content)})
    assert {article.text.title for article in archive.all_articles()} == {first.article.title, second.article.title}
    assert everything(archive.home.warc) == {"data.warc.gz", "data-2.warc.gz"}
    assert all(file.file.startswith(str(tmp_path / "given" / "a.wacz")) for file in report.files)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("archive/../../../../evil.warc.gz", "evil.warc.gz"),
        ("/tmp/evil.warc.gz", "evil.warc.gz"),
        ("..\\..\\evil.warc.gz", "evil.warc.gz"),
        ("C:\\evil.warc.gz", "evil.warc.gz"),
        ("archive/\u202egz.craw/evil\n\x1b[2J.warc.gz", "evil___2J.warc.gz"),
        ("archive/.hidden.warc.gz", "hidden.warc.gz"),
        ("archive/..warc.gz", "warc.gz"),
        ("archive/archive.db.warc.gz", "archive.db.warc.gz"),
        ("archive/" + "Ấ" * 200 + ".warc.gz", "Ấ" * 47 + ".warc.gz"),
        ("archive/-rf.warc.gz", "-rf.warc.gz"),
    ],
    ids=[
        "up",
        "absolute",
        "backslashes",
        "drive",
        "control characters",
        "hidden",
        "dots",
        "database",
        "long",
        "option",
    ],
)
def test_hostile_name_stays_in_the_folder(
    run_import: Import, archive: Archive, tmp_path: Path, name: str, stored: str
) -> None:
    [page] = pages(1)
    before = everything(tmp_path)
    run_import({"a.wacz": wacz({name: record(page.url, page.body)})})
    added = everything(tmp_path) - before - {"given/a.wacz"}
    changed = {"home/archive.db-wal", "home/archive.db-shm", "home/runs/import.lock"}
    assert added - changed == {f"home/warc/{stored}"}
    assert archive.counts()["articles"] == 1


def test_link_in_a_wacz_is_no_link_and_nothing_is_kept_of_it(
    run_import: Import, archive: Archive, tmp_path: Path
) -> None:
    [page] = pages(1)
    members = {symlink("archive/a.warc.gz"): b"/etc/passwd", "archive/b.warc.gz": record(page.url, page.body)}
    report = run_import({"a.wacz": wacz(members)})
    assert sorted(file.stored_as or "" for file in report.files) == ["", "b.warc.gz"]
    assert everything(archive.home.warc) == {"b.warc.gz"}


def test_file_in_the_folder_is_never_written_over(run_import: Import, archive: Archive) -> None:
    first, second = pages(2)
    run_import({"a.warc.gz": record(first.url, first.body)})
    held = (archive.home.warc / "a.warc.gz").read_bytes()
    run_import({"b.wacz": wacz({"archive/a.warc.gz": record(second.url, second.body)})})
    assert (archive.home.warc / "a.warc.gz").read_bytes() == held
    assert everything(archive.home.warc) == {"a.warc.gz", "a-2.warc.gz"}
