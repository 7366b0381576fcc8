"""The tables of the frontier: tasks of crawls that are not over, and the links that lists have shown."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.models import Base, RowId


class FrontierRow(Base):
    """One address of a crawl that is not over; a crawl that ends takes its rows away."""

    __tablename__ = "frontier"
    __table_args__ = (UniqueConstraint("portal", "scope", "key"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    portal: Mapped[str]
    scope: Mapped[str]  # of the run: another range of days is another crawl
    key: Mapped[str]
    url: Mapped[str]
    kind: Mapped[str]  # list | article | revisit | attachment
    priority: Mapped[int] = mapped_column(Integer)
    state: Mapped[str]  # queued | taken | done | failed: a list that the next run tries again
    asked: Mapped[dict[str, Any]]  # of a list: by which rule it is read, as spiders.discovery says; a file's role
    attempts: Mapped[int] = mapped_column(Integer)  # that failed in earlier runs
    run_id: Mapped[int | None] = mapped_column(RowId)  # that has taken it
    added_at: Mapped[str]


# What is next: the best of those queued, the oldest first; with it a million rows answer as fast as ten.
Index(
    "ix_frontier_next",
    FrontierRow.portal,
    FrontierRow.scope,
    FrontierRow.state,
    FrontierRow.priority.desc(),
    FrontierRow.id,
)


class LinkRow(Base):
    """An article address that a list, feed or sitemap showed, and why it was not fetched or not got."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("portal", "url_key"),
        Index("ix_link_due", "portal", "not_before"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    portal: Mapped[str]
    url_key: Mapped[str]
    url: Mapped[str]
    title: Mapped[str | None]
    day: Mapped[str | None]  # as the list printed it
    found_in: Mapped[str]  # rss | sitemap | list | api | archive: asked for again because it is known
    first_seen: Mapped[str]
    last_seen: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("run.id"))  # the last that saw it
    skipped: Mapped[str | None]  # why it was not asked for
    failure: Mapped[str | None]  # why it was not got the last time
    attempts: Mapped[int] = mapped_column(Integer)  # that failed since it was last got
    not_before: Mapped[str | None]  # when a failed one is asked for again; None: no more, or nothing failed
