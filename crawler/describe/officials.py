"""Who holds a post: names with posts, comrades named without one, and their later short mentions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from archive.authorities import Authorities
from archive.records import OfficialMention, OfficialTitle, Span
from archive.vietnamese import fold, match_key
from crawler.describe.names import Name, find_short
from crawler.describe.passages import Passage
from crawler.describe.places import PlaceIndex
from crawler.describe.titles import FoundTitle, is_grassroots, taken_apart, titles_of


@dataclass
class _Person:
    """Everything an article says of one name."""

    name: str
    titles: dict[str, OfficialTitle] = field(default_factory=dict)
    cited_as: list[str] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    is_cadre: bool = False
    is_grassroots: bool = False


def find_officials(
    found: list[Passage],
    names: list[list[Name]],
    authorities: Authorities,
    authors: tuple[str, ...],
    places: PlaceIndex,
) -> tuple[OfficialMention, ...]:
    """Officials in order of first mention. Citizens, grassroots cadres and writers are left out."""
    people: dict[str, _Person] = {}
    for passage, persons in zip(found, names, strict=True):
        free_from = 0
        for name in persons:
            free_from = _note(people, passage, name, authorities, places, free_from)
    writers = {match_key(author) for author in authors}
    officials = {key: person for key, person in people.items() if _is_official(person, key in writers)}
    _note_short_mentions(officials, people, found, authorities)
    return tuple(_mention(key, person) for key, person in officials.items())


def _mention(key: str, person: _Person) -> OfficialMention:
    return OfficialMention(
        name=person.name,
        key=fold(key),
        titles=_settled(person.titles),
        cited_as=tuple(dict.fromkeys(person.cited_as)),
        evidence=tuple(person.evidence),
    )


def _settled(titles: dict[str, OfficialTitle]) -> tuple[OfficialTitle, ...]:
    """Posts without those a longer one repeats; a post that tells no level has that of its neighbours."""
    kept = [title for key, title in titles.items() if not any(o != key and o.startswith(key + " ") for o in titles)]
    levels = {title.level for title in kept if title.level and not title.former}
    level = levels.pop() if len(levels) == 1 else None
    return tuple(replace(title, level=title.level or (level if title.organisation else None)) for title in kept)


def _note(
    people: dict[str, _Person],
    passage: Passage,
    name: Name,
    authorities: Authorities,
    places: PlaceIndex,
    free_from: int,
) -> int:
    """Keep what a passage says of one name; returns where the words about that person end."""
    person = people.setdefault(name.key, _Person(name.text))
    if person.name.isupper() and not name.text.isupper():
        person.name = name.text
    titles = titles_of(passage, name.start, name.end, authorities.offices, free_from)
    for title in titles:
        if is_grassroots(title.printed, authorities.offices):
            person.is_grassroots = True
        else:
            taken = taken_apart(title, authorities.offices, _locality(passage, title, places))
            person.titles.setdefault(match_key(title.printed), taken)
    if titles and name.word in authorities.offices.ranks:
        rank = passage.text[_cited_from(passage, name) :][: len(name.word or "")]
        person.titles = {name.word or "": _rank(rank)} | person.titles
    person.is_cadre |= name.is_cadre
    start = _cited_from(passage, name)
    person.cited_as.append(passage.text[start : name.end])
    person.evidence.append(passage.span(start, name.end))
    return max(name.end, *(title.end for title in titles)) if titles else name.end


def _rank(printed: str) -> OfficialTitle:
    return OfficialTitle(printed=printed, post=printed, organisation=None, level=None)


def _locality(passage: Passage, title: FoundTitle, places: PlaceIndex) -> str | None:
    """The place named inside a post: "Bí thư Đảng ủy xã Hòa Sơn"."""
    return next((place.name for place in places.within(passage, title.start, title.end)), None)


def _is_official(person: _Person, is_writer: bool) -> bool:
    if any(title.organisation or not person.is_grassroots for title in person.titles.values()):
        return True
    return person.is_cadre and not person.is_grassroots and not is_writer


def _note_short_mentions(
    officials: dict[str, _Person], people: dict[str, _Person], found: list[Passage], authorities: Authorities
) -> None:
    """ "đồng chí Trạch" is the official whose last syllable it is, if only one person in the text has it."""
    by_given: dict[str, list[str]] = defaultdict(list)
    for key in people:
        by_given[key.split()[-1]].append(key)
    for passage in found:
        for short in find_short(passage, authorities):
            keys = [key for key in by_given.get(short.key, []) if key in officials]
            if len(keys) == 1:
                start = _cited_from(passage, short)
                officials[keys[0]].cited_as.append(passage.text[start : short.end])
                officials[keys[0]].evidence.append(passage.span(start, short.end))


def _cited_from(passage: Passage, name: Name) -> int:
    """Where a mention begins: at its person word, if it has one."""
    if name.word is None:
        return name.start
    at = passage.key.rfind(name.word, max(0, name.start - 24), name.start)
    return at if at >= 0 else name.start
