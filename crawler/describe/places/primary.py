"""The one place an article is most about, with a reason.

Mentions weigh by where they stand. From the province downwards, the place is the smallest that holds most of what
is named below it: three communes of one district make the district, one commune named again and again itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from archive.authorities import Gazetteer, Unit
from crawler.describe.places.place import Place

# A name in the title says more than five in the text; "Tỉnh ủy X" names an organisation, not the place.
_WEIGHTS = {"title": 5.0, "sapo": 2.0, "body": 1.0, "caption": 0.5}
_LEAD_END, _LEAD_BONUS = 300, 0.5
_ORGANISATION = 0.3
# A former unit explains where the present one comes from.
_FORMER = 0.2
# What a part must have of all parts named, and of what its whole has by itself, to be the place.
_SHARE_OF_PARTS, _SHARE_OF_FLAT_PARTS = 0.5, 0.4
_SHARE_OF_WHOLE = {"province": 0.2, "district": 0.7}
# "lòng hồ Hòa Bình" is a lake: what is named after a place is not the place.
_LANDMARK = re.compile(
    r"(?<!\w)(?:hồ|sông|suối|núi|đèo|vịnh|biển|đảo|cầu|chợ|đường|phố|trường|ga|sân bay|cửa khẩu|thủy điện|nhà máy|bệnh viện"
    r"|cao nguyên|rừng|vườn quốc gia|bến|cảng)\s$"
)


def primary_unit(places: list[Place], gazetteer: Gazetteer, home: Unit | None) -> tuple[Unit, str] | None:
    """Unit and reason; the portal's own where the text names none."""
    own: dict[str, float] = defaultdict(float)
    named = Counter(place.unit.id for place in places)
    named.update({place.unit.id: 1 for place in places if place.passage.field == "title"})
    parts: dict[str | None, set[str]] = defaultdict(set)
    for place in places:
        own[place.unit.id] += _weight(place)
        unit, above = place.unit, _above(place.unit, gazetteer)
        while above is not None:
            parts[above.id].add(unit.id)
            unit, above = above, _above(above, gazetteer)
        parts[None].add(unit.id)
    if not own:
        return (home, "portal") if home else None
    in_passing = {id_ for id_, count in named.items() if count < 2 and gazetteer.units[id_].level == "commune"}
    chosen = _descend(None, own, parts, gazetteer, in_passing)
    unit = gazetteer.units[chosen]
    in_title = any(place.unit.id == chosen and place.passage.field == "title" for place in places)
    return unit, "named in the title" if in_title else "named most"


def _weight(place: Place) -> float:
    weight = _WEIGHTS[place.passage.field]
    if place.passage.field == "body" and place.start < _LEAD_END:
        weight += _LEAD_BONUS
    is_landmark = not place.is_typed and _LANDMARK.search(place.passage.key, max(0, place.start - 16), place.start)
    weight *= _ORGANISATION if place.is_organ or is_landmark else 1.0
    return weight * (_FORMER if place.is_former else 1.0)


def _above(unit: Unit, gazetteer: Gazetteer) -> Unit | None:
    return gazetteer.units[unit.parent] if unit.parent else None


def _descend(
    whole: str | None,
    own: dict[str, float],
    parts: dict[str | None, set[str]],
    gazetteer: Gazetteer,
    in_passing: set[str],
) -> str:
    """The named unit reached by going down while one part outweighs the others and is not named in passing."""

    def total(id_: str) -> float:
        return own.get(id_, 0.0) + sum(total(part) for part in parts.get(id_, ()))

    below = {part: total(part) for part in sorted(parts.get(whole, ()))}
    best = max(below, key=lambda part: below[part], default=None)
    if best is None:
        return whole or ""
    if whole is not None and whole in own:
        # Communes lie right in their province since the districts ended: more of them stand side by side.
        is_flat = gazetteer.units[whole].level == "province" and gazetteer.units[best].level == "commune"
        share = _SHARE_OF_FLAT_PARTS if is_flat else _SHARE_OF_PARTS
        has_most = below[best] > share * sum(below.values())
        enough = _SHARE_OF_WHOLE.get(gazetteer.units[whole].level, 1.0) * own[whole]
        if best in in_passing or not (has_most and below[best] >= enough):
            return whole
    return _descend(best, own, parts, gazetteer, in_passing)
