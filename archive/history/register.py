"""What crawls and commands ask of the articles' history; `Archive.history` is one register."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine

from archive.history.living import LivingArticle, living_articles


class HistoryRegister:
    """Re-visits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def living(self, portal: str) -> Iterator[LivingArticle]:
        """A portal's living articles, streamed; `crawler.revisits` says which of them are due."""
        return living_articles(self._engine, portal)
