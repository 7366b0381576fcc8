"""The fall-back of our index library: whoosh-reloaded passes the same search tests and reads the same index."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from search.indexer import Indexer
from tests.archive import build
from tests.conformance.environments import ROOT, environment

pytestmark = pytest.mark.conformance
# Questions to each engine in each state of its index; `make test` asks 180.
MANY = {"ENGINE_QUERIES": "1800"}


def _reloaded() -> Path:
    return environment("whoosh-reloaded", "whoosh-reloaded==2.7.5", "setuptools<81")


def test_reloaded_reads_the_index_we_write(tmp_path: Path) -> None:
    with build.new_archive(tmp_path) as archive:
        archive.save(build.entry(), build.text(), build.description())
        Indexer(archive).update()
        [folder] = archive.home.index.glob("whoosh-*")
    found = "index.open_dir(sys.argv[1]).searcher().search(query.Phrase('body', ['dân', 'vận', 'khéo']))[0]['id']"
    code = f"import sys; from whoosh import index, query; print(index.__file__, {found})"
    done = subprocess.run(
        [str(_reloaded() / "python"), "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.stdout.split()[-1:] == ["1"], done.stderr
    assert "whoosh-reloaded" in done.stdout


def test_search_tests_pass_with_reloaded() -> None:
    """The other library's folder stands before ours on the path; warnings of its own are let through."""
    [packages] = _reloaded().parent.glob("lib/python3*/site-packages")
    shadow = ROOT / ".conformance" / "shadow"
    shadow.mkdir(exist_ok=True)
    for name in ("whoosh", "cached_property.py"):
        link = shadow / name
        if not link.is_symlink():
            link.symlink_to(packages / name)
    environment_ = os.environ | {"PYTHONPATH": str(shadow), **MANY}
    command = [
        str(ROOT / ".venv/bin/python"),
        "-m",
        "pytest",
        "-q",
        "-W",
        "default",
        "tests/search",
        "--ignore=tests/search/web",
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment_, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_engines_agree_over_ten_times_as_many_questions() -> None:
    command = [str(ROOT / ".venv/bin/python"), "-m", "pytest", "-q", "-n", "2", "tests/search/engines"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | MANY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
