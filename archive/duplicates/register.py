"""What commands ask of near-duplicates; `Archive.duplicates` is one register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Engine

from archive import database
from archive.duplicates import reading, store
from archive.duplicates.reading import Cluster

# A transaction: other writers wait for it, so it is kept below a second.
_BATCH = 100


class DuplicatesRegister:
    """Signatures, pairs and clusters of texts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sign_missing(self) -> int:
        """Sign texts saved before signatures were kept, or signed in another way; returns how many."""
        count = 0
        while True:
            with database.writing(self._engine) as connection:
                rows = store.unsigned(connection, _BATCH)
                for row in rows:
                    store.sign(connection, row.id, row.digest, row.body)
            if not rows:
                return count
            count += len(rows)

    def update(self, advance: Callable[[int, int], None] = lambda _done, _total: None) -> tuple[int, int]:
        """Compare every text that has not been; returns how many were, and the pairs they are in."""
        self.sign_missing()
        with database.reading(self._engine) as connection:
            total = store.count_uncompared(connection)
        done = pairs = 0
        while True:
            with database.writing(self._engine) as connection:
                ids = store.uncompared(connection, _BATCH)
                pairs += store.compare(connection, ids) if ids else 0
            if not ids:
                return done, pairs
            done += len(ids)
            advance(done, total)

    def left_to_compare(self) -> int:
        """How many texts the clusters do not know of yet."""
        with database.reading(self._engine) as connection:
            return store.count_uncompared(connection)

    def clusters(self, batch: int = 200) -> Iterator[Cluster]:
        """Every cluster by number, read in batches."""
        last = 0
        while True:
            with database.reading(self._engine) as connection:
                found = reading.read_clusters(connection, after=last, limit=batch)
            if not found:
                return
            yield from found
            last = found[-1].id

    def cluster(self, id_: int) -> Cluster | None:
        """One cluster by its number."""
        with database.reading(self._engine) as connection:
            return next(iter(reading.read_clusters(connection, [id_])), None)

    def cluster_of(self, article_id: int) -> Cluster | None:
        """The cluster of an article; None where no other has its text."""
        with database.reading(self._engine) as connection:
            found = reading.cluster_of(connection, article_id)
            return None if found is None else next(iter(reading.read_clusters(connection, [found])), None)

    def cluster_numbers(self) -> dict[int, int]:
        """The cluster of every article that is in one."""
        with database.reading(self._engine) as connection:
            return reading.cluster_numbers(connection)

    def resemblances(self, article_id: int, ids: Sequence[int]) -> dict[int, float | None]:
        """How much other articles are like one; None for those that are in its cluster by way of others."""
        with database.reading(self._engine) as connection:
            known = reading.resemblances(connection, article_id)
        return {one: known.get(one) for one in ids}
