"""From an article's text to what it says: places, officials, figures, documents, relevance, each with evidence."""

from __future__ import annotations

from collections import defaultdict

from archive.authorities import Authorities
from archive.records import ArticleText, Description, LocalityMention, PortalIdentity
from crawler.describe.documents import find_documents
from crawler.describe.figures import find_figures
from crawler.describe.localities import LocalityTagger, Place, find_villages
from crawler.describe.names import find_names
from crawler.describe.officials import find_officials
from crawler.describe.passages import passages
from crawler.describe.primary import primary_unit
from crawler.describe.relevance import judge_relevance

__all__ = ["describe"]


def describe(text: ArticleText, home: PortalIdentity | None, authorities: Authorities) -> Description:
    """Describe an article published by `home`; pure. Only title, lead, body and captions are read."""
    found = passages(text)
    day = text.published.value.date() if text.published else None
    names = {number: find_names(passage, authorities) for number, passage in enumerate(found)}
    tagger = LocalityTagger(authorities.gazetteer, home, day)
    places = tagger.places(found, names)
    localities = _mentions(tagger, places)
    primary, reason = _primary(tagger, places, localities, home, authorities)
    if primary is not None and primary not in localities:
        localities.insert(0, primary)

    def locality_in(printed: str) -> str | None:
        return next((m.name for m in localities if m.name in printed and m.level != "village"), None)

    return Description(
        relevance=judge_relevance(text, found, authorities.topic),
        localities=(*localities, *find_villages(found)),
        primary_locality=primary,
        primary_reason=reason,
        officials=find_officials(found, authorities, text.authors, locality_in),
        figures=find_figures(found, places),
        documents=find_documents(found),
    )


def _mentions(tagger: LocalityTagger, places: list[Place]) -> list[LocalityMention]:
    """One mention a unit, in order of first naming."""
    by_unit: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_unit[place.unit.id].append(place)
    return [tagger.mention(same) for same in by_unit.values()]


def _primary(
    tagger: LocalityTagger,
    places: list[Place],
    localities: list[LocalityMention],
    home: PortalIdentity | None,
    authorities: Authorities,
) -> tuple[LocalityMention | None, str | None]:
    own = tagger.home_unit(home) if home else None
    chosen = primary_unit(places, authorities.gazetteer, own)
    if chosen is None:
        return None, None
    unit, reason = chosen
    for mention in localities:
        if mention.unit_id == unit.id:
            return mention, reason
    ref = authorities.gazetteer.ref(unit)
    mention = LocalityMention(
        unit_id=unit.id,
        name=unit.name,
        type=unit.type,
        level=unit.level,
        province=ref.province or unit.name,
        district=None,
        cited_as="",
        evidence=(),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        today=authorities.gazetteer.today(unit),
    )
    return mention, reason
