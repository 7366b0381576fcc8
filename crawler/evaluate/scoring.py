"""Scores of predictions against gold pages: every measure of the gold files' reference scorer, by its name, and more.

- sapo in body          articles with a lead in gold whose words stand together, in order, in the predicted body
- sapo as a field       articles with a lead in gold whose predicted sapo has just the same words
- sapo kept             articles with a lead in gold for which both hold
- captions              precision and recall on the words of a whole caption
- figures precision     predicted figures that gold lists, on pages without a table (gold lists no cells)
- bylines that are sites or footers   predicted authors, see `bylines`

A page without a prediction scores nothing. Body and posts are means, mentions are counted over all pages at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.evaluate.bylines import is_site_or_footer
from crawler.evaluate.comparison import bag, day, normal, person, posts, unit_name, words
from crawler.evaluate.gold import GoldPage
from crawler.evaluate.matching import (
    Match,
    match_captions,
    match_documents,
    match_figures,
    match_localities,
    match_officials,
    people,
    scored_localities,
    unit_key,
)
from crawler.evaluate.prediction import Prediction

# Shares in the order in which they are printed. The reference scorer writes 0 where it has nothing to count for the
# first, None for the second.
SHARES = (
    "is_article accuracy", "body precision", "body recall", "body F1", "title exact", "author exact",
    "published day exact", "dan_van accuracy", "locality precision", "locality recall", "locality F1",
    "official precision", "official recall", "official F1", "title overlap of matched officials", "figures recall",
    "documents recall",
)  # fmt: skip
MORE_SHARES = (
    "primary locality accuracy", "commune district accuracy", "sapo kept", "sapo in body", "sapo as a field",
    "caption precision", "caption recall", "caption F1", "figures precision",
)  # fmt: skip
COUNTS = (
    "primary predicted on pages", "grassroots tagged as officials", "not_officials tagged as officials",
    "dates invented where gold has none", "sapos invented where gold has none", "bylines that are sites or footers",
    "pages", "articles", "predictions matched",
)  # fmt: skip
MEANS = frozenset({"body precision", "body recall", "body F1", "title overlap of matched officials"})


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many; a mean is the sum of its values and their number."""

    hits: float = 0.0
    total: float = 0.0

    def __add__(self, other: Share) -> Share:
        return Share(hits=self.hits + other.hits, total=self.total + other.total)

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None


@dataclass(frozen=True, kw_only=True)
class Score:
    """The measures of one page, or of many when added up."""

    shares: dict[str, Share] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def share(self, name: str) -> Share:
        return self.shares.get(name, Share())

    def measures(self) -> dict[str, float | int | None]:
        """All measures by name, in order, with nothing where there was nothing to count."""
        found: dict[str, float | int | None] = {name: self.share(name).value or 0.0 for name in SHARES}
        found |= {name: self.share(name).value for name in MORE_SHARES}
        return found | {name: self.counts[name] for name in COUNTS}


def total(scores: Iterable[Score]) -> Score:
    """The scores of many pages as one."""
    shares: dict[str, Share] = {}
    counts: Counter[str] = Counter()
    for one in scores:
        shares |= {name: shares.get(name, Share()) + share for name, share in one.shares.items()}
        counts.update(one.counts)
    return Score(shares=shares, counts=counts)


def score_page(prediction: Prediction | None, gold: GoldPage) -> Score:
    """One page's measures; `prediction` is None where there is none."""
    found = prediction or Prediction(id=gold.id)
    counts = Counter({"pages": 1, "articles": int(gold.is_article), "predictions matched": int(prediction is not None)})
    shares = {"is_article accuracy": _hit(found.is_article is gold.is_article)}
    if not gold.is_article:
        return Score(shares=shares | (_all_false(found) if found.is_article else {}), counts=counts)
    counts["dates invented where gold has none"] = int(not gold.published and bool(found.published))
    counts["sapos invented where gold has none"] = int(not gold.sapo and bool(found.sapo))
    counts["bylines that are sites or footers"] = sum(is_site_or_footer(name, gold) for name in found.authors)
    shares |= _text_shares(found, gold) | _exact_shares(prediction, gold) | _places(found, gold)
    shares |= _officials(found, gold, counts) | _figures_and_documents(found, gold)
    counts["primary predicted on pages"] = int(found.primary_locality is not None)
    return Score(shares=shares, counts=counts)


def bag_f1(found: str | None, wanted: str | None) -> float:
    """F1 of two texts as bags of words."""
    return bag(found, wanted)[2]


def _hit(right: bool) -> Share:
    return Share(hits=float(right), total=1.0)


def _rates(name: str, match: Match) -> dict[str, Share]:
    """Precision, recall and F1 as shares that can be added up over pages."""
    hits, false, missed = match.hits, len(match.false), len(match.missed)
    return {
        f"{name} precision": Share(hits=hits, total=hits + false),
        f"{name} recall": Share(hits=hits, total=hits + missed),
        f"{name} F1": Share(hits=2 * hits, total=2 * hits + false + missed),
    }


def _all_false(found: Prediction) -> dict[str, Share]:
    """What is tagged on a page that is no article is false."""
    localities = Match(false=tuple(scored_localities(found.localities).values()))
    return _rates("locality", localities) | _rates("official", Match(false=tuple(people(found.officials))))


def _text_shares(found: Prediction, gold: GoldPage) -> dict[str, Share]:
    rates = zip(("body precision", "body recall", "body F1"), bag(found.body, gold.body), strict=True)
    shares = {name: Share(hits=value, total=1.0) for name, value in rates}
    shares |= _rates("caption", match_captions(found.captions, gold.captions))
    if gold.sapo:
        lead = words(gold.sapo)
        in_body = f" {' '.join(lead)} " in f" {' '.join(words(found.body))} "
        as_field = words(found.sapo) == lead
        shares["sapo kept"] = _hit(in_body and as_field)
        shares |= {"sapo in body": _hit(in_body), "sapo as a field": _hit(as_field)}
    return shares


def _exact_shares(prediction: Prediction | None, gold: GoldPage) -> dict[str, Share]:
    found = prediction or Prediction(id=gold.id)
    there = prediction is not None
    right_day = day(found.published) == day(gold.published) if gold.published else not found.published
    return {
        "title exact": _hit(there and normal(found.title) == normal(gold.title)),
        "author exact": _hit(there and _names(found.authors) == _names(gold.authors)),
        "published day exact": _hit(there and right_day),
        "dan_van accuracy": _hit(found.dan_van is not None and found.dan_van is gold.dan_van),
    }


def _names(names: list[str]) -> set[str]:
    return {normal(name) for name in names if name}


def _places(found: Prediction, gold: GoldPage) -> dict[str, Share]:
    shares = _rates("locality", match_localities(found.localities, gold.localities))
    if found.primary_locality:
        wanted = gold.primary_locality
        shares["primary locality accuracy"] = _hit(
            wanted is not None and unit_key(found.primary_locality) == unit_key(wanted)
        )
    predicted = {(unit_key(place), unit_name(place.district)) for place in found.localities if place.district}
    if predicted:
        communes = [
            place for place in gold.localities if place.level == "commune" and place.district and not place.optional
        ]
        hits = sum((unit_key(place), unit_name(place.district)) in predicted for place in communes)
        shares["commune district accuracy"] = Share(hits=hits, total=len(communes))
    return shares


def _officials(found: Prediction, gold: GoldPage, counts: Counter[str]) -> dict[str, Share]:
    predicted = people(found.officials)
    counts["grassroots tagged as officials"] = len(predicted.keys() & {person(name) for name in gold.grassroots})
    counts["not_officials tagged as officials"] = len(predicted.keys() & {person(name) for name in gold.not_officials})
    # Of two entries of one name the last counts, as in the reference scorer.
    wanted = {person(one.name): one for one in gold.officials if not one.optional}
    overlaps = [bag_f1(posts(predicted[key].titles), posts(wanted[key].titles)) for key in predicted if key in wanted]
    overlap = {"title overlap of matched officials": Share(hits=sum(overlaps), total=len(overlaps))}
    return _rates("official", match_officials(found.officials, gold)) | overlap


def _figures_and_documents(found: Prediction, gold: GoldPage) -> dict[str, Share]:
    figures, documents = match_figures(found.figures, gold.figures), match_documents(found, gold)
    shares = {
        "figures recall": Share(hits=figures.hits, total=len(gold.figures)),
        "documents recall": Share(hits=documents.hits, total=len(gold.documents)),
    }
    if not gold.has_table:
        shares["figures precision"] = Share(hits=figures.hits, total=figures.hits + len(figures.false))
    return shares
