"""A list page and an article page of one portal, and what is true of them: gold sites, and markups of our own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.records import LOCAL_ZONE, ArticlePage
from crawler.portals.source import Source, source_of

DATA = Path(__file__).parents[2] / "data"
FETCHED = datetime(2026, 11, 27, 12, tzinfo=LOCAL_ZONE)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two pages; `gold` is the article's, `articles` what the list links, `also` what else may be found on it."""

    name: str
    family: str
    list_file: Path
    list_url: str
    article_file: Path
    gold: dict[str, Any]
    articles: list[str]
    also: list[str]
    must_not_follow: list[str]
    next: str | None = None

    @property
    def listing(self) -> Source:
        return source(self.list_file, self.list_url)

    @property
    def article(self) -> Source:
        return source(self.article_file, self.gold["url"])


def source(file: Path, url: str) -> Source:
    return source_of(str(file), ArticlePage(url=url, body=file.read_bytes(), fetched_at=FETCHED))


def gold_pairs() -> list[Pair]:
    """The gold lists that have a gold page among their articles."""
    pages = {one["url"]: one for one in _json("pages/gold.json")}
    found = []
    for entry in _json("pages/lists/gold.json"):
        known = [pages[one["url"]] for one in entry["articles"] if one["url"] in pages]
        if entry["kind"] == "list" and known:
            found.append(_gold_pair(entry, known[0]))
    return found


def _gold_pair(entry: dict[str, Any], page: dict[str, Any]) -> Pair:
    return Pair(
        name=entry["family"],
        family=entry["family"],
        list_file=DATA / "pages" / "lists" / entry["file"],
        list_url=entry["url"],
        article_file=DATA / "pages" / page["file"],
        gold=page,
        articles=[one["url"] for one in entry["articles"]],
        also=[one if isinstance(one, str) else one["url"] for one in entry["also_articles"]],
        must_not_follow=entry["must_not_follow"],
    )


def own_pairs() -> list[Pair]:
    """Pages in four unknown markups: old tables, boxes inside the text, numbered sections, made-up class names."""
    return [
        Pair(
            name=entry["name"],
            family="generic",
            list_file=DATA / "drafts" / f"{entry['name']}-list.html",
            list_url=entry["list_url"],
            article_file=DATA / "drafts" / f"{entry['name']}-article.html",
            gold=entry | {"url": entry["article_url"]},
            articles=entry["articles"],
            also=[],
            must_not_follow=entry["must_not_follow"],
            next=entry["next"],
        )
        for entry in _json("drafts/gold.json")
    ]


def _json(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found
