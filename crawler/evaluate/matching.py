"""Which of the things predicted of a page are right, wrong or missed; what gold calls optional is neither.

Matches name what they found wrong as people would read it, so that scores and error lists cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.evaluate.comparison import cites, figure, level_of, person, same_figure, unit_name, words
from crawler.evaluate.gold import GoldFigure, GoldPage, GoldPlace
from crawler.evaluate.prediction import Figure, Place, PostHolder, Prediction

UnitKey = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Match:
    """How many are right, and which are false or missed."""

    hits: int = 0
    false: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


def unit_key(place: Place | GoldPlace, province: str | None = None) -> UnitKey:
    """A unit by name, level and province; `province` stands in for the place's own."""
    return unit_name(place.name), level_of(place.level), unit_name(province or place.province)


def shown_place(place: Place | GoldPlace) -> str:
    """A place as error lists print it."""
    return f"{place.name} ({place.level}, {place.province or 'no province'})"


def scored_localities(found: Sequence[Place]) -> dict[UnitKey, str]:
    """Predicted localities that are scored: all but villages, each once."""
    shown = {unit_key(place): shown_place(place) for place in found}
    return {key: text for key, text in shown.items() if key[1] != "village"}


def match_localities(found: Sequence[Place], wanted: Sequence[GoldPlace]) -> Match:
    """Localities on name, level and province; two communes of one name and province are one item."""
    accepted: dict[UnitKey, set[UnitKey]] = {}
    neutral: set[UnitKey] = set()
    names = {unit_key(place): shown_place(place) for place in wanted}
    for place in wanted:
        if place.level == "village":
            continue
        right = {unit_key(place, province) for province in (place.province, *place.accept_provinces)}
        if place.optional:
            neutral |= right
        else:
            accepted.setdefault(unit_key(place), set()).update(right)
    predicted = scored_localities(found)
    missed = [key for key, right in accepted.items() if not right & predicted.keys()]
    false = predicted.keys() - neutral.union(*accepted.values())
    return Match(
        hits=len(accepted) - len(missed),
        false=tuple(sorted(predicted[key] for key in false)),
        missed=tuple(sorted(names[key] for key in missed)),
    )


def people(found: Iterable[PostHolder]) -> dict[str, PostHolder]:
    """Predicted officials by name; the first of a name counts."""
    by_name: dict[str, PostHolder] = {}
    for one in found:
        by_name.setdefault(person(one.name), one)
    return by_name


def match_officials(found: Sequence[PostHolder], gold: GoldPage) -> Match:
    """Officials on the name; grassroots cadres are neutral too."""
    predicted = people(found)
    wanted = {person(one.name): one.name for one in gold.officials if not one.optional}
    neutral = {person(one.name) for one in gold.officials} | {person(name) for name in gold.grassroots}
    others = {person(name) for name in gold.not_officials}
    false = predicted.keys() - wanted.keys() - neutral
    return Match(
        hits=len(predicted.keys() & wanted.keys()),
        false=tuple(sorted(predicted[key].name + (" (no official)" if key in others else "") for key in false)),
        missed=tuple(sorted(wanted[key] for key in wanted.keys() - predicted.keys())),
    )


def match_captions(found: Sequence[str], wanted: Sequence[str]) -> Match:
    """Captions on their words, each as often as it stands on the page."""
    predicted, right = Counter(map(_word_key, found)), Counter(map(_word_key, wanted))
    texts = {_word_key(text): text for text in (*found, *wanted)}
    return Match(
        hits=(predicted & right).total(),
        false=tuple(texts[key] for key in (predicted - right).elements()),
        missed=tuple(texts[key] for key in (right - predicted).elements()),
    )


def _word_key(text: str) -> str:
    return " ".join(words(text))


def match_figures(found: Sequence[Figure], wanted: Sequence[GoldFigure]) -> Match:
    """Figures on value and unit, each prediction used once."""
    left = [(figure(one.value, one.unit), _shown_figure(one)) for one in found]
    missed = []
    for one in wanted:
        key = figure(one.value, one.unit)
        same = next((pair for pair in left if same_figure(pair[0], key)), None)
        if same is None:
            missed.append(_shown_figure(one))
        else:
            left.remove(same)
    return Match(hits=len(wanted) - len(missed), false=tuple(shown for _, shown in left), missed=tuple(missed))


def _shown_figure(one: Figure | GoldFigure) -> str:
    value = f"{one.value:.12g}" if isinstance(one.value, float) else str(one.value)
    return f"{value} {one.unit or 'of no unit'}"


def match_documents(prediction: Prediction, gold: GoldPage) -> Match:
    """Documents on their number; more than gold has are not held against a prediction."""
    missed = [
        one.number for one in gold.documents if not any(cites(found, one.number) for found in prediction.documents)
    ]
    return Match(hits=len(gold.documents) - len(missed), missed=tuple(missed))
