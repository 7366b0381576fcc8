"""`danvan init | show | changes | stats`: the verbs that need nothing but the archive."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from archive.errors import UsageError
from archive.place_labels import as_printed_and_today
from archive.pwid import pwid
from archive.settings import current_archive_id, current_home

if TYPE_CHECKING:
    from archive.records import Article
    from archive.repository import Archive


def print_json(value: Any) -> None:
    """Indented UTF-8 JSON on stdout."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


@click.command()
def init() -> None:
    """Create the archive in DANVAN_HOME, or migrate it to this version.

    \b
    Example:
      DANVAN_HOME=~/danvan-data danvan init
    """
    from archive.repository import Archive  # SQLAlchemy takes 0.3 s: not for --help

    home = current_home()
    archive, what = Archive.create(home)
    with archive:
        _store_known_portals(archive)
        assigned = archive.people.assign_missing()
    said = {"created": "archive created", "migrated": "archive migrated", "current": "archive is up to date"}
    click.echo(f"{said[what]}: {home.folder}")
    if assigned:
        click.echo(f"officials of {assigned:,} articles assigned to persons; `danvan officials list` shows them")


def _store_known_portals(archive: Archive) -> None:
    """Ask the packages that know portals for them, without importing any by name."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="danvan.portal_identities"):
        archive.store_portals(entry.load()())


@click.command()
@click.argument("article")
@click.option("--versions", "show_versions", is_flag=True, help="List every version with its captures.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what changed between the last two versions.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(article: str, show_versions: bool, show_diff: bool, as_json: bool) -> int:
    """Show an archived article by its number or address: text, mentions, provenance.

    \b
    Example:
      danvan show 12 --versions
      danvan show https://baothainguyen.vn/chinh-tri/202407/...-3ac6d79/ --json
    """
    from archive.exports.described import archived
    from archive.fixity.shown import proven_versions
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        found = _find(archive, article)
        if as_json:
            versions = proven_versions(archive, found.id)
            print_json(archived(found) | ({"versions": versions} if show_versions or show_diff else {}))
            return 0
        _print_article(found)
        if show_versions:
            _print_versions(archive, found)
        if show_diff:
            _print_diff(archive, found)
    return 0


@click.command()
@click.option("--since", "cursor", default="0-0", show_default=True, help="Cursor of the last change you have.")
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one change a line.")
def changes(cursor: str, limit: int, as_json: bool) -> int:
    """Print the change feed: what was added, changed or removed after a cursor.

    \b
    Example:
      danvan changes --since 0-120 --json
    """
    from archive.repository import Archive

    with Archive.open(current_home()) as archive:
        found = archive.changes(cursor, limit)
        left = archive.count_changes(found[-1].cursor) if found else 0
    for change in found:
        if as_json:
            click.echo(msgspec.json.encode(change).decode())
        else:
            moment = change.at.isoformat()
            click.echo(f"{change.cursor}  {change.op:<6}  article {change.article_id}  v{change.version}  {moment}")
    if not as_json:
        click.echo(f"{len(found)} changes" + (f"; {left} more: --since {found[-1].cursor}" if left else ""))
    return 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(as_json: bool) -> int:
    """Count what the archive holds.

    \b
    Example:
      danvan stats --json
    """
    from archive.repository import Archive

    home = current_home()
    with Archive.open(home) as archive:
        counts = archive.counts()
        checks = archive.fixity.runs(limit=1)
    counts["warc_bytes"] = sum(path.stat().st_size for path in Path(home.warc).glob("*"))
    if as_json:
        last = checks[0] if checks else None
        about = {"started_at": last.started_at, "verdict": last.verdict} if last else None
        print_json(counts | {"last_check": about})
    else:
        for name, count in counts.items():
            click.echo(f"{name.replace('_', ' '):<12} {count:>12,}")
        said = f"{checks[0].started_at.isoformat()}, {checks[0].verdict}" if checks else "never; run `danvan verify`"
        click.echo(f"last check   {said}")
    return 0


def _find(archive: Archive, wanted: str) -> Article:
    article_id = int(wanted) if wanted.isascii() and wanted.isdigit() else archive.article_at(wanted)
    found = archive.articles([article_id]) if article_id is not None else []
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


def _print_diff(archive: Archive, article: Article) -> None:
    numbers = [version.number for version in archive.versions(article.id)]
    at = numbers.index(article.version)
    if at == 0:
        click.echo("\nno older version: nothing to compare")
        return
    old = archive.version_text(article.id, numbers[at - 1])
    before, after = (_words(text.title, text.body) if text else [] for text in (old, article.text))
    click.echo(f"\nversion {numbers[at - 1]} → {article.version}")
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            context = "".join(before[max(0, i1 - 8) : i1]).replace("\n", " ")
            removed, added = "".join(before[i1:i2]).strip(), "".join(after[j1:j2]).strip()
            click.echo(f"  …{context}[-{removed}-]{{+{added}+}}")


def _words(title: str | None, body: str) -> list[str]:
    return re.findall(r"\S+\s*", f"{title or ''}\n{body}")
