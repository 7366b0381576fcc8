"""Abbreviations written out and back, and the spellings with i or y."""

from __future__ import annotations

import pytest

from archive.authorities import Abbreviations, Gazetteer
from search.analysis import Tones
from search.engines import tree
from search.query.filters import Known
from search.query.plan import Choices, planned
from search.query.variants import MOST_VARIANTS, Choice, Variants
from search.query.wording import MOST_IN_ALL

KNOWN = Known(gazetteer=Gazetteer.load(), portals={})
EXACT, FOLDED = "exact", "folded"


@pytest.mark.parametrize(
    ("typed", "tones", "expected"),
    [
        ("UBND", EXACT, {"ủy ban nhân dân"}),
        ("ủy ban nhân dân", EXACT, {"ubnd"}),
        ("uỷ ban nhân dân", EXACT, {"ubnd"}),
        ("ubnd", FOLDED, {"uy ban nhan dan"}),
        ("hdnd", FOLDED, {"hoi dong nhan dan"}),
        ("Chủ tịch UBND huyện", EXACT, {"chủ tịch ủy ban nhân dân huyện"}),
        ("ủy ban mặt trận tổ quốc", EXACT, {"ubmttq", "ủy ban mttq"}),
        ("KT XH", EXACT, {"kinh tế xã hội"}),
        ("trung ương", EXACT, {"tw", "t.ư"}),
        # "tu" is a syllable, "t.u" two abbreviations without tones: neither stands for the centre.
        ("trung uong", FOLDED, {"tw"}),
        ("t.u", FOLDED, set()),
        ("da", FOLDED, set()),
        ("ĐA", FOLDED, {"de an"}),
        ("thu", FOLDED, set()),
        ("ThU", FOLDED, {"thi uy"}),
        ("gd", FOLDED, set()),  # may be "giáo dục"
        ("GĐ", FOLDED, {"giam doc"}),
        ("CT", EXACT, set()),
        ("công an", EXACT, set()),
        ("bác sĩ", EXACT, {"bác sỹ"}),
        ("quí", EXACT, {"quý"}),
        ("quy", FOLDED, {"qui"}),
        ("thúy vi", EXACT, set()),
        ("hai tỉnh", EXACT, set()),
    ],
)
def test_other_ways_to_write(typed: str, tones: Tones, expected: set[str]) -> None:
    found = [" ".join(one) for one in Variants.load("on").of(tuple(typed.split()), tones)]
    assert set(found[1:]) == expected


@pytest.mark.parametrize(
    ("choice", "typed", "expected"),
    [
        ("all", "CT", {"chủ tịch", "chỉ thị"}),
        ("all", "chủ tịch", set()),  # what may be something else is not looked for
        ("all", "ca", set()),
        ("off", "UBND", set()),
        ("off", "sĩ", set()),
    ],
)
def test_reader_chooses(choice: Choice, typed: str, expected: set[str]) -> None:
    assert {" ".join(one) for one in Variants.load(choice).of(tuple(typed.split()), "exact")[1:]} == expected


@pytest.mark.parametrize(
    "short", [one for one in Abbreviations.load().long if len(one) > 2 and one.isalpha() and one.isupper()]
)
def test_every_abbreviation_of_capitals_is_written_out(short: str) -> None:
    long = Abbreviations.load().long[short]
    found = {" ".join(one) for one in Variants.load("on").of((short,), "exact")}
    assert long.lower().replace(",", "").replace(" - ", " ") in found


def test_forms_are_bounded() -> None:
    assert len(Variants.load("on").of(("kỹ",) * 20, "exact")) == MOST_VARIANTS
    plan = planned(" ".join(['"kỹ kỹ kỹ kỹ"'] * 20), Choices(), KNOWN)
    assert len(set(plan.marks)) <= 3 * (MOST_IN_ALL + 20)
    assert any(
        line.kind == "limit"
        for line in planned(" ".join(f'"kỹ kỹ kỹ kỹ x{n}"' for n in range(9)), Choices(), KNOWN).understood
    )


def test_loose_words_may_be_their_abbreviation() -> None:
    asked = planned("ủy ban nhân dân xã", Choices(), KNOWN).tree
    assert tree.Term("body", "ubnd", "exact") in set(tree.text_nodes(asked))
    assert tree.Term("body", "nhân", "exact") in set(tree.text_nodes(asked))
    off = planned("ủy ban nhân dân xã", Choices(abbreviations="off"), KNOWN).tree
    assert tree.Term("body", "ubnd", "exact") not in set(tree.text_nodes(off))


def lines(query: str, choices: Choices | None = None) -> dict[str, str]:
    return {line.kind: line.en for line in planned(query, choices or Choices(), KNOWN).understood}


def test_what_was_understood_is_said_with_its_switch() -> None:
    said = lines('UBND sĩ CT nơi:"Định Hóa" ngày:7/2023')
    assert said["abbreviation"] == "also written: UBND = Ủy ban nhân dân"
    assert said["spelling"] == "also spelled: sĩ = sỹ"
    assert said["ambiguous"] == "CT is left as it is; it may mean Chủ tịch, Chỉ thị"
    assert said["date"] == "published from 1/7/2023 until 31/7/2023"
    assert said["tones"] == "tones as typed (a word of it carries one)"
    assert said["query"].startswith("read as: UBND sĩ CT place:")
    switches = {line.switch.option for line in planned("UBND CT", Choices(), KNOWN).understood if line.switch}
    assert switches == {"--tones exact", "--abbreviations off", "--abbreviations all"}
    assert all(line.vi and line.en for line in planned("UBND CT sĩ nơi:an ngày:2023", Choices(), KNOWN).understood)


def test_a_plain_query_says_little() -> None:
    assert lines("dân vận") == {"tones": "tones as typed (a word of it carries one)"}
    assert lines("") == {}


@pytest.mark.parametrize(
    ("query", "tones"),
    [("dan van", FOLDED), ("dan vận", EXACT), ("dan -vận", EXACT), ("đan", EXACT), ('dan cán bộ:"Khuê"', FOLDED),
     ("dan nơi:Định Hóa", FOLDED), ("vậ* dan", EXACT), ('"dan van"~3', FOLDED)],
)  # fmt: skip
def test_one_tone_makes_the_whole_query_exact(query: str, tones: str) -> None:
    assert planned(query, Choices(), KNOWN).tones == tones


def test_names_go_by_their_own_words() -> None:
    nodes = set(tree.text_nodes(planned("dan official:Khuê post:bi", Choices(), KNOWN).tree))
    assert tree.Term("officials", "khuê", "exact") in nodes
    assert tree.Term("posts", "bi", "folded") in nodes
    forced = set(tree.text_nodes(planned("dan official:Khuê", Choices(tones="folded"), KNOWN).tree))
    assert tree.Term("officials", "khue", "folded") in forced


def test_a_prefix_is_meant_as_it_stands_and_as_its_tone_belongs() -> None:
    forms = {node.form for node in planned("hoà*", Choices(), KNOWN).marks if isinstance(node, tree.Prefix)}
    assert forms == {"hoà", "hòa"}
