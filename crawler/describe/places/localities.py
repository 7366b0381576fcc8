"""Which administrative units an article names, as of its day, each with every place where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from archive.authorities import Gazetteer, Unit
from archive.authorities.units import FIRST_LIST, FIRST_LIST_END
from archive.records import LocalityMention, PortalIdentity
from archive.vietnamese import match_key
from crawler.describe.passages import Passage
from crawler.describe.people.names import Name
from crawler.describe.places.place import Place
from crawler.describe.places.place_names import PlaceName, find_listed
from crawler.describe.places.unlisted import find_unlisted
from crawler.describe.places.which_unit import UnitChoice


class LocalityTagger:
    """Finds units for one article's day and portal."""

    def __init__(self, gazetteer: Gazetteer, home: PortalIdentity | None, day: date | None) -> None:
        self._gazetteer, self._day = gazetteer, day
        self._choice = UnitChoice(gazetteer, home, day)
        self._places: list[Place] = []

    def places(self, passages: list[Passage], names: list[list[Name]]) -> list[Place]:
        """Every accepted place in order; `names` are the persons of each passage, who are no places."""
        found = [
            name for passage, persons in zip(passages, names, strict=True)
            for name in self._names(passage, persons)
        ]  # fmt: skip
        self._choice.expect(found)
        chosen: dict[int, Unit] = {}
        for number, name in enumerate(found):
            if name.types and (unit := self._choice.typed(name, found[number + 1 : number + 3])):
                chosen[number] = self._choice.note(unit)
        for number, name in enumerate(found):
            if not name.types and (unit := self._choice.bare(name, found[number + 1 : number + 2])):
                chosen[number] = self._choice.note(unit)
        for number, name in enumerate(found):
            if not name.units and (unit := self._choice.around(name, found[number + 1 : number + 3])):
                chosen[number] = unit
        self._places = [self._place(found[number], chosen[number]) for number in sorted(chosen)]
        return self._places

    def mentions(self, places: list[Place]) -> list[LocalityMention]:
        """One mention a place, in order of first naming, with the names of the day."""
        by_place: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in places:
            by_place[place.unit.id, match_key(place.name) if place.is_unlisted else ""].append(place)
        return [self._mention(same) for same in by_place.values()]

    def home_unit(self, home: PortalIdentity) -> Unit | None:
        """The portal's own district or province on the article's day."""
        return self._choice.home_district() or self._choice.home_province()

    def home_mention(self, unit: Unit) -> LocalityMention:
        """The portal's own place, which the text does not name; a commune of no list named in it is its evidence."""
        district = self._gazetteer.district_of(unit, self._day)
        inside = [place for place in self._places if place.is_unlisted and place.unit is unit]
        return LocalityMention(
            unit_id=unit.id,
            name=unit.name,
            type=self._gazetteer.type_on(unit, self._day),
            level=unit.level,
            province=self._gazetteer.province_of(unit, self._day).name,
            district=district.name if district else None,
            cited_as=inside[0].cited_as if inside else "",
            evidence=tuple(place.passage.span(place.start, place.end) for place in inside),
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            today=self._gazetteer.today(unit),
        )

    def _names(self, passage: Passage, persons: list[Name]) -> Iterator[PlaceName]:
        listed = find_listed(passage, persons, self._gazetteer)
        unlisted = find_unlisted(passage, listed, persons, self._gazetteer)
        return iter(sorted([*listed, *unlisted], key=lambda name: name.start))

    def _mention(self, places: list[Place]) -> LocalityMention:
        unit, first = (None if places[0].is_unlisted else places[0].unit), places[0]
        return LocalityMention(
            unit_id=unit.id if unit else None,
            name=first.name,
            type=first.type,
            level=first.level,
            province=first.province,
            district=first.district,
            cited_as=first.cited_as,
            evidence=tuple(place.passage.span(place.start, place.end) for place in places),
            valid_from=unit.valid_from if unit else None,
            valid_to=unit.valid_to if unit else None,
            today=self._gazetteer.today(unit) if unit else (),
            former=any(place.is_former for place in places),
        )

    def _place(self, name: PlaceName, unit: Unit) -> Place:
        is_unlisted = not name.units
        has_ended = self._day is not None and not unit.is_valid_on(self._day)
        district = self._district(unit, is_unlisted)
        return Place(
            unit=unit,
            passage=name.passage,
            start=name.type_start,
            end=name.end,
            name=name.text if is_unlisted or unit.is_known_by_key else unit.name,
            type=name.types[0] if is_unlisted else self._type(name, unit),
            cited_as=name.cited_as,
            is_former=name.is_former or (has_ended and self._choice.is_after_reform),
            is_organ=name.is_organ,
            is_typed=bool(name.types),
            province=self._gazetteer.province_of(unit, None if has_ended else self._day).name,
            district=district.name if district else None,
            is_unlisted=is_unlisted,
        )

    def _district(self, unit: Unit, is_unlisted: bool) -> Unit | None:
        """The district a place lies in; the unit around a commune of no list may be one itself."""
        if is_unlisted and unit.level == "district":
            return unit
        return self._choice.district_of(unit)

    def _type(self, name: PlaceName, unit: Unit) -> str:
        """The unit's type on the day; where no source dates it, the page is the better witness."""
        if len(name.types) == 1 and self._day is not None and not unit.has_dated_types():
            is_between_lists = name.types[0] in unit.types and self._day > FIRST_LIST_END
            if self._day < FIRST_LIST or is_between_lists:
                return name.types[0]
        return self._gazetteer.type_on(unit, self._day)
