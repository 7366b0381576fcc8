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

import unicodedata


class DanVanError(Exception):
    """The base of all; `str()` of it is the line shown to people."""

    exit_code = 1


class UsageError(DanVanError):
    """Wrong usage."""

    exit_code = 2


class ProfileError(UsageError):
    """A profile or family file says something unknown, or leaves something out."""


class QueryError(UsageError):
    """A query that cannot be understood, with what to write instead; and where, if it is a place in its text.

    `str()` of it is English, `vi` the same in Vietnamese. `query` is the text as it was read (NFC); `start` and `end`
    are code points of it.

    >>> error = QueryError("one ) too many", vi="thừa một dấu )").at("dân)", 3, 4)
    >>> error.text("en"), error.text("vi")
    ('query, column 4: one ) too many', 'câu hỏi, cột 4: thừa một dấu )')
    """

    def __init__(self, message: str, *, vi: str, query: str | None = None, start: int = 0, end: int = 0) -> None:
        super().__init__(message if query is None else f"query, column {start + 1}: {message}")
        self.vi = vi if query is None else f"câu hỏi, cột {start + 1}: {vi}"
        self.query, self.start, self.end = query, start, end

    def at(self, query: str, start: int, end: int) -> QueryError:
        """What is wrong with a value, pointing at where it stands in a query."""
        return QueryError(str(self), vi=self.vi, query=query, start=start, end=end)

    def text(self, language: str) -> str:
        """The line in a language of the pages: `vi` or `en`."""
        return self.vi if language == "vi" else str(self)


# As much of a long query as a terminal shows in a line.
_SHOWN = 72


def pointed(query: str, start: int, end: int) -> tuple[str, str]:
    """A query, or the part of it around a place, and a line of carets below the place.

    >>> pointed("dân NOT NOT vận", 8, 11)
    ('  dân NOT NOT vận', '          ^^^')
    """
    first = max(0, start - _SHOWN // 2) if len(query) > _SHOWN else 0
    shown = "".join(" " if character.isspace() else character for character in query[first : first + _SHOWN])
    before = sum(map(_width, shown[: start - first]))
    return f"  {shown}", "  " + " " * before + "^" * max(1, sum(map(_width, shown[start - first : end - first])))


def _width(character: str) -> int:
    """Columns of a terminal: none for a mark on the letter before, two for a wide letter."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


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
