"""`danvan show`: one article, its text, mentions, provenance, versions and how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive.attachments.shown import attachment_line
from archive.cli import print_json
from archive.errors import UsageError
from archive.place_labels import as_printed_and_today
from archive.pwid import pwid
from archive.settings import current_archive_id, current_home

if TYPE_CHECKING:
    from archive.history.differences import Difference
    from archive.records import Article
    from archive.repository import Archive


@click.command()
@click.argument("article")
@click.option("--versions", "show_versions", is_flag=True, help="List every version with its captures.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what changed, word by word, since the version before.")
@click.option("--from-version", type=int, help="Older version of the difference; by default the one before.")
@click.option("--to-version", type=int, help="Newer version of the difference; by default the current one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; with --diff a list of differences.")
def show(
    article: str,
    show_versions: bool,
    show_diff: bool,
    from_version: int | None,
    to_version: int | None,
    as_json: bool,
) -> int:
    """Show an archived article by its number or address: text, mentions, provenance, moves, near-duplicates.

    An address that moved leads to where the article is now; its number shows it as it was there.

    \b
    Example:
      danvan show 12 --versions
      danvan show 12 --diff --from-version 1 --to-version 3
      danvan show https://baothainguyen.vn/chinh-tri/202407/...-3ac6d79/ --json
    """
    from archive.history.relations import relation_lines
    from archive.repository import Archive

    show_diff = show_diff or from_version is not None or to_version is not None
    with Archive.open(current_home()) as archive:
        found = _find(archive, article)
        if as_json:
            print_json(_as_json(archive, found, from_version, to_version, show_versions, show_diff))
            return 0
        _print_article(found)
        for line in relation_lines(archive, found.id):
            click.echo(line)
        if show_versions:
            _print_versions(archive, found)
        if show_diff:
            _print_differences(archive, found, from_version, to_version)
    return 0


def _as_json(
    archive: Archive, found: Article, older: int | None, newer: int | None, show_versions: bool, show_diff: bool
) -> Any:
    """The differences where they are asked for; else the article, with its versions where those are."""
    from archive.exports.described import archived
    from archive.fixity.shown import proven_versions
    from archive.history.relations import relations

    if show_diff:
        _, _, differing = _differences(archive, found, older, newer)
        return [one.as_json() for one in differing]
    versions = {"versions": proven_versions(archive, found.id)} if show_versions else {}
    return archived(found) | relations(archive, found.id) | versions


def _find(archive: Archive, wanted: str) -> Article:
    """By its number the article itself; by an address the one that is there now, wherever it moved."""
    if wanted.isascii() and wanted.isdigit():
        article_id = int(wanted)
    else:
        at = archive.article_at(wanted)
        article_id = archive.history.living_end(at) if at is not None else 0
    found = archive.articles([article_id])
    if not found:
        raise UsageError(f"{wanted}: no such article in {archive.home.folder}; `danvan search` prints numbers")
    return found[0]


def _print_article(article: Article) -> None:
    text, description = article.text, article.description
    click.echo(click.style(text.title or "(no title)", bold=True))
    published = text.published
    when = f"{published.iso()} ({published.source}: {published.printed})" if published else "no date on the page"
    click.echo(f"{article.portal.name} · {when} · {', '.join(text.authors) or 'no byline'}")
    gone = f" · removed, seen {article.removed_at.isoformat()}" if article.removed_at else ""
    click.echo(f"{article.url}\narticle {article.id}, version {article.version}{gone}\n")
    click.echo(text.body + "\n")
    for caption in text.captions:
        click.echo(f"[ảnh] {caption}")
    for file in article.attachments:
        click.echo(attachment_line(file))
    rows = {
        "localities": [as_printed_and_today(place) for place in description.localities],
        "officials": [_official_line(official) for official in description.officials],
        "figures": [figure.cited_as for figure in description.figures],
        "documents": [document.cited_as for document in description.documents],
    }
    for name, values in rows.items():
        if values:
            click.echo(f"{name:<11}{'; '.join(values)}")
    verdict = "yes" if description.relevance.verdict else "no"
    click.echo(f"{'dân vận':<11}{verdict}, score {description.relevance.score:.2f}")


def _official_line(official: Any) -> str:
    titles = ", ".join(title.printed for title in official.titles)
    return f"{official.name} ({titles})" if titles else str(official.name)


def _print_versions(archive: Archive, article: Article) -> None:
    from archive.fixity.shown import last_check_line

    archive_id = current_archive_id()
    for version in archive.versions(article.id):
        click.echo(f"\nversion {version.number}  {version.digest}")
        click.echo(f"  seen {version.first_seen.isoformat()} … {version.last_seen.isoformat()}")
        for capture in version.captures:
            kind = " (revisit)" if capture.is_revisit else ""
            where = f"{capture.warc_file} at {capture.offset}"
            click.echo(f"  {capture.fetched_at.isoformat()}  {where}  {capture.payload_digest}{kind}")
            click.echo(
                f"    {pwid(archive_id, capture.fetched_at, capture.url)}\n    {last_check_line(archive, capture)}"
            )


def _print_differences(archive: Archive, article: Article, older: int | None, newer: int | None) -> None:
    from archive.history.shown import difference_lines

    old, new, found = _differences(archive, article, older, newer)
    if old == new:
        click.echo("\nno older version: nothing to compare")
        return
    click.echo(f"\nversion {old} → {new}" + ("" if found else ": the same title, text, captions, authors and date"))
    for line in difference_lines(found):
        click.echo(line)


def _differences(
    archive: Archive, article: Article, older: int | None, newer: int | None
) -> tuple[int, int, list[Difference]]:
    """Two versions and how they differ; the same number twice where there is but one."""
    from archive.history.differences import differences

    numbers = [version.number for version in archive.versions(article.id)]  # in the order of time
    for number in (older, newer):
        if number is not None and number not in numbers:
            raise UsageError(f"article {article.id} has no version {number}; it has {', '.join(map(str, numbers))}")
    new = article.version if newer is None else newer
    old = numbers[max(0, numbers.index(new) - 1)] if older is None else older
    before, after = archive.version_text(article.id, old), archive.version_text(article.id, new)
    assert before is not None
    assert after is not None
    return old, new, differences(before, after)
