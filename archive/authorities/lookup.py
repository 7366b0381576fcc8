"""Units as people look them up: by id or name, with its type word or without, with tones or without.

>>> from archive.authorities import Gazetteer
>>> known = Gazetteer.load()
>>> [unit.id for unit in find_units(known, "huyện Định Hóa")], [unit.id for unit in find_units(known, "tinh bac giang")]
(['d167'], ['p24'])
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from archive.authorities.gazetteer import Gazetteer, place_key
from archive.authorities.units import Unit
from archive.vietnamese import fold, has_diacritic

TYPES = ("thành phố", "thị trấn", "thị xã", "đặc khu", "tỉnh", "quận", "huyện", "phường", "xã")
_SHORT = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "tt.": "thị trấn"}
_ORDER = {"province": 0, "district": 1, "commune": 2}
_MOST_NEAREST = 5


def find_units(known: Gazetteer, text: str, day: date | None = None) -> list[Unit]:
    """Units of an id or a name that existed on a day, provinces first; those with the very tones before others."""
    if text in known.units:
        return [known.units[text]]
    found: dict[str, Unit] = {}
    for name, type_ in _readings(text):
        same = [unit for unit in _named(known, name, type_) if type_ is None or unit.had_type((type_,))]
        valid = [unit for unit in same if unit.is_valid_on(day)]
        found |= {unit.id: unit for unit in sorted(valid, key=lambda unit: _rank(unit, name))}
    return list(found.values())


def nearest_names(known: Gazetteer, text: str) -> list[str]:
    """Names that look most like one that no unit has, as listed."""
    keys = [fold(place_key(name)) for name, _ in _readings(text)]
    near = get_close_matches(keys[-1], list(known.by_folded_name), n=_MOST_NEAREST, cutoff=0.6)
    names = (known.by_name[key][0].name for folded in near for key in known.by_folded_name[folded])
    return list(dict.fromkeys(names))[:_MOST_NEAREST]


def _readings(text: str) -> Iterator[tuple[str, str | None]]:
    """The text as a name, and as a type word with a name: "Xã Tắc" may be either."""
    name = " ".join(text.split())
    yield name, None
    key = fold(place_key(name))
    for word, type_ in (*((type_, type_) for type_ in TYPES), *_SHORT.items()):
        if key.startswith(f"{fold(word)} "):
            yield name[len(word) + 1 :].strip(), type_
            return


def _named(known: Gazetteer, name: str, type_: str | None) -> list[Unit]:
    """Units of the very name, then those that differ in tones alone where none were typed, then known keys."""
    key = place_key(name)
    found = list(known.by_name.get(key, ()))
    if not has_diacritic(name):
        found += [unit for other in known.by_folded_name.get(fold(key), ()) for unit in known.by_name[other]]
    return found or known.merged(name, type_ or "xã")


def _rank(unit: Unit, name: str) -> tuple[bool, int, str]:
    return place_key(unit.name) != place_key(name), _ORDER[unit.level], unit.id
