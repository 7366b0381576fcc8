"""Which of the units of a name is meant: on the article's day, in the portal's province, under the parent named.

The portal's province is the prior: its units are accepted behind a type word, its province and districts also
alone; units of other provinces only behind a type word and only as province or district, or under a named parent.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from archive.authorities import Gazetteer, Unit
from archive.authorities.gazetteer import REFORM, place_key
from archive.authorities.units import FIRST_LIST
from archive.records import PortalIdentity
from archive.vietnamese import match_key
from crawler.describe.places.place_names import PlaceName

_ORDER = ("village", "commune", "district", "province")
_INSIDE = re.compile(r"\s*\(\s*|\s*,\s*|\s+(?:thuộc|của)\s+|\s+-\s+|\s+")
# How far the unit a place lies in may stand behind it.
_PARENT_REACH = 24
_LOCATIVE = re.compile(r"(?<!\w)(?:ở|tại|từ|đến|ra|vào|về|lên|xuống|sang)\s$")
# Where somebody comes from may be any place of that name: a province only where home has no other.
_ORIGIN = re.compile(r"(?<!\w)(?:quê(?: gốc| quán)?|gốc|người)\s?:?\s$")
# Provinces whose names are also words ("hòa bình", peace): never without a type word in another province's paper.
_ALSO_WORDS = frozenset(["hòa bình", "thái bình"])


class UnitChoice:
    """Chooses for one article's day and portal; what the text has named so far speaks for its neighbours."""

    def __init__(self, gazetteer: Gazetteer, home: PortalIdentity | None, day: date | None) -> None:
        self._gazetteer, self._day = gazetteer, day
        self.home = self._home_provinces(home)
        self._home_district = match_key(home.district) if home and home.district else None
        self._districts: Counter[str] = Counter()
        self._known: set[str] = set()  # units and provinces named so far
        self._fits: dict[int, list[Unit]] = {}  # asked for again and again

    def expect(self, names: list[PlaceName]) -> None:
        """Count the districts first: they tell communes of one name apart."""
        for name in names:
            self._districts.update({unit.id for unit in self._fitting(name) if unit.level == "district"})

    def note(self, unit: Unit) -> Unit:
        """Remember a unit the text names."""
        self._known |= {unit.id, self._gazetteer.province_id(unit)}
        return unit

    def typed(self, name: PlaceName, following: list[PlaceName]) -> Unit | None:
        """The one unit a name behind a type word means, or None."""
        fitting = self._fitting(name)
        at_home = self._at_home(fitting)
        if inside := self._inside(name, fitting, self.parents(name, following), is_settled=bool(at_home)):
            return self._best(inside, name)
        if at_home or (at_home := self._at_home(self._ended(name))):
            return self._best(at_home, name)
        elsewhere = [unit for unit in fitting if unit.level in ("province", "district") or not self.home]
        provinces = [unit for unit in elsewhere if unit.level == "province"]
        known = [unit for unit in fitting if self._gazetteer.province_id(unit) in self._known]
        nearby = [unit for unit in elsewhere if self._is_nearby(unit)]
        for units in (provinces, known, elsewhere, nearby):
            if len(units) == 1 or (units and units is provinces):
                return self._best(units, name)
        return None

    def bare(self, name: PlaceName, following: list[PlaceName]) -> Unit | None:
        """A name alone: a unit the text names elsewhere, the portal's own province or one of its districts."""
        fitting = self._fitting(name)
        if name.is_merged and (merged := self._at_home(self._ended(name))):
            return self._best(merged, name)
        inside = self._inside(name, fitting, self.parents(name, following))
        if inside and following[0].types:
            return self._best(inside, name)
        seen = [unit for unit in name.units if unit.id in self._known and unit.level != "province"]
        if "(" in (after := name.passage.key[name.end : name.end + 2]):
            fitting = (inside or fitting) if after == " (" else []
            if at_home := self._at_home(fitting):
                return self._best(at_home, name)
        own = [unit for unit in self._at_home(fitting) if unit.level != "commune"]
        seen = [unit for unit in seen if unit.is_valid_on(self._day)] or seen  # "Sơn Hòa" is the commune of today
        if units := [unit for unit in own if unit.id in self._known] or seen or own:
            return self._best(units, name)
        if (district := self.home_district()) and _LOCATIVE.search(
            name.passage.key, max(0, name.start - 8), name.start
        ):
            own = [unit for unit in fitting if unit.level == "commune" and district.id in unit.parents]
            if own and self._at_home(own):
                return self._best(own, name)
        return self._best([unit for unit in fitting if self._is_province_meant(unit, name)], name)

    def parents(self, name: PlaceName, following: list[PlaceName]) -> list[Unit]:
        """What a name is said to lie in, named right after it: "(Sơn Động)", ", huyện Lục Nam"."""
        key, at, found = name.passage.key, name.end, []
        for other in following:
            if other.passage is not name.passage or not 0 <= other.start - at <= _PARENT_REACH:
                break
            between = key[at : other.type_start]
            if not _INSIDE.fullmatch(between) or (not other.types and "(" not in between) or other.types == name.types:
                break
            found += [unit for unit in self._fitting(other) if unit.level != "commune"]
            at = other.end
        return found

    def around(self, name: PlaceName, following: list[PlaceName]) -> Unit | None:
        """The smallest known unit that holds a commune of no list: the district said or named, the portal's, its province."""
        if self._day is None or self._day >= REFORM:
            return None
        parents = self.parents(name, following)
        if said := [unit for unit in parents if unit.level == "district"]:
            return self._best(self._at_home(said) or said, name)
        if parents:
            return self._best(parents, name)
        own = [unit for id_ in self._districts if (unit := self._gazetteer.units[id_]) and self._at_home([unit])]
        if len(own) == 1:
            return own[0]
        return self.home_district() or self.home_province()

    def home_district(self) -> Unit | None:
        """The portal's own district on the article's day."""
        if self._home_district is None or self.is_after_reform:
            return None
        found = self._gazetteer.named(self._home_district, self._day, "district")
        return next(iter(self._at_home(found)), None)

    def district_of(self, unit: Unit) -> Unit | None:
        """The district a unit lay in; before the first list that of a portal which went into the listed one."""
        district, home = self._gazetteer.district_of(unit, self._day), self.home_district()
        if district and home and self._day and self._day < FIRST_LIST and district.id in home.successors:
            return home
        return district

    def home_province(self) -> Unit | None:
        """The portal's own province on the article's day."""
        day = self._day or REFORM.replace(year=2024)
        return next((u for id_ in sorted(self.home) if (u := self._gazetteer.units[id_]).is_valid_on(day)), None)

    @property
    def is_after_reform(self) -> bool:
        return self._day is not None and self._day >= REFORM

    def _home_provinces(self, home: PortalIdentity | None) -> set[str]:
        """The portal's province before 2025 and, for later articles, the one it went into."""
        if home is None or home.province is None:
            return set()
        named = [unit for unit in self._gazetteer.by_name.get(place_key(home.province), ()) if unit.level == "province"]
        old = [unit for unit in named if not unit.is_of_today] or named
        last = max((unit.valid_to for unit in old if unit.valid_to), default=None)  # Cần Thơ was one of two kinds
        found = {unit.id for unit in old if unit.valid_to == last}
        for id_ in list(found):
            unit = self._gazetteer.units[id_]
            found |= {ref.id for ref in self._gazetteer.today(unit)} | {s.rstrip("~") for s in unit.successors}
        for unit in self._gazetteer.every_province:  # parts that had ended are named as former units
            if not unit.is_valid_on(self._day) and found.intersection(id_.rstrip("~") for id_ in unit.successors):
                found.add(unit.id)
        return found

    def _fitting(self, name: PlaceName) -> list[Unit]:
        """The units of a name that existed on the day and are of its type; ended ones where none did."""
        if id(name) not in self._fits:
            self._fits[id(name)] = self._found_fitting(name)
        return self._fits[id(name)]

    def _found_fitting(self, name: PlaceName) -> list[Unit]:
        of_type = self._of_type(name)
        if name.is_former:
            older = [unit for unit in of_type if not unit.is_of_today]
            ended = [unit for unit in older if unit.valid_to and self._day and unit.valid_to <= self._day]
            return ended or older
        valid = [unit for unit in of_type if unit.is_valid_on(self._day) and (self._day or not unit.is_of_today)]
        if valid or not name.types:
            return valid
        ended = [unit for unit in of_type if not unit.is_of_today]
        return [u for u in ended if self.is_after_reform or u.level == "province" or u.is_known_by_key]

    def _ended(self, name: PlaceName) -> list[Unit]:
        """The districts and communes of before the reform that a type word names after it."""
        if not self.is_after_reform:
            return []
        return [unit for unit in self._of_type(name) if unit.level != "province" and not unit.is_of_today]

    def _of_type(self, name: PlaceName) -> list[Unit]:
        """The units a type word can mean; types are dated badly before 2022, so a `huyện` may be a list's `thị xã`."""
        if not name.types:
            return list(name.units)
        exact = [unit for unit in name.units if unit.had_type(name.types)]
        has_exact = any(unit.is_valid_on(self._day) for unit in exact)
        if name.is_organ and "tỉnh" in name.types:
            exact = [unit for unit in exact if unit.level == "province"]
        others = [unit for unit in name.units if not unit.had_type(name.types)]
        if "tỉnh" in name.types and (provinces := [unit for unit in others if unit.level == "province"]):
            return exact + provinces
        if has_exact or not others:
            return exact
        # No town outlived the reform.
        is_town = name.types == ("thị trấn",)
        return exact + [unit for unit in others if unit.level == name.level and not (is_town and unit.is_of_today)]

    def _at_home(self, units: list[Unit]) -> list[Unit]:
        return [unit for unit in units if self._gazetteer.province_id(unit) in self.home]

    def _is_nearby(self, unit: Unit) -> bool:
        """Whether a unit lies in a province that borders the portal's."""
        return self._gazetteer.province_id(unit) in self._gazetteer.neighbours(frozenset(self.home))

    def _is_province_meant(self, unit: Unit, name: PlaceName) -> bool:
        """Another province's name alone, behind a word of place or origin, or said to be of the past."""
        if name.is_former and unit.level == "province":
            return True
        if unit.level != "province" or name.passage.key[name.start : name.end] in _ALSO_WORDS:
            return False
        before = name.passage.key[max(0, name.start - 12) : name.start]
        is_only_meaning = not any(other.level != "province" for other in self._at_home(list(name.units)))
        return bool(_LOCATIVE.search(before) or (is_only_meaning and _ORIGIN.search(before)))

    def _inside(
        self, name: PlaceName, fitting: list[Unit], parents: list[Unit], *, is_settled: bool = False
    ) -> list[Unit]:
        """Those of the fitting units that lie in one of the parents named, else ended ones that did.

        A commune of today that lies where a former district was ("xã X (huyện Y cũ)") is settled already.
        """
        ids = {unit.id for unit in parents}
        inside = [unit for unit in fitting if ids & {*unit.parents, self._gazetteer.province_id(unit)}]
        if inside or not ids or (is_settled and self.is_after_reform):
            return inside
        every = [unit for unit in self._of_type(name) if ids & {*unit.parents, self._gazetteer.province_id(unit)}]
        return every or self._merged_inside(name, parents)

    def _merged_inside(self, name: PlaceName, parents: list[Unit]) -> list[Unit]:
        """A commune known by its key alone that shares a listed one's name, in the district said."""
        ids = {unit.id for unit in parents if unit.level == "district"}
        if not ids or name.level != "commune":
            return []
        found = self._gazetteer.merged(name.text, name.types[0])
        return [unit for unit in found if unit.parent in ids and unit.is_valid_on(self._day)]

    def _best(self, units: list[Unit], name: PlaceName) -> Unit | None:
        """Of several units the home district's, then the most named district's, then the higher level."""

        def rank(unit: Unit) -> tuple[bool, bool, int, int, date, str]:
            district = self._gazetteer.district_of(unit, self._day)
            is_home = unit.level == "district" and match_key(unit.name) == self._home_district
            is_home |= bool(district and match_key(district.name) == self._home_district)
            count = self._districts[district.id] if district else 0
            is_exact = self._gazetteer.type_on(unit, self._day) in name.types
            ended = unit.valid_to or date.min  # of two that ended the later one
            return (is_exact, is_home, count, _ORDER.index(unit.level), ended, unit.id)

        return max(units, key=rank, default=None)
