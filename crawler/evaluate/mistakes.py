"""What is wrong on a page: which field, what gold says, what was read; for the developer who has to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.evaluate.bylines import is_site_or_footer
from crawler.evaluate.comparison import day, normal, person, posts, unit_name, words
from crawler.evaluate.evaluation import JudgedPage
from crawler.evaluate.gold import GoldPage
from crawler.evaluate.matching import (
    Match,
    match_captions,
    match_documents,
    match_figures,
    match_localities,
    match_officials,
    people,
    shown_place,
    unit_key,
)
from crawler.evaluate.prediction import Prediction


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A field that is wrong: where it is a list, `expected` is what was missed and `got` what is false."""

    field: str
    is_list: bool = False
    expected: tuple[str, ...]
    got: tuple[str, ...]


def mistakes(page: JudgedPage) -> list[Mistake]:
    """Everything wrong on a page; where it was taken for what it is not, only that."""
    found, gold = page.prediction, page.gold
    if found is None:
        return [_mistake("prediction", "one", None)]
    if found.is_article is not gold.is_article:
        return [_mistake("is_article", str(gold.is_article), str(found.is_article))]
    if not gold.is_article:
        return []
    return [*_scalars(found, gold), *_lists(found, gold), *_communes(found, gold), *_posts(found, gold)]


def _mistake(name: str, expected: str | None, got: str | None) -> Mistake:
    return Mistake(field=name, expected=(expected,) if expected else (), got=(got,) if got else ())


def _scalars(found: Prediction, gold: GoldPage) -> Iterator[Mistake]:
    if normal(found.title) != normal(gold.title):
        yield _mistake("title", gold.title, found.title)
    if words(found.sapo) != words(gold.sapo):
        yield _mistake("sapo", gold.sapo, found.sapo)
    if found.published != gold.published and day(found.published) != day(gold.published):
        yield _mistake("published", gold.published, found.published)
    if found.dan_van is not gold.dan_van:
        yield _mistake("dan_van", str(gold.dan_van), str(found.dan_van))
    primary, wanted = found.primary_locality, gold.primary_locality
    if (primary and unit_key(primary)) != (wanted and unit_key(wanted)):
        expected, got = (shown_place(place) if place else None for place in (wanted, primary))
        yield _mistake("primary_locality", expected, got)


def _lists(found: Prediction, gold: GoldPage) -> Iterator[Mistake]:
    figures = match_figures(found.figures, gold.figures)
    matches = {
        "body": match_captions(_paragraphs(found.body), _paragraphs(gold.body)),
        "captions": match_captions(found.captions, gold.captions),
        "authors": _authors(found, gold),
        "localities": match_localities(found.localities, gold.localities),
        "officials": match_officials(found.officials, gold),
        "figures": Match(missed=figures.missed, false=() if gold.has_table else figures.false),
        "documents": match_documents(found, gold),
    }
    for name, match in matches.items():
        if match.missed or match.false:
            yield Mistake(field=name, is_list=True, expected=match.missed, got=match.false)


def _paragraphs(body: str | None) -> list[str]:
    return [line for line in (body or "").splitlines() if words(line)]


def _authors(found: Prediction, gold: GoldPage) -> Match:
    right, predicted = {normal(name) for name in gold.authors}, {normal(name) for name in found.authors}
    false = [name for name in found.authors if name and normal(name) not in right]
    return Match(
        missed=tuple(name for name in gold.authors if normal(name) not in predicted),
        false=tuple(name + (" (site or footer)" if is_site_or_footer(name, gold) else "") for name in false),
    )


def _communes(found: Prediction, gold: GoldPage) -> Iterator[Mistake]:
    """Communes that were found, but in another district."""
    districts: dict[object, set[str]] = {}
    for place in found.localities:
        districts.setdefault(unit_key(place), set()).add(place.district or "no district")
    for wanted in gold.localities:
        read_as = districts.get(unit_key(wanted))
        if wanted.level != "commune" or wanted.optional or not wanted.district or not read_as:
            continue
        if unit_name(wanted.district) not in {unit_name(name) for name in read_as}:
            got = ", ".join(sorted(read_as))
            yield _mistake("district", f"{wanted.name} in {wanted.district}", f"{wanted.name} in {got}")


def _posts(found: Prediction, gold: GoldPage) -> Iterator[Mistake]:
    predicted = people(found.officials)
    for wanted in gold.officials:
        one = predicted.get(person(wanted.name))
        if one and not wanted.optional and sorted(words(posts(one.titles))) != sorted(words(posts(wanted.titles))):
            expected, got = ("; ".join(titles) or "no post" for titles in (wanted.titles, one.titles))
            yield _mistake("posts", f"{wanted.name}: {expected}", f"{one.name}: {got}")
