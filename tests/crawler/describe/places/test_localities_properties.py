"""Sentences made from real units are read back, in every spelling; any text at all is read without harm."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.authorities import Unit
from archive.records import Description
from archive.vietnamese import canonical, match_key
from crawler.describe import describe
from crawler.describe.passages import Passage
from tests.crawler.describe.articles import AUTHORITIES, article, portal

GAZETTEER = AUTHORITIES.gazetteer
DAY = date(2024, 6, 1)
# Units that both lists show alike: their type and place on the day are certain.
CERTAIN = [
    unit for unit in GAZETTEER.units.values()
    if unit.listed_from and unit.listed_to and unit.listed_from < DAY < unit.listed_to
    and not unit.older_types and not unit.older_parents and not unit.spellings
]  # fmt: skip
CERTAIN_IDS = {unit.id for unit in CERTAIN}
DISTRICTS = [unit for unit in CERTAIN if unit.level == "district"]
COMMUNES = [unit for unit in CERTAIN if unit.level == "commune"]
OLD_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "ọe": "oẹ",
             "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A text and what stands in it: the surface of each unit's name with its type word."""

    text: str
    named: tuple[tuple[str, str], ...]  # name, surface
    home: str
    district: str | None = None


def province(unit: Unit) -> str:
    return GAZETTEER.province_of(unit, DAY).name


def spelled(name: str, how: str) -> str:
    """A name as pages spell it: capitals throughout, or the tone mark on the second vowel."""
    if how == "old tones":
        for new, old in OLD_TONES.items():
            name = name.replace(new, old)
    return name.upper() if how == "capitals" else name


spellings = st.sampled_from(["as listed", "capitals", "old tones"])


@st.composite
def one_unit(draw: st.DrawFn) -> Sentence:
    unit = draw(st.sampled_from(DISTRICTS) | st.sampled_from(COMMUNES))
    how = draw(spellings)
    surface = spelled(f"{draw(st.sampled_from([unit.type, unit.type.capitalize()]))} {unit.name}", how)
    before, after = draw(
        st.sampled_from([("Bà con ", " góp công."), ("", ", nơi làm điểm."), ("Về ", "."), ("(", ")")])
    )
    return Sentence(before + surface + after, ((unit.name, surface),), province(unit))


@st.composite
def listed_communes(draw: st.DrawFn) -> Sentence:
    district = draw(st.sampled_from(DISTRICTS))
    below = [unit for unit in GAZETTEER.children(district, DAY) if unit.id in CERTAIN_IDS and not unit.name.isdigit()]
    kind = draw(st.sampled_from(sorted({unit.type for unit in below}) or ["xã"]))
    units = draw(
        st.lists(st.sampled_from([u for u in below if u.type == kind] or [None]), min_size=1, max_size=4, unique=True)
    )
    if None in units:
        return Sentence("", (), province(district))
    names = [spelled(unit.name, draw(st.sampled_from(["as listed", "old tones"]))) for unit in units if unit]
    joined = draw(st.sampled_from([", ", "; "])).join(names[:-1])
    text = f"{draw(st.sampled_from(['Các', 'Những']))} {kind}{draw(st.sampled_from([' ', ': ']))}{joined}"
    text += (" và " if len(names) > 1 else "") + names[-1] + " ra quân."
    first = text[text.index(kind) : text.index(names[0]) + len(names[0])]
    named = tuple(
        (unit.name, name if number else first)
        for number, (unit, name) in enumerate(zip(units, names, strict=True))
        if unit
    )
    return Sentence(text, named, province(district), district.name)


@st.composite
def commune_in_its_district(draw: st.DrawFn) -> Sentence:
    unit = draw(st.sampled_from(COMMUNES))
    district = GAZETTEER.district_of(unit, DAY)
    assert district is not None
    inside = f"{GAZETTEER.type_on(district, DAY)} {district.name}"
    opening, closing = draw(st.sampled_from([(" (", ")"), (", ", ""), (" thuộc ", ""), (" của ", "")]))
    surface = f"{unit.type} {unit.name}"
    text = f"Cán bộ {surface}{opening}{inside}{closing} về cơ sở."
    elsewhere = draw(st.sampled_from([province(unit), "Cà Mau", "Lai Châu"]))
    return Sentence(text, ((unit.name, surface), (district.name, inside)), elsewhere, district.name)


def read(sentence: Sentence, text: str | None = None) -> Description:
    return describe(article(text or sentence.text, day=DAY), portal(sentence.home, sentence.district), AUTHORITIES)


def surfaces(found: Description, text: str) -> dict[str, set[str]]:
    """What stands at the evidence of each name."""
    by_name: dict[str, set[str]] = {}
    for place in found.localities:
        by_name.setdefault(match_key(place.name), set()).update(text[one.start : one.end] for one in place.evidence)
    return by_name


@settings(max_examples=300, deadline=None)
@given(one_unit() | listed_communes() | commune_in_its_district())
def test_units_of_a_sentence_are_found_where_they_stand(sentence: Sentence) -> None:
    found = surfaces(read(sentence), sentence.text)
    for name, surface in sentence.named:
        assert surface in found.get(match_key(name), set()), (sentence, found)


@settings(max_examples=100, deadline=None)
@given(one_unit())
def test_decomposed_text_is_read_as_extraction_composes_it(sentence: Sentence) -> None:
    text = canonical(unicodedata.normalize("NFD", sentence.text))
    assert surfaces(read(sentence, text), text) == surfaces(read(sentence), sentence.text)
    assert read(sentence, unicodedata.normalize("NFD", sentence.text)) is not None  # an importer may forget it


@settings(max_examples=150, deadline=None)
@given(commune_in_its_district())
def test_named_district_tells_which_commune_is_meant(sentence: Sentence) -> None:
    (commune, _), (district, _) = sentence.named
    places = [p for p in read(sentence).localities if p.level == "commune" and match_key(p.name) == match_key(commune)]
    assert [match_key(place.district or "") for place in places] == [match_key(district)]


WORDS = st.sampled_from(
    ["xã", "Xã", "thị trấn", "các xã", "huyện", "TP.", "tỉnh", "phường", "14", "P.", "Yên", "Yên Thế", "Trấn Yên", "cũ",
     "(", ")", ",", ";", " và ", ".", "\n\n", "sáp nhập", "trên cơ sở", "từ", "thành", "thôn", "3 thôn", "Nà Ó", "Lò Văn Páo",
     "già làng", "quê", "người", "Hà Tây", "Hòa Bình", "hòa bình", "Đưng K'Nớ", "K’", "Đắk", "Đ", "ĐƯNG", "UBND", "“", "🌾"]
)  # fmt: skip
PROSE = st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join) | st.text(max_size=300)


@settings(max_examples=300, deadline=None)
@given(
    PROSE,
    st.sampled_from([None, date(1995, 1, 1), date(2012, 3, 3), DAY, date(2025, 9, 9)]),
    st.sampled_from([None, "Yên Bái", "Cần Thơ", "Hà Tây", "Nơi không có"]),
    st.sampled_from([None, "Lục Yên", "Trà Lĩnh"]),
)
def test_any_text_is_read_and_every_span_lies_inside_it(
    text: str, day: date | None, home: str | None, district: str | None
) -> None:
    found = describe(article(text, day=day), portal(home, district), AUTHORITIES)
    for place in found.localities:
        for span in place.evidence:
            assert 0 <= span.start < span.end <= len(text)
        if place.evidence:
            first = place.evidence[0]
            assert text[first.start : first.end] == place.cited_as
        assert place.name
        assert (
            place.level != "district" or place.valid_to is None or day is None or place.former or place.valid_to > day
        )


@given(st.text(max_size=200))
def test_keys_have_the_length_of_their_text(text: str) -> None:
    passage = Passage("body", 0, text)
    assert len(passage.key) == len(passage.place_key)
