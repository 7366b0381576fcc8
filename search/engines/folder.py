"""The folder of an index, whatever the engine: its sidecar, what is synced, and what a damaged one says."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from archive.errors import StorageError

_STATE = "danvan.json"
_Answer = TypeVar("_Answer")


class State(msgspec.Struct, frozen=True):
    """The sidecar of an index: what it was built by, and how far it has read."""

    schema: str
    cursor: str


def read_state(folder: Path) -> State:
    """The sidecar; a missing or unreadable one is a damaged index."""
    try:
        return msgspec.json.decode((folder / _STATE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError) as error:
        raise StorageError(damaged(folder, error)) from error


def write_state(folder: Path, state: State) -> None:
    """Replace the sidecar in one rename."""
    beside = folder / f"{_STATE}.new"
    beside.write_bytes(msgspec.json.encode(state))
    sync([beside])
    os.replace(beside, folder / _STATE)
    sync([folder])


def sync(paths: Iterable[Path]) -> None:
    """Force files or folders to the disk: a power loss could else leave a name that points at nothing."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def guarded(folder: Path, action: Callable[[], _Answer]) -> _Answer:
    """Engines raise whatever they meet in damaged files (Whoosh: struct and pickle errors); all mean the same here."""
    try:
        return action()
    except Exception as error:
        raise StorageError(damaged(folder, error)) from error


def damaged(folder: Path, error: Exception) -> str:
    """What is said of an index that cannot be read."""
    return f"the index in {folder} is damaged ({type(error).__name__}); run `danvan index rebuild`, nothing is lost"
