"""What facet values are called: units and portals by their names, everything else by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archive.authorities import Gazetteer, current_gazetteer
from archive.records import PortalIdentity
from search.engines.base import FacetValue

PLACE_FACETS = ("province", "former_province", "district", "commune")


def labelled(
    facets: Mapping[str, tuple[FacetValue, ...]], portals: Mapping[str, PortalIdentity]
) -> dict[str, tuple[FacetValue, ...]]:
    """The same facets with labels for people."""
    known = current_gazetteer()

    def label(facet: str, value: str) -> str:
        if facet == "portal":
            return portals[value].name if value in portals else value
        return unit_label(value, known) if facet in PLACE_FACETS else value

    return {
        name: tuple(replace(value, label=label(name, value.value)) for value in values)
        for name, values in facets.items()
    }


def unit_label(id_: str, gazetteer: Gazetteer | None = None) -> str:
    """A unit's name with what tells it from others: "xã An Lạc (Sơn Động, Bắc Giang)"; an unknown id is itself."""
    known = gazetteer or current_gazetteer()
    unit = known.units.get(id_)
    if unit is None:
        return id_
    around = (known.district_of(unit), known.province_of(unit))
    inside = ", ".join(one.name for one in around if one and one is not unit)
    return f"{unit.type} {unit.name}" + (f" ({inside})" if inside else "")


def place_label(filter_: str) -> str:
    """A place as a filter names it: `id=d167`, `today=n24`, `before=p24`, or a name that says itself."""
    kind, _, id_ = filter_.partition("=")
    match kind:
        case "id":
            return unit_label(id_)
        case "today":
            return f"{unit_label(id_)} (nay)"
        case "before":
            return f"{unit_label(id_)} (trước 7/2025)"
    return filter_
