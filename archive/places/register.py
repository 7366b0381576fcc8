"""What pages ask about one unit; `Archive.places` is one register."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from archive import database
from archive.places import reading
from archive.places.reading import UnitFigure, UnitOfficial


class PlacesRegister:
    """Reads of localities, officials and figures by unit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def articles(self, unit_ids: Sequence[str]) -> dict[str, int]:
        """How many articles name each unit itself; units that none names are left out."""
        with database.reading(self._engine) as connection:
            return reading.count_articles(connection, unit_ids)

    def officials(self, unit_id: str, after: int = 0, limit: int = 50) -> list[UnitOfficial]:
        """Persons with a post that names the unit, by number, those behind `after`."""
        with database.reading(self._engine) as connection:
            return reading.officials_of(connection, unit_id, after, limit)

    def figures(self, unit_id: str, before: tuple[str, int] | None = None, limit: int = 50) -> list[UnitFigure]:
        """Numbers given for the unit, newest article first, those behind `before` (see `reading.figure_day`)."""
        with database.reading(self._engine) as connection:
            return reading.figures_of(connection, unit_id, before, limit)
