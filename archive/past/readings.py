"""Readings of stored captures: what was read of them, and putting a new reading in the old one's place.

A new reading is no new version: the page has not changed, our rules have. So the version keeps its number, its
times and its captures, and gets text and mentions anew; followers of the feed are told by an upsert.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from archive import saving
from archive.fixity import seals
from archive.ledger import Entry
from archive.models import (
    ArticleRow,
    CaptureRow,
    DocumentRow,
    FigureRow,
    LocalityRow,
    OfficialRow,
    PersonMentionRow,
    VersionCaptureRow,
    VersionRow,
)
from archive.people import store as people
from archive.reading import capture_of
from archive.records import ArticleText, Description, PageKind
from archive.saving import Saved

_BATCH = 500
# What a reader judged; `discovery` may be an article's page by a pattern that was not known then.
JUDGED = (*(kind.value for kind in PageKind), "off-topic", "discovery")
_MENTIONS: tuple[Any, ...] = (LocalityRow, OfficialRow, FigureRow, DocumentRow, PersonMentionRow)


@dataclass(frozen=True, kw_only=True)
class PastPage:
    """A capture that was read as a page, what it was taken for, and the version it shows."""

    capture_id: int
    entry: Entry
    kind: str
    reason: str | None
    score: float | None
    version_id: int | None
    article_id: int | None
    version: int | None

    @property
    def portal(self) -> str:
        return self.entry.portal


def pages_after(
    connection: Connection, last: int, portals: Sequence[str], since: str | None, until: str | None
) -> list[PastPage]:
    """The next captures of the ledger."""
    query = _pages(portals, since, until).where(CaptureRow.id > last).order_by(CaptureRow.id).limit(_BATCH)
    return [_page(row) for row in connection.execute(query).mappings()]


def count_pages(connection: Connection, portals: Sequence[str], since: str | None, until: str | None) -> int:
    """How many there are in all."""
    counted = _pages(portals, since, until).subquery()
    return int(connection.execute(select(func.count()).select_from(counted)).scalar_one())


def replace(
    connection: Connection, version_id: int, text: ArticleText, description: Description, province: str
) -> None:
    """Text and mentions anew; what archivists decided of the article's people stays."""
    version = connection.execute(select(VersionRow.__table__).where(VersionRow.id == version_id)).one()
    decided = people.decided(connection, version.article_id)
    seals.withdraw_people(connection, version_id)
    for table in _MENTIONS:
        connection.execute(delete(table).where(table.version_id == version_id))
    digest = saving.text_digest(text)
    row = saving.version_row(version.article_id, version.number, digest, version.first_seen, text, description)
    del row["last_seen"]
    connection.execute(update(VersionRow).where(VersionRow.id == version_id).values(**row))
    saving.insert_mentions(connection, version_id, description)
    seals.seal_stored(connection, seals.SEALED["version"], VersionRow.id == version_id)
    people.assign(connection, version.article_id, version_id, description, province, decided)
    saving.record_change(connection, version.article_id, "upsert", version.number, saving.stamp(datetime.now(UTC)))


def is_current(connection: Connection, page: PastPage) -> bool:
    """Whether a capture shows the version that its article has now."""
    current = select(ArticleRow.version).where(ArticleRow.id == page.article_id)
    return connection.execute(current).scalar_one() == page.version


def adopt(connection: Connection, page: PastPage, text: ArticleText, description: Description, province: str) -> Saved:
    """Save the article of a capture that was taken for none."""
    judge_again(connection, page.capture_id, "article", None, description.relevance.score)
    return saving.save_article(
        connection,
        portal=page.portal,
        url_key=page.entry.url_key,
        text=text,
        description=description,
        province=province,
        capture_id=page.capture_id,
        seen_at=page.entry.capture.fetched_at,
    )


def judge_again(connection: Connection, capture_id: int, kind: str, reason: str | None, score: float | None) -> None:
    """Another verdict on a capture."""
    values = {"kind": kind, "reason": reason, "score": score}
    connection.execute(update(CaptureRow).where(CaptureRow.id == capture_id).values(**values))
    seals.seal_stored(connection, seals.SEALED["capture"], CaptureRow.id == capture_id)


def _pages(portals: Sequence[str], since: str | None, until: str | None) -> Any:
    """Captures with a page in them, of some portals (all where none is named), by the time of capture.

    A payload that an earlier capture of the same version has reads the same and is left out.
    """
    other, link = aliased(CaptureRow), aliased(VersionCaptureRow)
    is_copy = exists().where(
        link.version_id == VersionCaptureRow.version_id,
        link.capture_id == other.id,
        other.id < CaptureRow.id,
        other.status == 200,
        other.payload_digest == CaptureRow.payload_digest,
    )
    conditions: list[Any] = [CaptureRow.kind.in_(JUDGED), CaptureRow.status == 200, ~is_copy]
    if portals:
        conditions.append(CaptureRow.portal.in_(portals))
    if since:
        conditions.append(CaptureRow.fetched_at >= since)
    if until:
        conditions.append(CaptureRow.fetched_at < until)
    return (
        select(CaptureRow.__table__, VersionCaptureRow.version_id, VersionRow.article_id, VersionRow.number)
        .outerjoin(VersionCaptureRow, VersionCaptureRow.capture_id == CaptureRow.id)
        .outerjoin(VersionRow, VersionRow.id == VersionCaptureRow.version_id)
        .where(*conditions)
    )


def _page(row: Any) -> PastPage:
    entry = Entry(
        capture=capture_of(row),
        portal=row["portal"],
        url_key=row["url_key"],
        run_id=row["run_id"],
        etag=row["etag"],
        last_modified=row["last_modified"],
    )
    return PastPage(
        capture_id=row["id"],
        entry=entry,
        kind=row["kind"],
        reason=row["reason"],
        score=row["score"],
        version_id=row["version_id"],
        article_id=row["article_id"],
        version=row["number"],
    )
