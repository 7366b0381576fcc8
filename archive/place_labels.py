"""Units in words: as they were on an article's day, and what they are today."""

from __future__ import annotations

from archive.records import LocalityMention, UnitRef


def place_label(place: LocalityMention) -> str:
    """A unit with what tells it from others of its name: "xã An Lạc (Sơn Động, Bắc Giang)"."""
    inside = place.province if place.level != "province" else None
    if place.level == "commune" and place.district:
        inside = f"{place.district}, {place.province}"
    return f"{place.type} {place.name}" + (f" ({inside})" if inside else "")


def today_label(place: LocalityMention) -> str | None:
    """Today's unit or units; None where it is what it was, or where no list knows."""
    own = (place.type, place.name, place.level, place.province)
    if not place.today or all((unit.type, unit.name, unit.level, _province(unit)) == own for unit in place.today):
        return None
    return ", ".join(_named(unit) for unit in place.today)


def as_printed_and_today(place: LocalityMention) -> str:
    """Both in one line: "tỉnh Bắc Giang → nay tỉnh Bắc Ninh"."""
    today = today_label(place)
    return f"{place.type} {place.name}" + (f" → nay {today}" if today else "")


def _province(unit: UnitRef) -> str | None:
    """A unit's province; a province is its own."""
    return unit.name if unit.level == "province" else unit.province


def _named(unit: UnitRef) -> str:
    inside = f" ({unit.province})" if unit.province and unit.level != "province" else ""
    return f"{unit.type} {unit.name}{inside}"
