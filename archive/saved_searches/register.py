"""Saving, listing and forgetting searches; `Archive.saved_searches` is one register."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, insert, select, update

from archive import database
from archive.errors import UsageError
from archive.reading import moment
from archive.saved_searches.records import SavedSearch
from archive.saved_searches.tables import SavedSearchRow

LONGEST_NAME = 80  # characters: it stands in addresses and in lists
LONGEST_ADDRESS = 4000


class SavedSearchRegister:
    """Names are kept as typed, in NFC, without spaces around; two that are equal so are one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, name: str, address: str, cursor: str) -> SavedSearch:
        """Keep a question; UsageError where the name is taken, empty, too long, or cannot stand in a line."""
        name = _checked(name)
        if len(address) > LONGEST_ADDRESS:
            raise UsageError(f"search {name!r}: its address has {len(address):,} characters, at most {LONGEST_ADDRESS}")
        row = {"name": name, "address": address, "created_at": datetime.now(UTC).isoformat(), "cursor": cursor}
        with database.writing(self._engine) as connection:
            taken = select(SavedSearchRow.name).where(SavedSearchRow.name == name)
            if connection.execute(taken).first():
                raise UsageError(f"search {name!r} is there already: choose another name, or remove that one first")
            connection.execute(insert(SavedSearchRow).values(row))
        return _saved(row)

    def every(self) -> list[SavedSearch]:
        """All saved searches by name."""
        with database.reading(self._engine) as connection:
            rows = connection.execute(select(SavedSearchRow.__table__).order_by(SavedSearchRow.name)).mappings()
            return [_saved(row) for row in rows]

    def named(self, name: str) -> SavedSearch:
        """One of them; UsageError that names the others where there is none."""
        wanted = unicodedata.normalize("NFC", name).strip()
        found = {one.name: one for one in self.every()}
        if wanted not in found:
            raise UsageError(f"search {wanted[:80]!r}: there is none; saved are {', '.join(found) or 'none'}")
        return found[wanted]

    def read_up_to(self, name: str, cursor: str) -> None:
        """Remember that everything up to a place in the change feed was seen."""
        with database.writing(self._engine) as connection:
            connection.execute(update(SavedSearchRow).where(SavedSearchRow.name == name).values(cursor=cursor))

    def forget(self, name: str) -> None:
        """Remove a saved search; UsageError where there is none."""
        known = self.named(name)
        with database.writing(self._engine) as connection:
            connection.execute(delete(SavedSearchRow).where(SavedSearchRow.name == known.name))


def _checked(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or "/" in name:
        raise UsageError(f"search name {name[:80]!r}: 1 to {LONGEST_NAME} characters of one line, without '/'")
    return name


def _saved(row: object) -> SavedSearch:
    values = dict(row)  # type: ignore[call-overload]
    return SavedSearch(**values | {"created_at": moment(values["created_at"])})
