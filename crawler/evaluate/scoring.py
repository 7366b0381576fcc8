"""Scores of predictions against hand-made gold pages: the measures of the gold file's own scorer.

Text is compared after NFC, case folding, one form of quotes and dashes and one place for tone marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import datetime
from typing import Any

from archive.records import LOCAL_ZONE
from archive.vietnamese import match_key

Page = dict[str, Any]
_PREFIX = re.compile(
    r"^(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã|tp\.?|tx\.?)\s+|^(?:tt\.|p\.|h\.|q\.)\s*"
)
_HONORIFIC = re.compile(r"^(?:các đồng chí|đồng chí|đ/c|ông|bà|(?:đại|thượng|trung|thiếu) (?:tá|úy|tướng))\s+")
_MONEY = {"nghìn đồng": 1e3, "ngàn đồng": 1e3, "triệu đồng": 1e6, "tỷ đồng": 1e9, "tỉ đồng": 1e9, "đồng": 1.0}
_SCALES = {name: ("đồng", factor) for name, factor in _MONEY.items()} | {
    "ha": ("m2", 1e4), "héc-ta": ("m2", 1e4), "m2": ("m2", 1.0), "km": ("m", 1e3), "m": ("m", 1.0),
}  # fmt: skip


def score(predictions: list[Page], gold: list[Page]) -> dict[str, float | int | None]:
    """Every measure over the gold pages; a page without a prediction scores nothing."""
    by_id = {page["id"]: page for page in predictions}
    pairs = [(by_id.get(page["id"], {}), page) for page in gold]
    articles = [(found, page) for found, page in pairs if page["is_article"]]
    count = max(1, len(articles))
    bodies = [bag_f1(found.get("body"), page["body"]) for found, page in articles]
    return {
        "is_article accuracy": _share(found.get("is_article") is page["is_article"] for found, page in pairs),
        "body F1": sum(bodies) / count,
        "title exact": _share(normal(found.get("title")) == normal(page["title"]) for found, page in articles),
        "author exact": _share(_names(found.get("authors")) == _names(page["authors"]) for found, page in articles),
        "published day exact": _share(
            day(found.get("published")) == day(page["published"]) for found, page in articles
        ),
        "dan_van accuracy": _share(found.get("dan_van") is page["dan_van"] for found, page in articles),
        **_localities(pairs),
        **_officials(pairs),
        "figures recall": _figures_recall(articles),
        "documents recall": _documents_recall(articles),
        "dates invented": sum(not page["published"] and bool(found.get("published")) for found, page in articles),
        "pages": len(pairs),
        "articles": len(articles),
    }


def normal(text: object) -> str:
    """A text's form for comparison."""
    plain = unicodedata.normalize("NFC", str(text or "")).replace("\u00a0", " ")
    plain = re.sub("[“”„«»″]", '"', plain)
    plain = re.sub("[’‘ʼ′`]", "'", plain)
    plain = re.sub("[–—‐‑−]", "-", plain)
    return " ".join(match_key(plain).casefold().replace("m²", "m2").split())


def bag_f1(found: object, wanted: object) -> float:
    """F1 of two texts as bags of words."""
    a, b = (Counter(re.findall(r"[^\W_]+", normal(text))) for text in (found, wanted))
    return _f1(sum((a & b).values()), sum((a - b).values()), sum((b - a).values()))[2]


def day(written: str | None) -> str | None:
    """The local day of an ISO date or instant."""
    if not written or len(written) == len("2024-07-10"):
        return written or None
    moment = datetime.fromisoformat(written)
    return (moment.astimezone(LOCAL_ZONE) if moment.tzinfo else moment).date().isoformat()


def _share(hits: Any) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0


def _f1(hit: int, false: int, missed: int) -> tuple[float, float, float]:
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _names(names: Any) -> set[str]:
    return {normal(name) for name in ([names] if isinstance(names, str) else names or ())}


def _unit(place: Page, province: str | None = None) -> tuple[str, str, str]:
    bare = _PREFIX.sub("", normal(place["name"]))
    return bare, str(place["level"]), _PREFIX.sub("", normal(province or place.get("province")))


def _localities(pairs: list[tuple[Page, Page]]) -> dict[str, float]:
    """Micro-averaged on (name, level, province); villages and optional units do not count."""
    hit = false = missed = 0
    for found, page in pairs:
        if not page["is_article"]:
            false += len(found.get("localities") or ()) if found.get("is_article") else 0
            continue
        predicted = {_unit(place) for place in found.get("localities") or () if place["level"] != "village"}
        wanted: list[set[tuple[str, str, str]]] = []
        neutral: set[tuple[str, str, str]] = set()
        for place in page["localities"]:
            accepted = {_unit(place, p) for p in (place["province"], *place.get("accept_provinces", ()))}
            if place["level"] == "village" or place.get("optional"):
                neutral |= accepted
            elif accepted not in wanted:
                wanted.append(accepted)
        found_ones = sum(bool(accepted & predicted) for accepted in wanted)
        hit += found_ones
        missed += len(wanted) - found_ones
        false += len(predicted - neutral - set().union(*wanted) if wanted else predicted - neutral)
    names = ("locality precision", "locality recall", "locality F1")
    return dict(zip(names, _f1(hit, false, missed), strict=True))


def _person(name: object) -> str:
    bare = normal(name)
    while (shorter := _HONORIFIC.sub("", bare)) != bare:
        bare = shorter
    return bare


def _officials(pairs: list[tuple[Page, Page]]) -> dict[str, float | int]:
    """Micro-averaged on names; optional ones and grassroots cadres are neutral."""
    hit = false = missed = tagged = 0
    for found, page in pairs:
        predicted = {_person(official["name"]) for official in found.get("officials") or ()}
        if not page["is_article"]:
            false += len(predicted) if found.get("is_article") else 0
            continue
        wanted = {_person(official["name"]) for official in page["officials"] if not official.get("optional")}
        neutral = {_person(o["name"]) for o in page["officials"]} | {_person(name) for name in page["grassroots"]}
        hit += len(predicted & wanted)
        missed += len(wanted - predicted)
        false += len(predicted - wanted - neutral)
        tagged += len(predicted & {_person(name) for name in page["not_officials"]})
    names = ("official precision", "official recall", "official F1")
    return dict(zip(names, _f1(hit, false, missed), strict=True)) | {"not_officials tagged": tagged}


def _figure(figure: Page) -> tuple[float, str]:
    unit, factor = _SCALES.get(normal(figure["unit"]), (normal(figure["unit"]), 1.0))
    return round(float(figure["value"]) * factor, 4), unit


def _figures_recall(articles: list[tuple[Page, Page]]) -> float:
    hits = total = 0
    for found, page in articles:
        left = [_figure(figure) for figure in found.get("figures") or ()]
        for value, unit in map(_figure, page["figures"]):
            total += 1
            same = next((one for one in left if one[0] == value and _same_unit(one[1], unit)), None)
            if same:
                left.remove(same)
                hits += 1
    return hits / total if total else 0.0


def _same_unit(a: str, b: str) -> bool:
    shorter = min(len(a.split()), len(b.split()))
    return a == b or (bool(shorter) and a.split()[:shorter] == b.split()[:shorter])


def _documents_recall(articles: list[tuple[Page, Page]]) -> float:
    hits = total = 0
    for found, page in articles:
        numbers = ["".join(normal(number).split()) for number in found.get("documents") or ()]
        for document in page["documents"]:
            total += 1
            wanted = re.compile(r"(?<!\d)" + re.escape("".join(normal(document["number"]).split())) + r"(?![^\W_])")
            hits += any(wanted.search(number) for number in numbers)
    return hits / total if total else 0.0
