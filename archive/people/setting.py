"""Where and when an article speaks: what a bare "Huyện ủy" or "UBND xã" in it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from archive.authorities import Gazetteer
from archive.people.posts import Post, Province, Where
from archive.records import Level, OfficialTitle
from archive.vietnamese import match_key

# Without a date an article is of before the reform, as most are.
_USUAL_DAY = date(2025, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Place:
    """What of a locality mention says where a post is held."""

    name: str
    level: Level
    province: str | None
    district: str | None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """An article's day, its primary place, the places it names, and whose portal it stands on."""

    day: date | None
    primary: Place | None
    places: Sequence[Place] = ()
    portal_province: str | None = None
    portal_district: str | None = None

    @property
    def province(self) -> Province | None:
        """The province the article is of, as it was on its day."""
        return province_on(self._province_name or "", self.day)

    def post(self, title: OfficialTitle) -> Post:
        """A title with the place it is held in: the one it names, else the article's own."""
        named = self._named(title)
        if named is None:
            return Post.of(title, self._where())
        where = Where(
            province=province_on((named.name if named.level == "province" else named.province) or "", self.day)
            or self.province,
            district=_key(named.name if named.level == "district" else named.district),
            commune=_key(named.name) if named.level == "commune" else None,
        )
        if title.level in ("province", "district") and named.level != title.level:  # "Thành ủy" is of two levels
            return Post.of(title, where, level=named.level)
        return Post.of(title, where)

    @property
    def _province_name(self) -> str | None:
        if self.primary is None:
            return self.portal_province
        own = self.primary.name if self.primary.level == "province" else self.primary.province
        return own or self.portal_province

    def _where(self) -> Where:
        primary, district = self.primary, None
        if primary is not None:
            district = primary.name if primary.level == "district" else primary.district
        if district is None and self.portal_district and self._is_at_home:
            district = self.portal_district
        commune = primary.name if primary and primary.level == "commune" else None
        return Where(province=self.province, district=_key(district), commune=_key(commune))

    @property
    def _is_at_home(self) -> bool:
        own = province_on(self.portal_province or "", self.day)
        return own is not None and self.province is not None and own.is_same(self.province)

    def _named(self, title: OfficialTitle) -> Place | None:
        """The place a title names, among the article's; one of its own level first."""
        if title.locality is None:
            return None
        key = _key(title.locality)
        found = [place for place in self.places if _key(place.name) == key]
        level: Level | None = title.level
        return min(found, key=lambda place: place.level != level, default=_unknown(title))


def _unknown(title: OfficialTitle) -> Place | None:
    """A place the article's description does not list: its name and level are the title's own."""
    if title.level is None or title.locality is None:
        return None
    return Place(name=title.locality, level=title.level, province=None, district=None)


@lru_cache(maxsize=16_384)  # a province on a day, as an import of years meets them
def province_on(name: str, day: date | None) -> Province | None:
    """A province by any name it has had, as it was on a day."""
    known, on = Gazetteer.load(), day or _USUAL_DAY
    units = known.named(name, None, "province")
    for unit in (u for u in units if u.is_valid_on(on)):
        return _province(unit.id)
    for unit in units:
        for heir in known.today(unit) if unit.valid_to and unit.valid_to <= on else ():
            return _province(heir.id)
    return _province(units[0].id) if units else None


@lru_cache(maxsize=512)
def _province(id_: str) -> Province:
    known = Gazetteer.load()
    unit = known.unit(id_)
    same = {unit.name} | {
        other.name for other in known.every_province
        if not other.is_of_today and other.code is not None and other.code == unit.code and not unit.is_of_today
    }  # fmt: skip
    heirs = {id_.rstrip("~") for id_ in unit.successors} | {ref.id for ref in known.today(unit)}
    today = next((ref.name for ref in known.today(unit)), unit.name)
    return Province(unit.id, today, frozenset(same), frozenset(heirs - {unit.id}))


@lru_cache(maxsize=8192)
def _key(name: str | None) -> str | None:
    return match_key(name) if name else None
