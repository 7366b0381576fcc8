"""An archive and a registry with the demo portals at made-up hosts; no server, no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.authorities import Authorities
from archive.repository import Archive
from crawler import workers
from crawler.demo.command import write_profiles
from crawler.past.importing import ImportReport, import_files
from crawler.reading import Reader
from spiders.registry import Registry, load_registry
from spiders.settings import PROFILES
from tests.archive.build import new_home
from tests.crawler.past.warcs import HOST, KEY

Import = Callable[..., ImportReport]


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("profiles")
    write_profiles(folder, {KEY: f"http://{HOST}", "demo-yenbai": "http://yenbai.test"})
    return load_registry((PROFILES, folder))


@pytest.fixture(scope="session")
def reader(registry: Registry) -> Reader:
    return Reader(registry, Authorities.load())


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive without anything in it, to be copied: making one takes longer than most tests."""
    home = new_home(tmp_path_factory.mktemp("empty") / "home")
    Archive.create(home)[0].close()
    return home.folder


@pytest.fixture
def archive(tmp_path: Path, empty_home: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Empty; pages are read in this process, by the registry of the tests."""
    monkeypatch.setattr(workers, "_reader", reader)
    shutil.copytree(empty_home, tmp_path / "home")
    with Archive.open(new_home(tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def run_import(archive: Archive, registry: Registry, tmp_path: Path) -> Import:
    """Import files given as name → bytes, in this order."""

    def run(files: dict[str, bytes], *, keeps_all: bool = False, portal: str | None = None) -> ImportReport:
        folder = tmp_path / "given"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        named = registry.portal(portal) if portal else None
        sources = [folder / name for name in files]
        return import_files(sources, archive, registry, processes=1, keeps_all=keeps_all, named=named)

    return run
