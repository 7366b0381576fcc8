"""`danvan portals check`: a small look at a live portal, its finding kept as a run of scope `check`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from crawler.crawl import CrawlResult
from crawler.reading import PageReading
from crawler.team import CrawlJob
from spiders.registry import load_registry

Run = Callable[[Sequence[CrawlJob], dict[str, Any]], list[CrawlResult]]


def check_portal(key: str, articles: int, run: Run) -> dict[str, Any]:
    """Fetch lists and a few articles of a portal and say which fields its profile finds."""
    portal = load_registry().portal(key)
    [result] = run([CrawlJob(portal=portal, max_articles=articles, scope="check")], {})
    samples = [_sample(reading) for reading in result.samples]
    lists_work = result.report.verdict == "ok"
    pages_work = bool(samples) and all(sample["is_article"] and sample["title"] for sample in samples)
    return {
        "portal": key,
        "passed": lists_work and pages_work,
        "links": result.report.counts.get("links", 0),
        "family": portal.family,
        "problem": result.report.detail,
        "articles": samples,
    }


def print_check(found: dict[str, Any]) -> None:
    """The finding as lines for people."""
    click.echo(f"{found['portal']} ({found['family']}): {found['links']} article links")
    for sample in found["articles"]:
        said = sample["title"] if sample["is_article"] else f"no article: {sample['reason']}"
        click.echo(f"  {said}\n    {sample['url']}")
        click.echo(f"    date {sample['published']}, {sample['characters']} characters, author {sample['authors']}")
        click.echo(f"    rules: {', '.join(f'{field}={rule}' for field, rule in sample['method'].items())}")
    if found["problem"]:
        click.echo(f"  problem: {found['problem']}")
    click.echo(
        "passed: the portal may be crawled" if found["passed"] else "failed: the profile does not fit this portal"
    )


def _sample(reading: PageReading) -> dict[str, Any]:
    text = reading.text
    return {
        "url": text.url,
        "is_article": text.is_article,
        "reason": text.reason,
        "title": text.title,
        "published": text.published.iso() if text.published else None,
        "authors": ", ".join(text.authors) or None,
        "characters": len(text.body),
        "family": text.family,
        "method": dict(text.method),
    }
