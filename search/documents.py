"""From an archived article to what the index holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.attachments.records import Attachment
from archive.place_labels import as_printed_and_today, place_label, today_label
from archive.records import Article, LocalityMention
from archive.vietnamese import fold, match_key
from search.analysis import indexed

# Text fields stand this far apart within one index field, so that no phrase runs from one name into the next.
_BETWEEN = " ¦ "


@dataclass(frozen=True, kw_only=True)
class IndexDocument:
    """One article as the index takes it; every name list is what a filter or a facet may ask for."""

    article_id: int
    title: str
    body: str
    portal: str
    published: date | None
    is_dan_van: bool
    place_keys: tuple[str, ...]  # what a locality filter matches: units, and the units around them
    places: tuple[str, ...]  # facet labels: "huyện Định Hóa (Thái Nguyên)"
    provinces: tuple[str, ...]
    officials: tuple[str, ...]
    attachments: str = ""  # the text of the files that the article's page attaches


def index_document(article: Article) -> IndexDocument:
    """Title, and the searchable text: body, captions and attachments; a removed article stays findable."""
    text, description = article.text, article.description
    units = [place for place in description.localities if place.level != "village"]
    return IndexDocument(
        article_id=article.id,
        title=text.title or "",
        body="\n\n".join((text.body, *text.captions)),
        portal=article.portal.key,
        published=text.published.value.date() if text.published else None,
        is_dan_van=description.relevance.verdict,
        place_keys=tuple(sorted({key for place in description.localities for key in _place_keys(place)})),
        places=tuple(sorted({place_label(place) for place in units})),
        provinces=tuple(sorted({place.province for place in units if place.province})),
        officials=tuple(dict.fromkeys(official.name for official in description.officials)),
        attachments=_BETWEEN.join(file.text for file in searched_files(article) if file.text),
    )


def searched_files(article: Article) -> list[Attachment]:
    """The attachments whose text is searched: those that the article's page still has."""
    return [file for file in article.attachments if file.text and file.gone_at is None]


def changed_places(article: Article, limit: int) -> list[str]:
    """The places of an article that are other units today, each as it was and is; provinces first."""
    places = [place for place in article.description.localities if today_label(place)]
    places.sort(key=lambda place: ("province", "district", "commune", "village").index(place.level))
    return list(dict.fromkeys(as_printed_and_today(place) for place in places))[:limit]


def place_key(text: str) -> str:
    """A place name as one index term.

    >>> place_key("huyện Định Hoá")
    'huyện_định_hóa'
    """
    return "_".join(indexed(text)[0].split())


def joined(names: tuple[str, ...]) -> tuple[str, str]:
    """Names as exact and folded index text."""
    forms = [indexed(name) for name in names]
    return _BETWEEN.join(exact for exact, _ in forms), _BETWEEN.join(folded for _, folded in forms)


def _place_keys(place: LocalityMention) -> set[str]:
    """The unit itself with and without its type, the units it lies in, its id, and today's units."""
    names = {place.name, f"{place.type} {place.name}"}
    for around in (place.district, place.province):
        if around:
            names |= {around, f"{place.name} {around}", f"{place.type} {place.name} {around}"}
    if place.district:
        names.add(f"huyện {place.district}")
    if place.province:
        names.add(f"tỉnh {place.province}")
    exact = {place_key(name) for name in names}
    heirs = {name for unit in place.today for name in (unit.name, f"{unit.type} {unit.name}")}
    for province in {unit.province for unit in place.today if unit.province}:
        heirs |= {province, f"tỉnh {province}", f"thành phố {province}"}
    today = {f"today={key}" for name in heirs for key in (place_key(name), f"~{fold(place_key(name))}")}
    ids = {f"id={place.unit_id.lower()}"} if place.unit_id else set()
    return exact | {f"~{fold(key)}" for key in exact} | today | ids


def place_terms(text: str) -> str:
    """The index term a locality filter looks for: by id, or by name with or without tones.

    >>> place_terms("Định Hóa"), place_terms("dinh hoa"), place_terms("id=D167")
    ('định_hóa', '~dinh_hoa', 'id=d167')
    """
    if text.lower().startswith("id="):
        return text.lower()
    key = place_key(text.replace(",", " "))
    return key if fold(key) != match_key(key) else f"~{key}"
