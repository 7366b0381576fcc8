"""Who holds a post: names with posts, comrades named without one, and their later short mentions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.authorities import Authorities
from archive.records import OfficialMention, OfficialTitle, Span
from archive.vietnamese import fold, match_key
from crawler.describe.names import Name, find_names, find_short
from crawler.describe.passages import Passage
from crawler.describe.titles import is_grassroots, taken_apart, titles_of


@dataclass
class _Person:
    """Everything an article says of one name."""

    name: str
    titles: dict[str, OfficialTitle] = field(default_factory=dict)
    cited_as: list[str] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    is_cadre: bool = False
    is_grassroots: bool = False
    in_caption_only: bool = True


def find_officials(
    found: list[Passage], authorities: Authorities, authors: tuple[str, ...], locality: Callable[[str], str | None]
) -> tuple[OfficialMention, ...]:
    """Officials in order of first mention. Citizens, grassroots cadres and writers are left out."""
    people: dict[str, _Person] = {}
    for passage in found:
        for name in find_names(passage, authorities):
            _note(people, passage, name, authorities, locality)
    officials = {key: person for key, person in people.items() if _is_official(person, key, authors)}
    _note_short_mentions(officials, people, found, authorities)
    return tuple(
        OfficialMention(
            name=person.name,
            key=fold(key),
            titles=tuple(person.titles.values()),
            cited_as=tuple(dict.fromkeys(person.cited_as)),
            evidence=tuple(person.evidence),
        )
        for key, person in officials.items()
    )


def _note(
    people: dict[str, _Person],
    passage: Passage,
    name: Name,
    authorities: Authorities,
    locality: Callable[[str], str | None],
) -> None:
    person = people.setdefault(name.key, _Person(name.text))
    if person.name.isupper() and not name.text.isupper():
        person.name = name.text
    titles = titles_of(passage, name.start, name.end, authorities.offices)
    for title in titles:
        if is_grassroots(title.printed, authorities.offices):
            person.is_grassroots = True
        else:
            person.titles.setdefault(match_key(title.printed), taken_apart(title, authorities.offices, locality))
    person.is_cadre |= name.is_cadre
    person.in_caption_only &= passage.field == "caption"
    start = _cited_from(passage, name)
    person.cited_as.append(passage.text[start : name.end])
    person.evidence.append(passage.span(start, name.end))


def _is_official(person: _Person, key: str, authors: tuple[str, ...]) -> bool:
    if person.titles:
        return True
    if person.is_grassroots or key in {match_key(author) for author in authors}:
        return False
    return person.is_cadre


def _note_short_mentions(
    officials: dict[str, _Person], people: dict[str, _Person], found: list[Passage], authorities: Authorities
) -> None:
    """ "đồng chí Trạch" is the official whose last syllable it is, if only one person in the text has it."""
    by_given: dict[str, list[str]] = {}
    for key in people:
        by_given.setdefault(key.split()[-1], []).append(key)
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
