"""The one place an article is most about, with a reason."""

from __future__ import annotations

from collections import defaultdict

from archive.authorities import Gazetteer, Unit
from archive.vietnamese import match_key
from crawler.describe.localities import Place

# A name in the title says more than five in the text; "Tỉnh ủy X" names an organisation, not the place.
_WEIGHTS = {"title": 5.0, "sapo": 2.0, "body": 1.0, "caption": 0.5}
_LEAD_BONUS = 1.5
_ORGANISATION = 0.3
_PER_COMMUNE = 0.7
# An article that names so many districts of one province is about the province.
_MANY_DISTRICTS = 4


def primary_unit(places: list[Place], gazetteer: Gazetteer, home: Unit | None) -> tuple[Unit, str] | None:
    """Unit and reason; the portal's own where the text names none."""
    scores: dict[str, float] = defaultdict(float)
    units = {place.unit.id: place.unit for place in places}
    in_title = set()
    for place in places:
        weight = _WEIGHTS[place.passage.field]
        weight *= _ORGANISATION if place.word and place.word.endswith(("ủy", "đoàn")) else 1.0
        weight *= 0.3 if place.unit.level == "province" and place.passage.field != "title" else 1.0
        if place.passage.field == "body" and place.start < 300:
            weight += _LEAD_BONUS * (place.unit.level != "province")
        scores[place.unit.id] += weight
        if place.passage.field == "title":
            in_title.add(place.unit.id)
    for unit in units.values():
        parent = gazetteer.district_of(unit)
        if parent and parent.id in scores:
            scores[parent.id] += _PER_COMMUNE
    if not scores:
        return (home, "the portal's own: the text names no place") if home else None
    best = max(scores, key=lambda id_: (scores[id_], len(match_key(units[id_].name))))
    if best not in in_title and (province := _province_of_many(units, gazetteer)):
        return province, f"{_MANY_DISTRICTS} or more of its districts are named"
    return units[best], "named in the title" if best in in_title else "named most"


def _province_of_many(units: dict[str, Unit], gazetteer: Gazetteer) -> Unit | None:
    counts: dict[str, int] = defaultdict(int)
    for unit in units.values():
        if unit.level == "district":
            counts[gazetteer.province_of(unit).id] += 1
    id_ = max(counts, key=lambda one: counts[one], default=None)
    return gazetteer.units[id_] if id_ is not None and counts[id_] >= _MANY_DISTRICTS else None
