"""The register of people of one open archive: who is who, looked up, merged, parted, with a log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from archive import database, reading
from archive.authorities import Gazetteer
from archive.people import evidence, store
from archive.records import Description
from archive.vietnamese import fold, match_key


class PeopleRegister:
    """Reads and writes of people; `Archive.people` is one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._provinces: dict[str, str] = {}  # of portals, asked for with every article

    def province_of(self, portal: str, description: Description) -> str:
        """Today's province of an article, under which its officials are known."""
        if portal not in self._provinces:
            with database.reading(self._engine) as connection:
                identity = reading.read_portals(connection, (portal,)).get(portal)
            self._provinces[portal] = (identity and identity.province) or ""
        return store.home_province(description, self._provinces[portal], Gazetteer.load())

    def assign_missing(self, batch: int = 200) -> int:
        """Say who the officials of articles saved before people were known are; returns how many articles."""
        count = 0
        while True:
            with database.reading(self._engine) as connection:
                articles = reading.read_articles(connection, store.unassigned(connection, batch))
            if not articles:
                return count
            provinces = [self.province_of(article.portal.key, article.description) for article in articles]
            with database.writing(self._engine) as connection:
                for article, province in zip(articles, provinces, strict=True):
                    version = store.current_version(connection, article.id)
                    store.assign(connection, article.id, version, article.description, province)
            count += len(articles)

    def find(
        self, name: str | None = None, province: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[store.Person]:
        """People by a part of their name, with or without tones, and today's province; in most articles first."""
        with database.reading(self._engine) as connection:
            return store.find(connection, fold(match_key(name)) if name else None, province, limit, offset)

    def person(self, id_: int) -> store.Person | None:
        """One person, merged ones too; None where there is none of that number."""
        with database.reading(self._engine) as connection:
            return next(iter(store.read(connection, [id_])), None)

    def listed(self, name: str | None, province: str | None, after: int, limit: int) -> list[store.Person]:
        """The same people by number, those behind `after`: pages that stay when articles are added."""
        with database.reading(self._engine) as connection:
            return store.listed(connection, fold(match_key(name)) if name else None, province, after, limit)

    def mentions(self, id_: int, limit: int = 100, offset: int = 0) -> list[evidence.PersonMention]:
        """The articles that name a person, newest first, each with its sentence."""
        with database.reading(self._engine) as connection:
            return evidence.mentions_of(connection, id_, limit, offset)

    def of_article(self, article_id: int) -> list[int | None]:
        """Who an article's officials are, in the order of its description."""
        with database.reading(self._engine) as connection:
            return evidence.persons_of(connection, article_id)

    def merge(self, keep: int, others: Sequence[int]) -> int:
        """Make several persons one; returns how many mentions moved. UsageError for unknown or merged ones."""
        with database.writing(self._engine) as connection:
            return store.merge(connection, keep, others, datetime.now(UTC))

    def split(self, person: int, articles: Sequence[int]) -> int:
        """Part some articles' mentions from a person; returns the new person's number."""
        with database.writing(self._engine) as connection:
            return store.split(connection, person, articles, datetime.now(UTC))

    def log(self, limit: int = 100) -> list[dict[str, Any]]:
        """Merges and splits, newest first."""
        with database.reading(self._engine) as connection:
            return store.log(connection, limit)
