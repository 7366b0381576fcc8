"""The tables of fixity: digests of closed WARC files, seals of rows, and the log of checks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.models import Base, RowId


class WarcFileRow(Base):
    """A closed WARC file's size and digest, and when it was last read again."""

    __tablename__ = "warc_file"
    name: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    sha256: Mapped[str]
    recorded_at: Mapped[str]
    source: Mapped[str]  # closed: by its writer | imported | verified: at the first check
    checked_at: Mapped[str | None]


class SealRow(Base):
    """The digest of a stored row; the newest of a row counts."""

    __tablename__ = "seal"
    __table_args__ = (Index("ix_seal_row", "of", "row", "id"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    of: Mapped[str]  # the table
    row: Mapped[str]  # its key; two columns are joined by a colon
    digest: Mapped[str]
    at: Mapped[str]


class FixityRunRow(Base):
    """One run of `danvan verify`."""

    __tablename__ = "fixity_run"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    started_at: Mapped[str]
    finished_at: Mapped[str | None]
    scope: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    verdict: Mapped[str]  # running | clean | damaged


class FixityFindingRow(Base):
    """One thing a run of `danvan verify` found."""

    __tablename__ = "fixity_finding"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    run_id: Mapped[int] = mapped_column(RowId, ForeignKey("fixity_run.id"), index=True)
    kind: Mapped[str]
    is_damage: Mapped[bool]
    file: Mapped[str | None]
    offset: Mapped[int | None]
    url: Mapped[str | None]
    row: Mapped[str | None]
    detail: Mapped[str]
    advice: Mapped[str]
