"""Fields that hold whole values, as filters: places, portals, documents, tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from archive.authorities import Gazetteer
from archive.errors import QueryError
from archive.records import Level, PortalIdentity
from archive.vietnamese import canonical, fold, has_diacritic, match_key
from search.documents import document_keys, tag_key
from search.engines import tree
from search.query import places
from search.query.ast import ValueField
from search.query.fields import in_vietnamese
from search.query.understood import Understood, place_line, portal_line, province_line

# A name of three lines is a pasted text.
MAX_VALUE = 200
_LEVELS: dict[str, Level] = {"province": "province", "district": "district", "commune": "commune"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What names are looked up in: the gazetteer of an archive, and its portals by their keys."""

    gazetteer: Gazetteer
    portals: Mapping[str, PortalIdentity]


@dataclass(frozen=True)
class Doubt:
    """A filter that finds nothing unless the archive has such a village; `error` is what to say if it has none."""

    keys: tree.Keys
    error: QueryError


@dataclass(frozen=True)
class Filter:
    """What the engine is asked, and what is to be said of it."""

    tree: tree.Tree
    understood: Understood | None = None
    doubt: Doubt | None = None


def filter_of(field: ValueField, typed: str, known: Known, mode: places.Mode) -> Filter:
    """The filter for a field's value; QueryError where it is no such value."""
    text = " ".join(canonical(typed).split())
    if len(text) > MAX_VALUE:
        raise QueryError(
            f"{field} {text[:30]!r}…: {len(text)} characters; at most {MAX_VALUE}, write the name alone",
            vi=f"{in_vietnamese(field)} {text[:30]!r}…: {len(text)} ký tự, nhiều nhất {MAX_VALUE}; chỉ viết tên",
        )
    match field:
        case "portal":
            keys = portals_named(text, known.portals)
            return Filter(tree.Keys("portal", keys), portal_line([known.portals[key].name for key in keys]))
        case "document":
            return Filter(tree.Keys("document", (_document_key(text),)))
        case "tag":
            key = tag_key(text)
            return Filter(tree.Keys("tag", (key,)) if has_diacritic(text) else tree.Keys("folded_tag", (fold(key),)))
        case _:
            return _place(text, _LEVELS.get(field), known.gazetteer, mode)


def portals_named(text: str, portals: Mapping[str, PortalIdentity]) -> tuple[str, ...]:
    """The keys of the portals of a key, or of a name or a part of it; QueryError names the nearest."""
    wanted = fold(match_key(text))
    if wanted in portals:
        return (wanted,)
    names = {key: fold(match_key(portal.name)) for key, portal in portals.items()}
    found = [key for key, name in names.items() if name == wanted] or [k for k, name in names.items() if wanted in name]
    if found:
        return tuple(sorted(found))
    by_name = {name: key for key, name in names.items()}
    near = get_close_matches(wanted, [*portals, *by_name], n=3, cutoff=0.5)
    hint = ", ".join(dict.fromkeys(by_name.get(one, one) for one in near)) or ", ".join(sorted(portals)[:5])
    raise QueryError(
        f"portal {text[:60]!r}: the archive has none of this key or name"
        + (f"; did you mean {hint}?" if hint else "; it knows none yet"),
        vi=f"báo {text[:60]!r}: kho không có báo nào mang mã hay tên này"
        + (f"; có phải ý bạn là {hint}?" if hint else "; kho chưa có báo nào"),
    )


def _place(text: str, level: Level | None, known: Gazetteer, mode: places.Mode) -> Filter:
    """Units of a name, and villages. `today=n24` is a province's land of all times."""
    if text.startswith((places.TODAY, places.BEFORE)):
        province, is_today = places.province_by_id(text, known), text.startswith(places.TODAY)
        return Filter(tree.Keys("within", (text,)), province_line(province.id, is_today=is_today))
    units = places.units_named(text, known, level)
    key = places.key_filter(text)
    said = place_line(text, units, mode)
    if not units:
        return Filter(key, said, Doubt(key, places.unknown_place(text, known, level)))
    on_units = places.filter_on(units, mode, known)
    # An article may also name a village so, or a unit that the gazetteer has lost since.
    return Filter(on_units if text.startswith("id=") else tree.AnyOf((on_units, key)), said)


def _document_key(text: str) -> str:
    """A document's number, with or without words before it: "Nghị quyết số 25-NQ/TW"."""
    number = next((word for word in reversed(text.split()) if any(c.isdigit() for c in word)), None)
    if number is None:
        raise QueryError(
            f"document {text[:60]!r}: documents are known by their numbers; write document:25-NQ/TW",
            vi=f"văn bản {text[:60]!r}: văn bản được tìm theo số hiệu; viết văn bản:25-NQ/TW",
        )
    keys = document_keys(number)
    whole = "".join(match_key(number).split())
    return whole if has_diacritic(number) else next(key for key in keys if key == f"~{fold(whole)}")
