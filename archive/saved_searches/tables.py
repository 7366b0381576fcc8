"""The table of saved searches."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from archive.models import Base


class SavedSearchRow(Base):
    """A question under a name, and up to where the change feed was read for it."""

    __tablename__ = "saved_search"
    name: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]  # query string of the search pages
    created_at: Mapped[str]
    cursor: Mapped[str]
