"""The index follows the archive and is never the truth."""

from __future__ import annotations

import fcntl
from datetime import timedelta
from pathlib import Path

import pytest

from archive.errors import ArchiveLockedError, StorageError
from archive.repository import Archive
from search.indexer import Indexer
from search.service import Question, SearchService
from tests.archive import build


def found(archive: Archive, text: str) -> set[int]:
    return {hit.article.id for hit in SearchService(archive).search(Question(text=text)).hits}


def test_search_catches_up_with_new_changed_and_removed_articles(archive: Archive) -> None:
    assert found(archive, "chè") == {4}
    url = "https://mau.test/4.html"
    later = build.NOON + timedelta(days=1)
    archive.save(build.entry(url, later), build.text(url=url, title="Cà phê", body="Giá tăng."), build.description())
    assert found(archive, "chè") == set()
    assert found(archive, '"cà phê"') == {4}
    archive.remove(4, later)
    [hit] = SearchService(archive).search(Question(text='"cà phê"')).hits
    assert hit.article.removed_at == later


def test_update_writes_each_article_once(archive: Archive) -> None:
    indexer = Indexer(archive)
    url = "https://mau.test/1.html"
    for day in range(1, 4):
        entry = build.entry(url, build.NOON + timedelta(days=day))
        archive.save(entry, build.text(url=url, body=f"Bản thứ {day}."), build.description())
    assert indexer.update() == 4
    assert indexer.update() == 0
    assert indexer.verify() == []


def test_rebuild_leaves_one_folder_and_the_same_answers(archive: Archive) -> None:
    indexer = Indexer(archive)
    indexer.update()
    before = found(archive, "dân")
    indexer.rebuild()
    assert found(archive, "dân") == before
    assert len(list(archive.home.index.glob("whoosh-*"))) == 1


# Whoosh leaves a damaged file open when it fails to read it.
leaves_files_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@leaves_files_open
@pytest.mark.parametrize("victim", ["*.toc", "*.seg", "danvan.json"])
def test_damaged_index_is_rebuilt_when_small(archive: Archive, victim: str) -> None:
    Indexer(archive).update()
    [folder] = archive.home.index.glob("whoosh-*")
    for path in folder.glob(victim):
        path.write_bytes(path.read_bytes()[:7])
    assert found(archive, "dân") == {1, 2}


@leaves_files_open
def test_damaged_index_that_is_large_says_how_to_rebuild(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    Indexer(archive).update()
    [folder] = archive.home.index.glob("whoosh-*")
    for path in folder.glob("*.toc"):
        path.write_bytes(b"torn")
    monkeypatch.setattr("search.indexer.CATCH_UP", 0)
    with pytest.raises(StorageError, match=r"is damaged .*danvan index rebuild"):
        found(archive, "dân")


def test_index_of_another_schema_is_built_anew(archive: Archive) -> None:
    Indexer(archive).update()
    [folder] = archive.home.index.glob("whoosh-*")
    folder.joinpath("danvan.json").write_text('{"schema": "0.0", "cursor": "0-4"}')
    assert found(archive, "dân") == {1, 2}


def test_search_answers_while_another_process_writes_and_says_how_far_behind(archive: Archive) -> None:
    Indexer(archive).update()
    url = "https://mau.test/9.html"
    archive.save(build.entry(url), build.text(url=url), build.description())
    with open(archive.home.index / "LOCK", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = SearchService(archive).search(Question())
        assert (page.total, page.behind) == (4, 1)
        with pytest.raises(ArchiveLockedError, match="being written"):
            Indexer(archive).update()
    assert SearchService(archive).search(Question()).total == 5


def test_crash_after_commit_before_cursor_only_writes_again(archive: Archive) -> None:
    Indexer(archive).update()
    [folder] = archive.home.index.glob("whoosh-*")
    state = folder / "danvan.json"
    state.write_text(state.read_text().replace('"0-4"', '"0-1"'))
    assert Indexer(archive).update() == 3
    assert Indexer(archive).verify() == []


def test_verify_names_what_differs(archive: Archive) -> None:
    assert Indexer(archive).verify() == ["no index of this version; run `danvan index rebuild`"]
    Indexer(archive).update()
    url = "https://mau.test/9.html"
    archive.save(build.entry(url), build.text(url=url), build.description())
    assert len(Indexer(archive).verify()) == 2


def test_stock_whoosh_opens_the_index(archive: Archive) -> None:
    import subprocess
    import sys

    Indexer(archive).update()
    [folder] = archive.home.index.glob("whoosh-*")
    found = "index.open_dir(sys.argv[1]).searcher().search(query.Term('title', 'chè'))[0]['id']"
    code = f"import sys; from whoosh import index, query; print({found})"
    command = [sys.executable, "-I", "-c", code, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=Path("/"), check=False)
    assert answer.stdout.strip() == "4", answer.stderr
