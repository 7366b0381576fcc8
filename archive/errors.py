"""Everything danvan raises on purpose.

- DanVanError               one line: what failed, why, what to do; carries the exit code
  - UsageError              the command or its values are wrong (exit 2)
    - ProfileError          a portal profile or family file is wrong
    - QueryError            a search query cannot be understood
  - CannotRunError          nothing is wrong with the command, but it cannot run now (exit 3)
    - ArchiveMissingError   no archive where it was looked for
    - ArchiveNewerError     made by a newer danvan
    - ArchiveLockedError    another process is writing
    - StorageError          disk full, read-only, or a damaged file
"""

from __future__ import annotations


class DanVanError(Exception):
    """The base of all; `str()` of it is the line shown to people."""

    exit_code = 1


class UsageError(DanVanError):
    """Wrong usage."""

    exit_code = 2


class ProfileError(UsageError):
    """A profile or family file says something unknown, or leaves something out."""


class QueryError(UsageError):
    """A query that cannot be understood, with what to write instead."""


class CannotRunError(DanVanError):
    """Could not run."""

    exit_code = 3


class ArchiveMissingError(CannotRunError):
    """There is no archive at the place looked in."""


class ArchiveNewerError(CannotRunError):
    """The archive was written by a newer version."""


class ArchiveLockedError(CannotRunError):
    """Another process holds the archive's write lock."""


class StorageError(CannotRunError):
    """The disk refused, or a stored file is damaged."""
