"""From an archive to a WACZ package: which WARC files, or which records, and which pages are listed in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from archive import database, excerpt
from archive.errors import CannotRunError, UsageError
from archive.models import ArticleRow, CaptureRow, VersionCaptureRow, VersionRow
from archive.repository import Archive
from archive.settings import Home
from archive.wacz import PackagedPage, Skipped, write_wacz


def package(
    home: Home, output: Path, article_ids: Sequence[int], title: str | None, skipped: Skipped
) -> dict[str, Any]:
    """Pack the captures of some articles, or every closed WARC file; says what is in the package.

    Raises UsageError where an article is not there or nothing is to be packed, OSError where the disk refuses.
    """
    with Archive.open(home), tempfile.TemporaryDirectory(prefix="danvan-excerpt-") as folder:
        engine = database.make_engine(home)
        with database.reading(engine) as connection:
            _require(connection, article_ids, home)
            places = excerpt.places_of(connection, article_ids)
        if article_ids:
            moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            warcs = [Path(folder) / f"danvan-excerpt-{moment}.warc.gz"]
            excerpt.write_excerpt(warcs[0], home.warc, places)
        else:
            warcs = sorted(home.warc.glob("*.warc.gz"))
        if not warcs:
            raise CannotRunError(f"no closed WARC files in {home.warc}; crawl first")
        with database.reading(engine) as connection:
            names = None if article_ids else [path.name for path in warcs]
            counted = _Counted(_pages(connection, article_ids, names))
            resources = write_wacz(output, warcs, counted, title or "danvan", skipped)
        engine.dispose()
    return {
        "package": str(output),
        "bytes": output.stat().st_size,
        "warcs": len(warcs),
        "pages": counted.count,
        "resources": resources,
    }


class _Counted:
    """Counts what passes."""

    def __init__(self, pages: Iterator[PackagedPage]) -> None:
        self._pages, self.count = pages, 0

    def __iter__(self) -> Iterator[PackagedPage]:
        for page in self._pages:
            self.count += 1
            yield page


def _require(connection: Connection, article_ids: Sequence[int], home: Home) -> None:
    found = set(connection.execute(select(ArticleRow.id).where(ArticleRow.id.in_(article_ids))).scalars())
    if missing := [str(one) for one in article_ids if one not in found]:
        raise UsageError(f"no article {', '.join(missing)} in {home.folder}; `danvan search` prints numbers")


def _pages(connection: Connection, article_ids: Sequence[int], names: Sequence[str] | None) -> Iterator[PackagedPage]:
    """Every capture that shows a version, under the version's title, of some articles or of some WARC files."""
    query = (
        select(CaptureRow.url, VersionRow.title, CaptureRow.fetched_at)
        .join(VersionCaptureRow, VersionCaptureRow.capture_id == CaptureRow.id)
        .join(VersionRow, VersionRow.id == VersionCaptureRow.version_id)
        .where(CaptureRow.status == 200)
        .order_by(CaptureRow.fetched_at, CaptureRow.id)
    )
    if article_ids:
        query = query.where(VersionRow.article_id.in_(article_ids))
    if names is not None:  # a file that a crawl is still writing is not in the package
        query = query.where(CaptureRow.warc_file.in_(names))
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield PackagedPage(url=row.url, title=row.title, fetched_at=datetime.fromisoformat(row.fetched_at))
