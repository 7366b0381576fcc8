"""From an archived article to what the index holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.attachments.records import Attachment
from archive.authorities import Gazetteer, Unit
from archive.authorities.units import REFORM
from archive.place_labels import as_printed_and_today, today_label
from archive.records import Article, LocalityMention
from archive.vietnamese import fold, match_key
from search.analysis import indexed

# Text fields stand this far apart within one index field, so that no phrase runs from one name into the next.
_BETWEEN = " ¦ "


@dataclass(frozen=True, kw_only=True)
class IndexDocument:
    """One article as the index takes it: texts to be tokenised, keys that filters ask for, and values that are
    counted."""

    article_id: int
    title: str
    body: str
    portal: str
    published: date | None
    attachments: str = ""  # the text of the files that the article's page attaches
    officials: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()  # titles as printed: "Phó Bí thư Thường trực Huyện ủy"
    places: tuple[str, ...] = ()  # keys of names: villages, and whatever no list knows
    units: tuple[str, ...] = ()  # ids of the units it names
    # These, the units they lay in on its day, "today=" and "before=" with the provinces below.
    within: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()  # ids of today's 34
    former_provinces: tuple[str, ...] = ()  # ids of the 63 before July 2025
    districts: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # keys of numbers: "25-nq/tw"
    tags: tuple[str, ...] = ()  # in lower case
    primary: str = ""  # by what it is sorted by place: province, district, commune of its primary place, folded

    @property
    def folded_tags(self) -> tuple[str, ...]:
        """Its tags without tones."""
        return tuple(dict.fromkeys(fold(tag) for tag in self.tags))

    def facet(self, name: str) -> tuple[str, ...]:
        """The values that a facet of `engines.base.FACETS` counts."""
        match name:
            case "portal":
                return (self.portal,)
            case "year":
                return (str(self.published.year),) if self.published else ()
            case "official":
                return self.officials
            case "tag":
                return self.tags
            case _:
                plural: tuple[str, ...] = getattr(self, f"{name}s")
                return plural


def index_document(article: Article, gazetteer: Gazetteer) -> IndexDocument:
    """Title, and the searchable text: body, captions and attachments; a removed article stays findable."""
    text, description = article.text, article.description
    day = text.published.value.date() if text.published else None
    units = [unit for place in description.localities if (unit := gazetteer.units.get(place.unit_id or ""))]
    unlisted = [place for place in description.localities if place.unit_id not in gazetteer.units]
    placed = {one.id: one for unit in units for one in _around(unit, day, gazetteer)}
    today = sorted({heir for unit in placed.values() for heir in _today(unit, gazetteer)})
    before = sorted({former.id for unit in units if (former := province_before(unit, day, gazetteer))})
    levels = {
        level: tuple(sorted(u.id for u in placed.values() if u.level == level)) for level in ("district", "commune")
    }
    return IndexDocument(
        article_id=article.id,
        title=text.title or "",
        body="\n\n".join((text.body, *text.captions)),
        portal=article.portal.key,
        published=day,
        attachments=_BETWEEN.join(file.text for file in searched_files(article) if file.text),
        officials=tuple(dict.fromkeys(official.name for official in description.officials)),
        posts=tuple(dict.fromkeys(title.printed for person in description.officials for title in person.titles)),
        places=tuple(sorted({key for place in unlisted for key in _place_keys(place)})),
        units=tuple(sorted({unit.id for unit in units})),
        within=(*sorted(placed), *(f"today={id_}" for id_ in today), *(f"before={id_}" for id_ in before)),
        provinces=tuple(today),
        former_provinces=tuple(before),
        districts=levels["district"],
        communes=levels["commune"],
        documents=tuple(sorted({key for one in description.documents for key in document_keys(one.number)})),
        tags=tuple(dict.fromkeys(tag_key(tag) for tag in text.tags)),
        primary=_sorted_by(description.primary_locality),
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


def _around(unit: Unit, day: date | None, gazetteer: Gazetteer) -> list[Unit]:
    """A unit and the units it lay in on a day."""
    around = (unit, gazetteer.district_of(unit, day), gazetteer.province_of(unit, day))
    return [one for one in around if one]


def _today(unit: Unit, gazetteer: Gazetteer) -> set[str]:
    """The ids of today's provinces of what a unit is or became."""
    heirs = (gazetteer.units[ref.id] for ref in gazetteer.today(unit))
    return {gazetteer.province_id(heir) for heir in heirs}


def province_before(unit: Unit, day: date | None, gazetteer: Gazetteer) -> Unit | None:
    """The one of the 63 provinces of before July 2025 that a unit lay in, or where it would have lain.

    An older province counts as the one that took it all over (Hà Tây: Hà Nội), a unit of today as the one that all
    its land is from. None where there are several: no rule tells which an article means.
    """
    if unit.is_of_today:
        came_from = gazetteer.predecessors(unit)
        found = {former.id for one in came_from if (former := province_before(one, None, gazetteer))}
        return gazetteer.units[found.pop()] if len(found) == 1 else None
    province = gazetteer.province_of(unit, day)
    if province.valid_to != REFORM and unit is not province:
        province = gazetteer.province_of(unit)
    while province.valid_to != REFORM:
        heirs = gazetteer.successors(province)
        if len(heirs) != 1:
            return None
        province = heirs[0][0]
    return province


def document_keys(number: str) -> set[str]:
    """A document's number as filters ask for it: whole or without its issuer, with đ or d.

    >>> sorted(document_keys("05-ĐA/TU"))
    ['05-đa', '05-đa/tu', '~05-da', '~05-da/tu']
    """
    whole = "".join(match_key(number).split())
    exact = {whole, whole.partition("/")[0]} if "-" in whole.partition("/")[0] else {whole}
    return exact | {f"~{fold(key)}" for key in exact}


def tag_key(tag: str) -> str:
    """A tag as filters ask for it."""
    return " ".join(match_key(tag).replace(",", " ").split())


def _sorted_by(place: LocalityMention | None) -> str:
    if place is None:
        return ""
    own = place.name if place.level != "province" else None
    return " / ".join(fold(match_key(name)) for name in (place.province or place.name, place.district, own) if name)


def _place_keys(place: LocalityMention) -> set[str]:
    """A name that is no unit's, with and without its type and the units around it, with tones and without."""
    names = {place.name, f"{place.type} {place.name}"}
    names |= {f"{name} {around}" for name in names for around in (place.district, place.province) if around}
    exact = {place_key(name) for name in names}
    return exact | {f"~{fold(key)}" for key in exact}


def place_terms(text: str) -> str:
    """The index term a locality filter looks for: a name with or without tones.

    >>> place_terms("Định Hóa"), place_terms("dinh hoa")
    ('định_hóa', '~dinh_hoa')
    """
    key = place_key(text.replace(",", " "))
    return key if fold(key) != match_key(key) else f"~{key}"
