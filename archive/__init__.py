"""The record: what was collected, when, from where, and what it says."""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Loaded on first use: the commands that need neither database nor index start without them.
_HOMES = {
    "Archive": "archive.repository",
    "Authorities": "archive.authorities",
    "DanVanError": "archive.errors",
    "Home": "archive.settings",
    "WarcFile": "archive.warc",
    "current_home": "archive.settings",
    "read_payload": "archive.warc",
}

__all__ = list(_HOMES)  # noqa: PLE0604 (names are strings)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
