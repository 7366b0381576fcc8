"""What crosses the frontier's border: tasks, sightings of links, and setbacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class TaskKind(StrEnum):
    """What an address is asked for."""

    LIST = "list"
    ARTICLE = "article"
    REVISIT = "revisit"  # a known article that its re-visit plan asks for
    ATTACHMENT = "attachment"  # a file of an article


@dataclass(frozen=True, kw_only=True)
class Task:
    """One address to fetch, once a crawl."""

    key: str  # what makes it the same address: an article's key, a list's rule and address
    url: str
    kind: TaskKind
    priority: int = 0
    asked: Mapping[str, Any] = field(default_factory=dict)  # of a list: its rule; of an attachment: its role
    attempts: int = 0  # that failed in earlier runs
    id: int = 0  # of its row, once stored


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """An article address as a list showed it; `skipped` says why it is not asked for."""

    url_key: str
    url: str
    title: str | None
    day: date | None
    found_in: str
    skipped: str | None = None


@dataclass(frozen=True, kw_only=True)
class Setback:
    """Why an address was not got, and when to try again; None: not again."""

    failure: str
    not_before: datetime | None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """How a crawl begins: anew, or where one that did not end had stopped."""

    resumed: int  # tasks left by the crawl before
    articles: int  # article tasks it had asked for already, done or not
    retries: int  # failed addresses whose time has come
