"""What crawls and commands ask of the articles' history; `Archive.history` is one register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from archive import database
from archive.history import absence, answers, by_content, moves
from archive.history.answers import HeldAnswer
from archive.history.living import LivingArticle, living_articles
from archive.history.moves import Move


class HistoryRegister:
    """Re-visits, answers of before, signs of absence, moves."""

    def __init__(self, engine: Engine, warc: Path) -> None:
        self._engine, self._warc = engine, warc

    def living(self, portal: str) -> Iterator[LivingArticle]:
        """A portal's living articles, streamed; `crawler.revisits` says which of them are due."""
        return living_articles(self._engine, portal)

    def last_answer(self, url_key: str) -> HeldAnswer | None:
        """What an address answered the last time, from its WARC file; StorageError where it cannot be read."""
        with database.reading(self._engine) as connection:
            return answers.last_answer(connection, self._warc, url_key)

    def was_absent(self, url_key: str, before: datetime) -> bool:
        """Whether the last look at an address up to a moment did not find its article."""
        with database.reading(self._engine) as connection:
            return absence.was_absent(connection, url_key, before)

    def moved(self, article_id: int, to_url: str, to_key: str, at: datetime) -> bool:
        """An article's address led to another; False if that is known, or a later capture shows it where it was."""
        with database.writing(self._engine) as connection:
            return moves.record(connection, article_id, to_url=to_url, to_key=to_key, how="redirect", at=at)

    def settle(self, portal: str | None = None, since: datetime | None = None) -> int:
        """Find what moved without a redirect, in one portal's run or in all of the archive; returns how many."""
        with database.reading(self._engine) as connection:
            found = by_content.content_moves(connection, portal, since)
        return sum(self._settle(move) for move in found)

    def _settle(self, move: by_content.ContentMove) -> bool:
        with database.writing(self._engine) as connection:
            return moves.record(
                connection,
                move.article_id,
                to_url=move.to_url,
                to_key=move.to_key,
                how="content",
                at=datetime.now(UTC),
                alike=move.resemblance,
            )

    def moves(self, article_id: int) -> list[Move]:
        """Every move from or to an article, oldest first."""
        with database.reading(self._engine) as connection:
            return moves.moves_of(connection, [article_id])

    def living_end(self, article_id: int) -> int:
        """Where an article is now: itself, or the last archived one of its moves."""
        with database.reading(self._engine) as connection:
            return moves.living_end(connection, article_id)

    def article_at(self, url: str) -> int | None:
        """The article of an address, as captured, as its key, or as one that moved there; None if there is none."""
        with database.reading(self._engine) as connection:
            return moves.article_at(connection, url)
