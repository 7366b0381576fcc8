"""The table of moves."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from archive.models import Base, RowId


class MoveRow(Base):
    """An article went from its address to another, of its portal or the successor; both stay articles of their own."""

    __tablename__ = "move"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    article_id: Mapped[int] = mapped_column(RowId, ForeignKey("article.id"), index=True)
    to_url: Mapped[str]
    to_key: Mapped[str] = mapped_column(index=True)  # key of the address: its article may be archived later
    how: Mapped[str]  # redirect: the old address leads there | content: the same text stands there
    at: Mapped[str]
    capture_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("capture.id"))  # of the redirect
    resemblance: Mapped[float | None]  # of the two texts, where both are known
