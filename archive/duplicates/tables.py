"""The tables of near-duplicates."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from archive.models import Base, RowId


class TextSignatureRow(Base):
    """What the current text of an article is compared by."""

    __tablename__ = "text_signature"
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"), primary_key=True)
    digest: Mapped[str]  # of the version it was made of
    method: Mapped[str]
    shingles: Mapped[int] = mapped_column(Integer)
    is_compared: Mapped[bool]
    cluster_id: Mapped[int | None] = mapped_column(RowId, index=True)  # the first article of its cluster


class TextBandRow(Base):
    """Bands of signatures: articles that share one are compared."""

    __tablename__ = "text_band"
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"), primary_key=True, index=True)


class NearDuplicateRow(Base):
    """Two articles of nearly the same text, the smaller number first."""

    __tablename__ = "near_duplicate"
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"), primary_key=True, index=True)
    resemblance: Mapped[float]
