"""From an article's text to what it says: places, officials, figures, documents, relevance, each with evidence."""

from __future__ import annotations

from archive.authorities import Authorities
from archive.records import ArticleText, Description, LocalityMention, PortalIdentity
from crawler.describe.documents import find_documents
from crawler.describe.figures.figures import find_figures
from crawler.describe.passages import passages
from crawler.describe.people.names import find_names
from crawler.describe.people.officials import find_officials
from crawler.describe.places.localities import LocalityTagger
from crawler.describe.places.place import Place, PlaceIndex
from crawler.describe.places.primary import primary_unit
from crawler.describe.places.villages import find_villages
from crawler.describe.relevance import judge_relevance

__all__ = ["describe"]


def describe(text: ArticleText, home: PortalIdentity | None, authorities: Authorities) -> Description:
    """Describe an article published by `home`; pure. Only title, lead, body and captions are read."""
    found = passages(text)
    day = text.published.value.date() if text.published else None
    names = [find_names(passage, authorities) for passage in found]
    tagger = LocalityTagger(authorities.gazetteer, home, day)
    places = tagger.places(found, names)
    localities = tagger.mentions(places)
    primary, reason = _primary(tagger, places, localities, home, authorities)
    if primary is not None and primary not in localities:
        localities.insert(0, primary)
    return Description(
        relevance=judge_relevance(text, found, authorities.topic),
        localities=(*localities, *find_villages(found, places)),
        primary_locality=primary,
        primary_reason=reason,
        officials=find_officials(found, names, authorities, text.authors, PlaceIndex(places)),
        figures=find_figures(found, places, primary.name if primary else None),
        documents=find_documents(found),
    )


def _primary(
    tagger: LocalityTagger,
    places: list[Place],
    localities: list[LocalityMention],
    home: PortalIdentity | None,
    authorities: Authorities,
) -> tuple[LocalityMention | None, str | None]:
    """The primary locality among the mentions, or the portal's own as one more, and the reason."""
    own = tagger.home_unit(home) if home else None
    chosen = primary_unit(places, authorities.gazetteer, own)
    if chosen is None:
        return None, None
    unit, reason = chosen
    named = next((mention for mention in localities if mention.unit_id == unit.id), None)
    return named or tagger.home_mention(unit), reason
