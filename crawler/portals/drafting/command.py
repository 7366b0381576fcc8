"""`danvan portals draft`: fetches or opens the pages, drafts, and says what is unsure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec

from archive.errors import CannotRunError, UsageError
from archive.records import ArticlePage
from crawler.extract import extract
from crawler.portals.drafting.basis import Asked, provisional
from crawler.portals.drafting.draft import Draft, draft
from crawler.portals.source import Source, file_source, is_address, source_of
from spiders.registry import Registry, load_registry

# Of a live list so many articles are looked at: rules made for one may not fit another.
_ARTICLES = 3
_WIDTH = 100


def drafted(
    given: tuple[str, str | None],
    addresses: tuple[str | None, str | None],
    asked: dict[str, str | None],
    output: Path | None,
) -> Draft:
    """The draft of a list page and its articles; a file is named like its profile's key."""
    registry = load_registry()
    stem = output.stem if output and not output.is_dir() else None
    who = Asked(**asked | {"key": asked["key"] or stem})
    listing, articles = gathered(given, addresses, who, registry)
    return draft(listing, articles, who, registry, date.today())


def gathered(
    given: tuple[str, str | None], addresses: tuple[str | None, str | None], asked: Asked, registry: Registry
) -> tuple[Source, list[Source]]:
    """The list page and its articles, from files or fetched; the articles that are none stand behind."""
    listing, article = given
    if article is None and not is_address(listing):
        raise UsageError(f"{listing}: from a saved list no article is fetched; give a saved article page too")
    live = [url for url in given if url is not None and is_address(url)]
    pages = _fetched(live, asked, registry, follow=0 if article else _ARTICLES)
    if not article and len(pages) == 1:
        raise UsageError(f"{listing}: a list without article links; give a section's page, or an article's address too")
    sources = {url: source_of(url, page) for url, page in zip(live, pages, strict=False)}
    first = sources.get(listing) or file_source(Path(listing), addresses[0], "--list-url")
    if article is None:
        return first, _articles_first([source_of(page.url, page) for page in pages[1:]], registry)
    return first, [sources.get(article) or file_source(Path(article), addresses[1], "--article-url")]


def _fetched(urls: Sequence[str], asked: Asked, registry: Registry, follow: int) -> list[ArticlePage]:
    if not urls:
        return []
    from crawler.portals.look import look

    portal = provisional(urls[0], registry, asked)
    for url in urls:
        if urlsplit(url).netloc.lower() not in portal.hosts:
            raise UsageError(f"{url}: not a host of {urls[0]}; list and article are of one portal")
    return look(urls, portal, follow)


def _articles_first(sources: list[Source], registry: Registry) -> list[Source]:
    """Pages that read as articles before the others: a list may link notices and galleries too."""
    return sorted(sources, key=lambda one: not extract(one.page, None, registry, use_families=False).is_article)


def write(made: Draft, target: Path, *, is_forced: bool) -> Path:
    """The profile as a file; into a folder under its key."""
    path = target / f"{made.profile.key}.toml" if target.is_dir() else target
    if path.exists() and not is_forced:
        raise UsageError(f"{path}: is there already; --force writes over it")
    try:
        path.write_text(made.toml, encoding="utf-8")
    except OSError as error:
        raise CannotRunError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def as_json(made: Draft, path: Path | None) -> dict[str, Any]:
    """The draft for programs."""
    text = made.reading
    return {
        "key": made.profile.key,
        "family": made.profile.family,
        "file": str(path) if path else None,
        "by_rule": made.is_by_rule,
        "profile": msgspec.to_builtins(made.profile),
        "toml": made.toml,
        "unsure": list(made.unsure),
        "article": {
            "url": text.url,
            "title": text.title,
            "published": text.published.iso() if text.published else None,
            "authors": list(text.authors),
            "sapo": text.sapo,
            "body": text.body,
            "method": dict(text.method),
        },
    }


def print_draft(made: Draft, path: Path | None) -> None:
    """The file on stdout where none is written; all else on stderr."""
    if path is None:
        click.echo(made.toml, nl=False)
    say = [f"{made.profile.key} ({made.profile.family}) reads from {made.reading.url}"]
    say += [f"  {name:<10}{_short(value)}" for name, value in _read(made).items()]
    say += [f"unsure: {line}" for line in made.unsure]
    if not made.is_by_rule:
        say.append("problem: the article's text is found by its form alone; no rule for it holds")
    if path:
        say.append(
            f"written to {path}; put its folder into DANVAN_PROFILES, then: danvan portals check {made.profile.key}"
        )
    click.echo("\n".join(say), err=True)


def _read(made: Draft) -> dict[str, str | None]:
    text = made.reading
    paragraphs = text.body.split("\n\n")
    return {
        "title": text.title,
        "date": text.published.iso() if text.published else None,
        "author": ", ".join(text.authors) or None,
        "sapo": text.sapo,
        "body": f"{len(paragraphs)} paragraphs, {len(text.body)} characters; the last: {paragraphs[-1]}",
    }


def _short(value: str | None) -> str:
    text = value or "–"
    return text if len(text) <= _WIDTH else text[:_WIDTH] + "…"
