"""Who holds a post: names with posts, comrades named without one, and their later short mentions."""

from __future__ import annotations

import re
from dataclasses import replace

from archive.authorities import Authorities
from archive.records import OfficialMention, OfficialTitle
from archive.vietnamese import fold, match_key
from crawler.describe.passages import Passage
from crawler.describe.people.names import Name, find_short
from crawler.describe.people.persons import Person, by_given_name, called, joined
from crawler.describe.people.titles import FoundTitle, is_grassroots, shared_title, taken_apart, titles_of
from crawler.describe.places.place import PlaceIndex

_IN_LIST = re.compile(r"\s*(?:,|;|và|,\s*và)\s*")


def find_officials(
    found: list[Passage],
    names: list[list[Name]],
    authorities: Authorities,
    authors: tuple[str, ...],
    places: PlaceIndex,
) -> tuple[OfficialMention, ...]:
    """Officials in order of first mention. Citizens, grassroots cadres and writers are left out."""
    people: dict[str, Person] = {}
    for passage, persons in zip(found, names, strict=True):
        reading = _Reading(people, passage, persons, authorities, places)
        for number in range(len(persons)):
            reading.note(number)
    people = joined(people)
    writers = {match_key(author) for author in authors}
    officials = {key: person for key, person in people.items() if _is_official(person, key in writers)}
    _note_short_mentions(officials, people, found, authorities)
    return tuple(_mention(key, person) for key, person in officials.items())


def _mention(key: str, person: Person) -> OfficialMention:
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


class _Reading:
    """The names of one passage in order, each with what is said of it."""

    def __init__(
        self,
        people: dict[str, Person],
        passage: Passage,
        names: list[Name],
        authorities: Authorities,
        places: PlaceIndex,
    ) -> None:
        self._people, self._passage, self._names, self._places = people, passage, names, places
        self._offices = authorities.offices
        self._free_from = 0  # where the words about the person before end
        self._shared: list[FoundTitle] = []  # the post of a list of names

    def note(self, number: int) -> None:
        """Keep what the passage says of one name."""
        name = self._names[number]
        person = self._people.setdefault(name.key, Person(name.text))
        if person.name.isupper() and not name.text.isupper():
            person.name = name.text
        titles = self._titles(number)
        for title in titles:
            self._add(person, title)
        start = _cited_from(self._passage, name)
        if name.word in self._offices.ranks:
            rank = self._passage.text[start : start + len(name.word or "")]
            person.titles = {name.word or "": _rank(rank)} | person.titles
        person.is_cadre |= name.is_cadre
        person.words |= {name.word} if name.word else set()
        person.cited_as.append(self._passage.text[start : name.end])
        person.evidence.append(self._passage.span(start, name.end))
        self._free_from = max(name.end, *(title.end for title in titles)) if titles else name.end

    def _titles(self, number: int) -> list[FoundTitle]:
        """The posts of a name, else the one its list shares."""
        name = self._names[number]
        following = self._names[number + 1].start if number + 1 < len(self._names) else None
        own = titles_of(self._passage, name.start, name.end, self._offices, self._free_from, following)
        before = self._names[number - 1].end if number else 0
        goes_on = number > 0 and _IN_LIST.fullmatch(self._passage.key, before, _cited_from(self._passage, name))
        if not goes_on:
            self._shared = shared_title(self._passage, _cited_from(self._passage, name), self._offices)
        return own or self._shared

    def _add(self, person: Person, title: FoundTitle) -> None:
        if is_grassroots(title.printed, self._offices):
            person.is_grassroots = True
        else:
            taken = taken_apart(title, self._offices, _locality(self._passage, title, self._places))
            person.titles.setdefault(match_key(title.printed), taken)


def _rank(printed: str) -> OfficialTitle:
    return OfficialTitle(printed=printed, post=printed, organisation=None, level=None)


def _locality(passage: Passage, title: FoundTitle, places: PlaceIndex) -> str | None:
    """The place named inside a post: "Bí thư Đảng ủy xã Hòa Sơn"."""
    return next((place.name for place in places.within(passage, title.start, title.end)), None)


def _is_official(person: Person, is_writer: bool) -> bool:
    if any(title.organisation or not person.is_grassroots for title in person.titles.values()):
        return True
    return person.is_cadre and not person.is_grassroots and not is_writer


def _note_short_mentions(
    officials: dict[str, Person], people: dict[str, Person], found: list[Passage], authorities: Authorities
) -> None:
    """ "đồng chí Trạch" is the official whose last syllable it is, if only one person in the text has it."""
    by_given = by_given_name(people)
    for passage in found:
        for short in find_short(passage, authorities):
            key = called(short.word, by_given.get(short.key, []), people)
            start = _cited_from(passage, short)
            if key in officials and (span := passage.span(start, short.end)) not in officials[key].evidence:
                officials[key].cited_as.append(passage.text[start : short.end])
                officials[key].evidence.append(span)


def _cited_from(passage: Passage, name: Name) -> int:
    """Where a mention begins: at its person word, if it has one."""
    if name.word is None:
        return name.start
    at = passage.key.rfind(name.word, max(0, name.start - 24), name.start)
    return at if at >= 0 else name.start
