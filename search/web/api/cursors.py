"""Cursors: opaque to clients, they say behind which entry the next page begins.

A page is found by its last entry, never by a count of entries, so pages stay as they are when articles are added.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from archive.errors import QueryError

_LONGEST = 400
Position = TypeVar("Position", bound=msgspec.Struct)


class ById(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Behind a number, in the order of numbers."""

    after: int


class ByDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Behind a day and a number, newest first."""

    day: str
    after: int


class InHits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Behind an article of a result, among the articles there were when its first page was asked for."""

    after: int
    newest: int  # the largest number there was; articles get rising ones
    seen: int  # how many came before, should the article be in the result no more


def written(position: msgspec.Struct) -> str:
    """A position as clients get it."""
    return urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def read(cursor: str, kind: type[Position]) -> Position | None:
    """The position of a cursor; None without one, QueryError for what is none of ours.

    >>> read(written(ById(after=7)), ById)
    ById(after=7)
    """
    if not cursor:
        return None
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        found = msgspec.json.decode(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)), type=kind)
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise _unknown(cursor) from error
    if any(isinstance(value, int) and not 0 <= value < 2**63 for value in msgspec.structs.astuple(found)):
        raise _unknown(cursor)
    return found


def _unknown(cursor: str) -> QueryError:
    return QueryError(
        f"cursor {cursor[:20]!r} is none of ours; pass on `next` of the page before",
        vi=f"con trỏ {cursor[:20]!r} không phải của kho này; đưa lại `next` của trang trước",
    )


def start(ids: Sequence[int], position: InHits) -> int:
    """Where in a result as it is now the next page begins: behind the last entry, else by the count of those seen."""
    return ids.index(position.after) + 1 if position.after in ids else position.seen
