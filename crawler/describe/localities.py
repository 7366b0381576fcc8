"""Which administrative units an article names, as of its day.

The portal's province is the prior: its units are accepted behind a type word, its province and districts also
alone; units of other provinces only behind a type word and only as province or district, or under a named parent.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

from archive.authorities import Gazetteer, Unit
from archive.authorities.gazetteer import REFORM, place_key
from archive.records import LocalityMention, PortalIdentity
from archive.vietnamese import match_key
from crawler.describe.names import Name
from crawler.describe.passages import Passage
from crawler.describe.place_names import PlaceName, find_place_names
from crawler.describe.places import Place

_ORDER = ("village", "commune", "district", "province")
_INSIDE = re.compile(r"\s*\(\s*|\s*,\s*|\s+(?:thuộc|của)\s+|\s+-\s+|\s+")
# How far the unit a place lies in may stand behind it.
_PARENT_REACH = 24
_FIRST_LIST = date(2022, 4, 10)
_LOCATIVE = re.compile(r"(?<!\w)(?:ở|tại|từ|đến|ra|vào|về|lên|xuống|sang)\s$")
# Provinces whose names are also words ("hòa bình", peace): never without a type word in another province's paper.
_ALSO_WORDS = frozenset(["hòa bình", "thái bình"])


class LocalityTagger:
    """Finds units for one article's day and portal."""

    def __init__(self, gazetteer: Gazetteer, home: PortalIdentity | None, day: date | None) -> None:
        self._gazetteer, self._day = gazetteer, day
        self._home = self._home_provinces(home)
        self._home_district = match_key(home.district) if home and home.district else None
        self._districts: Counter[str] = Counter()
        self._known: set[str] = set()  # units and provinces named so far

    def places(self, passages: list[Passage], names: list[list[Name]]) -> list[Place]:
        """Every accepted place in order; `names` are the persons of each passage, who are no places."""
        found = [
            name for passage, persons in zip(passages, names, strict=True)
            for name in find_place_names(passage, persons, self._gazetteer)
        ]  # fmt: skip
        for name in found:  # districts first: they tell communes of one name apart
            self._districts.update({unit.id for unit in self._fitting(name) if unit.level == "district"})
        chosen: dict[int, Unit] = {}
        for number, name in enumerate(found):
            if name.types and (unit := self._typed_unit(name, found[number + 1 : number + 3])):
                chosen[number] = self._noted(unit)
        for number, name in enumerate(found):
            if not name.types and (unit := self._bare_unit(name, found[number + 1 : number + 2])):
                chosen[number] = self._noted(unit)
        return [self._place(found[number], chosen[number]) for number in sorted(chosen)]

    def _noted(self, unit: Unit) -> Unit:
        self._known |= {unit.id, self._gazetteer.province_of(unit).id}
        return unit

    def mentions(self, places: list[Place]) -> list[LocalityMention]:
        """One mention a unit, in order of first naming, with the names of the day."""
        by_unit: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            by_unit[place.unit.id].append(place)
        return [self._mention(same) for same in by_unit.values()]

    def home_unit(self, home: PortalIdentity) -> Unit | None:
        """The portal's own district or province on the article's day."""
        if home.district and (self._day is None or self._day < REFORM):
            for unit in self._gazetteer.named(home.district, self._day, "district"):
                if self._gazetteer.province_of(unit).id in self._home:
                    return unit
        return next((self._gazetteer.units[id_] for id_ in sorted(self._home) if self._is_of_day(id_)), None)

    def home_mention(self, unit: Unit) -> LocalityMention:
        """The portal's own place, which the text does not name."""
        district = self._gazetteer.district_of(unit, self._day)
        return LocalityMention(
            unit_id=unit.id,
            name=unit.name,
            type=unit.type_on(self._day),
            level=unit.level,
            province=self._gazetteer.province_of(unit, self._day).name,
            district=district.name if district else None,
            cited_as="",
            evidence=(),
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            today=self._gazetteer.today(unit),
        )

    def _mention(self, places: list[Place]) -> LocalityMention:
        unit, first = places[0].unit, places[0]
        return LocalityMention(
            unit_id=unit.id,
            name=first.name,
            type=first.type,
            level=unit.level,
            province=first.province,
            district=first.district,
            cited_as=first.cited_as,
            evidence=tuple(place.passage.span(place.start, place.end) for place in places),
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            today=self._gazetteer.today(unit),
            former=any(place.is_former for place in places),
        )

    def _place(self, name: PlaceName, unit: Unit) -> Place:
        has_ended = self._day is not None and not unit.is_valid_on(self._day)
        district = self._gazetteer.district_of(unit, self._day)
        printed = name.passage.text[name.start : name.end]
        return Place(
            unit=unit,
            passage=name.passage,
            start=name.type_start,
            end=name.end,
            name=printed if unit.is_known_by_key else unit.name,
            type=self._type(name, unit),
            cited_as=name.cited_as,
            is_former=name.is_former or (has_ended and self._is_after_reform),
            is_organ=name.is_organ,
            is_typed=bool(name.types),
            province=self._gazetteer.province_of(unit, None if has_ended else self._day).name,
            district=district.name if district else None,
        )

    def _type(self, name: PlaceName, unit: Unit) -> str:
        """The unit's type on the day; before the first list the page is the better witness."""
        is_witness = len(name.types) == 1 and self._day is not None and self._day < _FIRST_LIST
        return name.types[0] if is_witness and not unit.has_dated_types() else unit.type_on(self._day)

    @property
    def _is_after_reform(self) -> bool:
        return self._day is not None and self._day >= REFORM

    def _is_of_day(self, id_: str) -> bool:
        return self._gazetteer.units[id_].is_valid_on(self._day or REFORM.replace(year=2024))

    def _home_provinces(self, home: PortalIdentity | None) -> set[str]:
        """The portal's province before 2025 and, for later articles, the one it went into."""
        if home is None or home.province is None:
            return set()
        old = [unit for unit in self._gazetteer.by_name.get(place_key(home.province), ()) if unit.level == "province"]
        found = {unit.id for unit in old if not unit.is_of_today} or {unit.id for unit in old}
        for id_ in list(found):
            unit = self._gazetteer.units[id_]
            found |= {ref.id for ref in self._gazetteer.today(unit)} | {s.rstrip("~") for s in unit.successors}
        for unit in self._gazetteer.every_province:  # parts that had ended are named as former units
            if not unit.is_valid_on(self._day) and found.intersection(id_.rstrip("~") for id_ in unit.successors):
                found.add(unit.id)
        return found

    def _fitting(self, name: PlaceName) -> list[Unit]:
        """The units of a name that existed on the day and are of its type; ended ones where none did."""
        of_type = [unit for unit in name.units if self._is_of_type(unit, name)]
        if name.is_former:
            return [unit for unit in of_type if not unit.is_of_today]
        valid = [unit for unit in of_type if unit.is_valid_on(self._day) and (self._day or not unit.is_of_today)]
        if valid or not name.types:
            return valid
        ended = [unit for unit in of_type if not unit.is_of_today]
        return [u for u in ended if self._is_after_reform or u.level == "province" or u.is_known_by_key]

    def _is_of_type(self, unit: Unit, name: PlaceName) -> bool:
        """Types are dated badly before 2022, so a `huyện` may be what a list calls a `thị xã`."""
        if not name.types or not set(name.types).isdisjoint(unit.types):
            return not name.is_organ or "tỉnh" not in name.types or unit.level == "province"
        same = any(not set(name.types).isdisjoint(u.types) for u in name.units if u.is_valid_on(self._day))
        if "tỉnh" in name.types and unit.level == "province":
            return True
        return not same and name.level == unit.level

    def _typed_unit(self, name: PlaceName, following: list[PlaceName]) -> Unit | None:
        """The one unit a name behind a type word means, or None."""
        fitting = self._fitting(name)
        if inside := self._inside_parent(name, fitting, following):
            return self._best(inside, name)
        if at_home := self._at_home(fitting):
            return self._best(at_home, name)
        elsewhere = [unit for unit in fitting if unit.level in ("province", "district") or not self._home]
        provinces = [unit for unit in elsewhere if unit.level == "province"]
        near = [unit for unit in fitting if self._gazetteer.province_of(unit).id in self._known]
        for units in (provinces, near, elsewhere):
            if len(units) == 1 or (units and units is provinces):
                return self._best(units, name)
        return None

    def _bare_unit(self, name: PlaceName, following: list[PlaceName]) -> Unit | None:
        """A name alone: a unit the text names elsewhere, the portal's own province or one of its districts."""
        fitting = self._fitting(name)
        seen = [unit for unit in name.units if unit.id in self._known and unit.level != "province"]
        if "(" in name.passage.key[name.end : name.end + 2]:
            fitting = self._inside_parent(name, fitting, following) or fitting
            fitting = fitting if name.passage.key[name.end : name.end + 2] == " (" else []
            if inside := self._at_home(fitting):
                return self._best(inside, name)
        own = [unit for unit in self._at_home(fitting) if unit.level != "commune"]
        if units := [unit for unit in own if unit.id in self._known] or seen or own:
            return self._best(units, name)
        if _LOCATIVE.search(name.passage.key, max(0, name.start - 8), name.start) and len(name.units):
            key = name.passage.key[name.start : name.end]
            provinces = [unit for unit in fitting if unit.level == "province" and key not in _ALSO_WORDS]
            return self._best(provinces, name)
        return None

    def _at_home(self, units: list[Unit]) -> list[Unit]:
        return [unit for unit in units if self._gazetteer.province_of(unit).id in self._home]

    def _inside_parent(self, name: PlaceName, fitting: list[Unit], following: list[PlaceName]) -> list[Unit]:
        """Those of the fitting units that lie in what is named right after: "(Sơn Động)", ", huyện Lục Nam"."""
        key, at, parents = name.passage.key, name.end, set()
        for other in following:
            if other.passage is not name.passage or not 0 <= other.start - at <= _PARENT_REACH:
                break
            between = key[at : other.type_start]
            if not _INSIDE.fullmatch(between) or (not other.types and "(" not in between) or other.types == name.types:
                break
            parents |= {unit.id for unit in self._fitting(other) if unit.level != "commune"}
            at = other.end
        candidates = fitting or [unit for unit in name.units if self._is_of_type(unit, name)]
        return [unit for unit in candidates if {*unit.parents, self._gazetteer.province_of(unit).id} & parents]

    def _best(self, units: list[Unit], name: PlaceName) -> Unit | None:
        """Of several units the home district's, then the most named district's, then the higher level."""

        def rank(unit: Unit) -> tuple[bool, bool, int, int, bool, str]:
            district = self._gazetteer.district_of(unit, self._day)
            is_home = unit.level == "district" and match_key(unit.name) == self._home_district
            is_home |= bool(district and match_key(district.name) == self._home_district)
            count = self._districts[district.id] if district else 0
            is_exact = unit.type_on(self._day) in name.types
            return (is_exact, is_home, count, _ORDER.index(unit.level), unit.valid_to is not None, unit.id)

        return max(units, key=rank, default=None)
