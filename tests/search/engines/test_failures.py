"""What a reader is told, and what is kept, when files are missing, damaged or foreign and writers die."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from whoosh import fields, index

from archive.errors import ArchiveLockedError, StorageError, UsageError
from search.engines import tree
from search.engines.base import FACETS, SearchRequest
from search.engines.choice import chosen
from search.engines.tantivy.engine import TantivyEngine
from search.engines.whoosh import arrays
from search.engines.whoosh.engine import WhooshEngine
from tests.search.engines.generated import documents

DAN = SearchRequest(query=tree.Term("body", "dan", "folded"), size=200)
# Whoosh leaves a damaged file open when it fails to read it.
leaves_files_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine = WhooshEngine.create(tmp_path / "index")
    for step in range(3):
        engine.write(documents(20 * step + 1, 20 * step + 21, seed=step), (), f"0-{step}")
    return tmp_path / "index"


def answer(folder: Path) -> tuple[list[int], str | None]:
    engine = WhooshEngine(folder)
    found = engine.search(DAN, FACETS)
    return [hit.article_id for hit in found.hits], found.notice


def damage(path: Path, kind: str) -> None:
    body = bytearray(path.read_bytes())
    match kind:
        case "missing":
            path.unlink()
        case "cut short":
            path.write_bytes(body[: len(body) // 2])
        case "empty":
            path.write_bytes(b"")
        case "no header":
            path.write_bytes(b"x" * len(body))
        case "header":
            body[40] ^= 1
            path.write_bytes(body)
        case "one bit":
            body[arrays.read(path, path.stem).first_byte] ^= 1  # of an article's number
            path.write_bytes(body)
        case "of another segment":
            shutil.copy(next(other for other in path.parent.glob("*.arrays") if other != path), path)


@pytest.mark.parametrize(
    "kind", ["missing", "cut short", "empty", "no header", "header", "one bit", "of another segment"]
)
def test_whoosh_answers_and_says_so_where_arrays_cannot(folder: Path, kind: str) -> None:
    right, notice = answer(folder)
    assert notice is None
    damage(sorted(folder.glob("*.arrays"))[0], kind)
    found, notice = answer(folder)
    assert sorted(found) == sorted(right)
    assert notice is not None
    assert notice.startswith("answered slowly, by Whoosh alone (MAIN_")
    assert notice.endswith("run `danvan index rebuild`")
    engine = WhooshEngine(folder)
    assert len(engine.verify()) == 1


def test_an_index_without_arrays_is_still_written_and_joined_as_far_as_it_can_be(folder: Path) -> None:
    sorted(folder.glob("*.arrays"))[0].unlink()
    engine = WhooshEngine(folder)
    engine.write(documents(1, 3, seed=9), (60,), "0-9")
    assert engine.maintain()
    assert sorted(engine.all_ids()) == list(range(1, 60))
    assert len(list(folder.glob("*.seg"))) == 2


@leaves_files_open
@pytest.mark.parametrize("victim", ["*.toc", "*.seg"])
@pytest.mark.parametrize("kind", ["cut short", "empty"])
def test_damaged_whoosh_files_ask_for_a_rebuild(folder: Path, victim: str, kind: str) -> None:
    damage(sorted(folder.glob(victim))[0], kind)
    with pytest.raises(StorageError, match=r"is damaged .*danvan index rebuild"):
        answer(folder)


@leaves_files_open
def test_damaged_tantivy_files_ask_for_a_rebuild(tmp_path: Path) -> None:
    engine = TantivyEngine.create(tmp_path / "index")
    engine.write(documents(1, 20, seed=1), (), "0-1")
    damage(tmp_path / "index" / "meta.json", "cut short")
    assert "is damaged" in engine.verify()[0]
    with pytest.raises(StorageError, match=r"is damaged .*danvan index rebuild"):
        TantivyEngine(tmp_path / "index")


def test_a_folder_of_somebody_else_is_not_taken_for_ours(folder: Path) -> None:
    shutil.rmtree(folder / "other", ignore_errors=True)
    for path in folder.iterdir():
        if path.name != "danvan.json":
            path.unlink()
    index.create_in(str(folder), fields.Schema(id=fields.ID)).close()
    with pytest.raises(StorageError, match="is not an index of danvan"):
        WhooshEngine(folder)


def test_a_reader_keeps_what_it_began_with_while_others_write_and_join(folder: Path) -> None:
    reader, writer = WhooshEngine(folder), WhooshEngine(folder)
    before = reader.search(DAN, FACETS)
    writer.write(documents(1, 61, seed=77), (), "0-9")
    writer.maintain()
    assert reader.search(DAN, FACETS) == before
    shutil.rmtree(folder)  # as a rebuild does with the folder that it replaces
    assert reader.search(DAN, FACETS) == before


WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from search.engines.{module} import {engine}
from tests.search.engines.generated import documents
engine = {engine}(Path(sys.argv[1]))
for step in itertools.count():
    engine.write(documents(1000 + step, 1060 + step, seed=step), (), f"0-{{step + 9}}")
    print(step, flush=True)
"""


@pytest.mark.parametrize(("module", "engine"), [("whoosh.engine", "WhooshEngine"), ("tantivy.engine", "TantivyEngine")])
def test_a_writer_that_is_killed_leaves_an_index_that_opens_and_is_written_on(
    tmp_path: Path, module: str, engine: str
) -> None:
    opened = {"WhooshEngine": WhooshEngine, "TantivyEngine": TantivyEngine}[engine]
    first = opened.create(tmp_path / "index")
    first.write(documents(1, 20, seed=1), (), "0-1")
    for lines in (1, 4):
        code = WRITE_FOR_EVER.format(module=module, engine=engine)
        command = [sys.executable, "-c", code, str(tmp_path / "index")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    again = opened(tmp_path / "index")
    assert {*range(1, 20), *range(1000, 1060)} <= set(again.all_ids())
    again.write(documents(5000, 5002, seed=1), (1,), "0-99")
    assert {5000, 5001} <= set(again.all_ids())
    assert 1 not in again.all_ids()
    assert again.verify() == []
    assert again.search(DAN).notice is None
    assert not list((tmp_path / "index").glob(".scratch-*"))


def test_a_second_writer_is_told_to_wait_and_a_failed_one_lets_go(folder: Path) -> None:
    engine = WhooshEngine(folder)

    def failing():  # type: ignore[no-untyped-def]
        yield from documents(1, 3, seed=1)
        with pytest.raises(ArchiveLockedError, match="being written by another process"):
            WhooshEngine(folder).write((), (), "0-5")
        raise KeyError("a document that cannot be read")

    before = answer(folder)
    with pytest.raises(KeyError):
        engine.write(failing(), (), "0-5")
    assert answer(folder) == before
    engine.write(documents(90, 92, seed=1), (), "0-6")
    assert 90 in engine.all_ids()


def test_an_unknown_engine_says_which_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_ENGINE", "lucene")
    with pytest.raises(UsageError, match="DANVAN_ENGINE=lucene is unknown: there are whoosh and tantivy"):
        chosen()


def test_an_engine_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_ENGINE", "tantivy")
    assert chosen().name == "tantivy"
    for name in [name for name in sys.modules if name.startswith(("tantivy", "search.engines.tantivy"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(UsageError, match=r"pip install 'danvan\[tantivy\]'"):
        chosen()
