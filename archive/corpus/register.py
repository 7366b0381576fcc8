"""What search and exports ask of many articles at once; `Archive.corpus` is one register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import Engine

from archive import database
from archive.corpus import reading
from archive.corpus.records import ArticleFigure, StoredText
from archive.records import Capture


class CorpusRegister:
    """Reads only, in batches: any number of articles is never held at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def texts(self, ids: Sequence[int]) -> Iterator[StoredText]:
        """The current texts of articles, in the order asked for; unknown ids are left out."""
        for batch in _batches(ids):
            with database.reading(self._engine) as connection:
                found = reading.read_texts(connection, batch)
            yield from found

    def figures(self, ids: Sequence[int]) -> Iterator[ArticleFigure]:
        """Every figure of articles, in batches of their order."""
        for batch in _batches(ids):
            with database.reading(self._engine) as connection:
                found = list(reading.read_figures(connection, batch))
            yield from found

    def proofs(self, ids: Sequence[int]) -> dict[int, Capture]:
        """The capture to cite for each article; one whose captures are unknown is left out."""
        found: dict[int, Capture] = {}
        for batch in _batches(ids):
            with database.reading(self._engine) as connection:
                found |= reading.read_proofs(connection, batch)
        return found


def _batches(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, reading.BATCH)):
        yield batch
