"""What a name may go on to be while it is typed: places, officials, portals, fields of the query language.

>>> from archive.authorities import Gazetteer
>>> [one.value for one in suggested_places("dinh ho", 2, Gazetteer.load())]
['id=d167', 'id=c14677']
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from archive.authorities import Gazetteer, Unit
from archive.authorities.gazetteer import place_key
from archive.errors import QueryError
from archive.people.store import Person
from archive.repository import Archive
from archive.vietnamese import canonical, fold, match_key
from search.labels import unit_label
from search.levenshtein import is_within
from search.query.fields import FIELDS

SUGGESTED = ("place", "official", "portal", "field")
# A longer text is no beginning of a name.
MOST_CHARACTERS = 80
_ORDER = {"province": 0, "district": 1, "commune": 2}
# As many names are ranked as begin with "tân"; a list shows ten of them.
_MOST_RANKED = 2000
_POSTS_SHOWN = 2
# Of people whose name is like one that nobody has.
_LIKE, _SLIPS = 3, 2
_COMPARED = 200


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What to put in the query or filter (`value`), how it is shown, and what tells it from others of its name."""

    value: str
    label: str
    note: str = ""


def suggestions(text: str, field: str, limit: int, archive: Archive, known: Gazetteer) -> tuple[Suggestion, ...]:
    """The likeliest first; nothing for an empty text. QueryError for a field that has none."""
    # Half of a surrogate pair, as a broken client may send it, is no letter, and no database takes it.
    text = canonical(text[:MOST_CHARACTERS]).encode("utf-8", "ignore").decode().strip()
    if field not in SUGGESTED:
        there = ", ".join(SUGGESTED)
        raise QueryError(
            f"suggestions for {field[:40]!r}: there are {there}", vi=f"gợi ý cho {field[:40]!r}: chỉ có {there}"
        )
    if not text or limit < 1:
        return ()
    match field:
        case "place":
            return tuple(suggested_places(text, limit, known))
        case "official":
            return tuple(_officials(text, limit, archive))
        case "portal":
            return tuple(_portals(text, limit, archive))
        case _:
            return tuple(suggested_fields(text, limit))


def suggested_places(text: str, limit: int, known: Gazetteer) -> list[Suggestion]:
    """Units whose name, with or without its type word, begins so; provinces first, those with the typed tones first."""
    typed = place_key(text)
    wanted = fold(typed)
    names, units = _beginnings(known)
    first = bisect_left(names, wanted)
    found: dict[str, Unit] = {}
    for number in range(first, min(len(names), first + _MOST_RANKED)):
        if not names[number].startswith(wanted):
            break
        found[units[number].id] = units[number]
    ranked = sorted(found.values(), key=lambda unit: _rank(unit, typed))
    return [Suggestion(value=f"id={unit.id}", label=unit_label(unit.id), note=_years(unit)) for unit in ranked[:limit]]


def suggested_fields(text: str, limit: int) -> list[Suggestion]:
    """Fields of the query language of which any name begins so."""
    wanted = fold(match_key(text))
    found = [names for names in FIELDS.values() if any(fold(match_key(name)).startswith(wanted) for name in names)]
    return [Suggestion(value=f"{names[1]}:", label=f"{names[1]}: ({names[0]}:)") for names in found[:limit]]


def people_like(name: str, archive: Archive) -> list[str]:
    """Names of officials that hold a name whatever its tones; else those that a slip or two made of it."""
    if found := archive.people.find(name, limit=_LIKE):
        return list(dict.fromkeys(person.name for person in found))
    words, wanted = name.split(), fold(match_key(name))
    beginnings = (" ".join(words[:-1]), " ".join(words[1:]), words[-1]) if len(words) > 1 else ()
    known = {person.name for part in beginnings for person in archive.people.find(part, limit=_COMPARED)}
    keys = {one: fold(match_key(one)) for one in sorted(known)}
    near = [[one for one, key in keys.items() if is_within(key, wanted, slips)] for slips in range(1, _SLIPS + 1)]
    return list(dict.fromkeys(one for names in near for one in names))[:_LIKE]


def _officials(text: str, limit: int, archive: Archive) -> list[Suggestion]:
    people = archive.people.find(text, limit=limit)
    return [Suggestion(value=person.name, label=person.name, note=_posts(person)) for person in people]


def _posts(person: Person) -> str:
    """The posts a person held last, and the province: two of a name are told apart by them."""
    latest = max((tenure.last_day or "" for tenure in person.tenures), default="")
    posts = [tenure.printed for tenure in person.tenures if (tenure.last_day or "") == latest]
    return ", ".join([*posts[:_POSTS_SHOWN], *filter(None, [person.province])])


def _portals(text: str, limit: int, archive: Archive) -> list[Suggestion]:
    wanted = fold(match_key(text))
    found = (one for one in archive.portals().values() if wanted in fold(match_key(one.name)) or wanted in one.key)
    return [Suggestion(value=one.key, label=one.name, note=one.province or "") for one in islice(found, limit)]


@lru_cache(maxsize=2)
def _beginnings(known: Gazetteer) -> tuple[list[str], list[Unit]]:
    """Every folded name with and without its type, sorted, each beside its unit."""
    pairs = sorted(
        ((fold(place_key(form)), unit) for unit in known.units.values() if not unit.is_known_by_key
         for form in (unit.name, f"{unit.type} {unit.name}")),
        key=lambda pair: (pair[0], pair[1].id),
    )  # fmt: skip
    return [name for name, _ in pairs], [unit for _, unit in pairs]


def _rank(unit: Unit, typed: str) -> tuple[bool, bool, int, int, str]:
    key = place_key(unit.name)
    has_tones = key.startswith(typed) or place_key(f"{unit.type} {unit.name}").startswith(typed)
    return not has_tones, key != typed, _ORDER.get(unit.level, 3), len(key), unit.id


def _years(unit: Unit) -> str:
    """When it was, as far as laws tell."""
    first, last = unit.valid_from, unit.valid_to
    return f"{first.year if first else ''}–{last.year if last else ''}" if first or last else ""
