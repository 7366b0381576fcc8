"""States of an index that are open: an answer goes on with the one it began with, and the last to use one closes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from search.engines.answers import Source


@dataclass
class View:
    """One state; it stays as it is while others write. `notice`: why it answers slower than it should."""

    searcher: Any
    generation: int
    source: Source
    notice: str | None = None
    users: int = 0
    is_old: bool = False


class Views:
    """The newest state, for any number of threads."""

    def __init__(self, first: View) -> None:
        self.current = first
        self._lock = Lock()

    @contextmanager
    def using(self) -> Iterator[View]:
        """The newest state, kept open for as long as it is used."""
        with self._lock:
            view = self.current
            view.users += 1
        try:
            yield view
        finally:
            with self._lock:
                view.users -= 1
                _let_go(view)

    def replace(self, newer: View) -> None:
        """Answer from another state from now on."""
        with self._lock:
            older, self.current = self.current, newer
            older.is_old = True
            _let_go(older)

    def close(self) -> None:
        """Let go of the newest state as well."""
        with self._lock:
            self.current.is_old = True
            _let_go(self.current)


def _let_go(view: View) -> None:
    if view.is_old and not view.users:
        view.searcher.close()
