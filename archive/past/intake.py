"""Taking files of others into the archive's folder of captures: copied whole, under a safe name of their own."""

from __future__ import annotations

import fcntl
import filecmp
import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from archive.errors import ArchiveLockedError, StorageError, UsageError
from archive.frames.walk import is_archive_file
from archive.past.repacking import is_one_stream, repack

_PART = ".importing"  # of a copy that is not complete yet
_BLOCK = 1 << 20
_LONGEST_NAME = 150
_ZIP = b"PK\x03\x04"
_MEMBERS = re.compile(r"\.w?arc(\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class TakenFile:
    """A file in the folder of captures; `is_new` where it was not there before."""

    source: str  # as the user names it; a WACZ with the file inside it
    path: Path
    is_new: bool
    size: int
    sha256: str
    is_repacked: bool = False  # one gzip stream there, its records packed one by one here
    torn_at: int | None = None  # where that stream breaks off


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One import into an archive at a time, or two would take one record twice."""
    try:
        stream = open(folder / "import.lock", "w")  # noqa: SIM115 (the lock lives as long as the stream)
    except OSError as error:
        raise StorageError(f"{folder}: cannot be written ({error.strerror}); check its permissions") from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveLockedError(f"{folder.parent}: another import is running; wait for it to end") from error
        yield


def require_readable(source: Path) -> None:
    """UsageError for a file that is no WARC, ARC or WACZ file."""
    try:
        if is_archive_file(source) or (_is_zip(source) and list(_members(source))):
            return
    except OSError as error:
        raise UsageError(f"{source}: cannot be read ({error.strerror})") from error
    except zipfile.BadZipFile as error:
        raise UsageError(f"{source}: a damaged WACZ or zip file ({error}); get it again, nothing was taken") from error
    raise UsageError(f"{source}: no WARC, ARC or WACZ file, or one without records")


def take_in(source: Path, folder: Path) -> Iterator[TakenFile]:
    """Copy a file, or the WARC files inside a WACZ, into a folder; one that is there already is not copied."""
    try:
        if not _is_zip(source):
            with open(source, "rb") as stream:
                yield _taken(str(source), source.name, stream, source.stat().st_size, folder)
            return
        with zipfile.ZipFile(source) as packed:
            for member in _members(source):
                with packed.open(member) as inner:
                    name = PurePosixPath(member.filename).name
                    yield _taken(f"{source}/{member.filename}", name, inner, member.file_size, folder)
    except (zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: a password, or a compression Python lacks
        raise UsageError(f"{source}: cannot be unpacked ({error}); get it again") from error
    except OSError as error:
        raise StorageError(f"{source}: cannot be copied ({error.strerror or error}); free space, run again") from error


def leave_out(taken: TakenFile) -> None:
    """Drop the copy of a file that shows nothing of any portal."""
    if taken.is_new:
        taken.path.unlink(missing_ok=True)


def _is_zip(source: Path) -> bool:
    with open(source, "rb") as stream:
        return stream.read(len(_ZIP)) == _ZIP


def _members(source: Path) -> Iterator[zipfile.ZipInfo]:
    with zipfile.ZipFile(source) as packed:
        yield from (one for one in packed.infolist() if _MEMBERS.search(one.filename) and not one.is_dir())


def _taken(source: str, name: str, stream: IO[bytes], size: int, folder: Path) -> TakenFile:
    """Copy beside, sync, then rename: a name never stands for half a file."""
    if shutil.disk_usage(folder).free < size:
        raise StorageError(f"{source}: {size:,} bytes do not fit into {folder}; free space, run again")
    safe = safe_name(name)
    part = folder / (safe + _PART)
    sha256 = _copied(stream, part)
    is_repacked, torn_at = is_one_stream(part), None
    if is_repacked:
        torn_at = _repacked(source, part)
        sha256 = _digest(part)
    taken = partial(TakenFile, source=source, size=part.stat().st_size, sha256=sha256, is_repacked=is_repacked,
                    torn_at=torn_at)  # fmt: skip
    for candidate in _numbered(safe):
        path = folder / candidate
        if not path.exists():
            os.replace(part, path)
            return taken(path=path, is_new=True)
        if path.stat().st_size == part.stat().st_size and filecmp.cmp(path, part, shallow=False):
            part.unlink()
            return taken(path=path, is_new=False)
    raise AssertionError("unreachable")  # names do not run out


def _repacked(source: str, part: Path) -> int | None:
    try:
        return repack(part)
    except UsageError as error:
        part.unlink()
        raise UsageError(f"{source}: {error}") from error


def _digest(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copied(stream: IO[bytes], part: Path) -> str:
    """Copy and sync; returns the digest of what was copied."""
    sha256 = hashlib.sha256()
    with open(part, "wb") as copy:
        while block := stream.read(_BLOCK):
            sha256.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return sha256.hexdigest()


def safe_name(name: str) -> str:
    """A file's name without what could lead elsewhere or be taken for a file being written.

    >>> safe_name("../../etc/x.warc.gz"), safe_name("b\\u1ea3n sao.warc.gz.open"), safe_name("")
    ('x.warc.gz', 'bản_sao.warc.gz', 'imported.warc')
    """
    plain = re.sub(r"[^\w.+=@-]", "_", PurePosixPath(name.replace("\\", "/")).name).lstrip(".")
    plain = re.sub(r"(\.open|\.importing)+$", "", plain)
    while len(plain.encode()) > _LONGEST_NAME:
        plain = plain[1:]
    return plain or "imported.warc"


def _numbered(name: str) -> Iterator[str]:
    """A name, then the same with 2, 3, … before its endings."""
    yield name
    stem, dot, endings = name.partition(".")
    number = 2
    while True:
        yield f"{stem}-{number}{dot}{endings}"
        number += 1
