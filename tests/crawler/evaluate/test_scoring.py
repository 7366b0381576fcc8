"""danvan's measures: equal to the reference scorer's on real and spoilt predictions, and those that only danvan has."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.evaluate.evaluation import judge, overall
from crawler.evaluate.gold import GoldFile, GoldPage
from crawler.evaluate.prediction import Prediction
from tests.crawler.evaluate.pages import ENTRY, RIGHT, SETS, gold, judged, predictions, reference

Page = dict[str, Any]


def both(found: list[Page], wanted: list[Page]) -> tuple[Page, Page]:
    """Our measures and the reference scorer's, of the same predictions."""
    file = GoldFile(path=Path("gold.json"), pages=msgspec.convert(wanted, list[GoldPage]))
    ours = overall(judge(file, msgspec.convert(found, list[Prediction]))).measures()
    shares, counts, _, _ = reference().score(found, wanted)
    return ours, shares | counts


def assert_equal(found: list[Page], wanted: list[Page]) -> None:
    ours, theirs = both(found, wanted)
    assert set(theirs) <= set(ours)
    assert {name: ours[name] for name in theirs} == {
        name: value if value is None else pytest.approx(value, abs=1e-9) for name, value in theirs.items()
    }


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("use_families", [True, False], ids=["family rules", "form alone"])
def test_every_measure_equals_the_reference(name: str, use_families: bool) -> None:
    assert_equal(predictions(name, use_families), gold(name))


@pytest.mark.parametrize("name", SETS)
def test_every_measure_equals_the_reference_without_any_prediction(name: str) -> None:
    assert_equal([], gold(name))
    assert_equal([{"id": page["id"]} for page in gold(name)], gold(name))


def drop_some(found: Page, wanted: Page, dice: Random) -> None:
    for name in ("officials", "localities", "figures", "documents", "authors"):
        found[name] = [one for one in found[name] if dice.random() < 0.6]


def shift_date(found: Page, wanted: Page, dice: Random) -> None:
    found["published"] = dice.choice(
        [None, "", "2024-07-10", "2024-07-09T18:30:00Z", "2024-07-10 07:15", "10/07/2024", "2021-02-30",
         (found["published"] or "2020-01-01")[:10], " " + (wanted["published"] or "2022-05-06") + " "]
    )  # fmt: skip


def add_localities(found: Page, wanted: Page, dice: Random) -> None:
    extra = [
        {"name": "Mường Lò", "level": "village", "province": "Yên Bái"},
        {"name": "thị xã Nghĩa Lộ", "level": "thị xã", "province": "tỉnh Yên Bái", "district": None},
        {"name": "P. 14", "level": "ward"},
        *({"name": place["name"], "level": place["level"], "province": "Cà Mau"} for place in wanted["localities"]),
        *copy.deepcopy(wanted["localities"]),
    ]
    found["localities"] = found["localities"] + dice.sample(extra, dice.randint(0, len(extra)))
    dice.shuffle(found["localities"])


def spoil_localities(found: Page, wanted: Page, dice: Random) -> None:
    for place in found["localities"]:
        place["name"] = dice.choice(["", "huyện ", "TP. ", "TP.", "xã ", "tt."]) + place["name"]
        district = place.get("district")
        place["district"] = dice.choice([district, f"huyện {district or 'X'}", None])
    found["primary_locality"] = dice.choice([None, *found["localities"]])


def prefix_names(found: Page, wanted: Page, dice: Random) -> None:
    for official in found["officials"]:
        official["name"] = dice.choice(["đồng chí ", "Đại tá ", "Ông ", "các đồng chí bà ", "Thầy "]) + official["name"]
        official["titles"] = [title.replace("Ủy ban nhân dân", "UBND") for title in official["titles"]][
            : dice.randint(0, 3)
        ]


def tag_others(found: Page, wanted: Page, dice: Random) -> None:
    names = [*wanted["grassroots"], *wanted["not_officials"], *(one["name"] for one in wanted["officials"])]
    found["officials"] = found["officials"] + [
        {"name": name, "titles": ["TUV", "PCT UBND TP.X"]} for name in names[::2]
    ]


def scale_figures(found: Page, wanted: Page, dice: Random) -> None:
    for figure in found["figures"]:
        factor, unit = dice.choice([(1000, "triệu đồng"), (1e-4, "ha"), (1, figure["unit"] + " dân"), (1e9, "đồng")])
        written = dice.choice([figure["value"] * factor, "8,45", "1.759", "nhiều", None, f"{figure['value']}"])
        figure.update(value=written, unit=dice.choice([unit, figure["unit"], figure["unit"].upper(), None]))


def spoil_texts(found: Page, wanted: Page, dice: Random) -> None:
    spoils: list[Callable[[str], str | None]] = [
        str.upper, lambda text: unicodedata.normalize("NFD", text), lambda text: text + " - Báo Mẫu",
        lambda text: text.replace("“", '"').replace("ủy", "uỷ").replace("hòa", "hoà").replace(" ", "\u00a0"),
        lambda text: text[: len(text) // 2], lambda text: None,
    ]  # fmt: skip
    for name in ("title", "body"):
        found[name] = dice.choice(spoils)(found[name] or "")
    found["authors"] = [dice.choice(spoils[:4])(name) for name in found["authors"]] + dice.choice([[], ["admin"], [""]])


def spoil_documents(found: Page, wanted: Page, dice: Random) -> None:
    spoils = ("Nghị quyết số {}", "1{}", "{}A", "{} ngày 3/6")
    found["documents"] = [dice.choice(spoils).format(number) for number in found["documents"]]


def flip_verdicts(found: Page, wanted: Page, dice: Random) -> None:
    found["is_article"] = dice.choice([True, False, None])
    found["dan_van"] = dice.choice([True, False, None])


SPOILS = [
    drop_some, shift_date, add_localities, spoil_localities, prefix_names, tag_others, scale_figures, spoil_texts,
    spoil_documents, flip_verdicts,
]  # fmt: skip


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(SETS),
    seed=st.integers(0, 2**32),
    chosen=st.lists(st.sampled_from(SPOILS), min_size=1, max_size=6, unique=True),
)
def test_every_measure_equals_the_reference_on_spoilt_predictions(
    name: str, seed: int, chosen: list[Callable[[Page, Page, Random], None]]
) -> None:
    dice = Random(seed)
    others = [page for page in gold(name) if not page["is_article"]]
    wanted = dice.sample([page for page in gold(name) if page["is_article"]], 5) + dice.sample(others, 1)
    by_id = {page["id"]: page for page in predictions(name)}
    found = []
    for page in wanted:
        prediction = copy.deepcopy(by_id[page["id"]])
        if not page["is_article"]:  # something is said of it, as if it were an article
            prediction |= copy.deepcopy(by_id[wanted[0]["id"]]) | {"id": page["id"]}
        for spoil in chosen:
            spoil(prediction, page, dice)
        if dice.random() < 0.85:
            found.append(prediction)
    assert_equal(found, wanted)


def test_every_spoil_lowers_a_measure() -> None:
    """The equality above would say nothing if spoilt predictions scored like the right ones."""
    wanted, right = gold("pages"), predictions("pages")
    clean, _ = both(right, wanted)
    for spoil in SPOILS:
        spoilt, dice = copy.deepcopy(right), Random(7)
        for prediction, page in zip(spoilt, wanted, strict=True):
            spoil(prediction, page, dice)
        ours, theirs = both(spoilt, wanted)
        assert any(ours[name] != clean[name] for name in theirs), spoil.__name__


def measures(found: Page | None, **changed: Any) -> Page:
    return dict(judged(found, **changed).score.measures())


LEAD = ENTRY["sapo"]


@pytest.mark.parametrize(
    ("sapo", "body", "kept"),
    [
        (LEAD, ENTRY["body"], (1, 1, 1)),
        (LEAD.upper().rstrip("."), ENTRY["body"], (1, 1, 1)),
        (None, ENTRY["body"], (0, 1, 0)),
        (LEAD, ENTRY["body"].removeprefix(LEAD), (0, 0, 1)),
        ("(YBĐT) - " + LEAD, ENTRY["body"], (0, 1, 0)),
        (LEAD, ENTRY["body"].replace("cùng làm", "cùng nhau làm"), (0, 0, 1)),
        (LEAD[:30], LEAD[:30] + " …", (0, 0, 0)),
    ],
    ids=["both", "case and stop", "no field", "not in the body", "agency mark", "a word between", "cut short"],
)
def test_sapo_is_kept_only_in_the_body_and_as_a_field(sapo: str | None, body: str, kept: tuple[int, ...]) -> None:
    got = measures(RIGHT | {"sapo": sapo, "body": body})
    assert (got["sapo kept"], got["sapo in body"], got["sapo as a field"]) == kept


def test_page_without_a_lead_is_not_asked_for_one() -> None:
    got = measures(RIGHT, sapo=None)
    assert got["sapo kept"] is None
    assert got["sapos invented where gold has none"] == 1


def test_captions_count_whole_and_as_often_as_they_stand() -> None:
    got = measures(RIGHT | {"captions": ["bà con LÀM ĐƯỜNG", "Bà con làm đường.", "Ảnh: Hà Thu"]})
    assert (got["caption precision"], got["caption recall"]) == (pytest.approx(1 / 3), 1)


def test_figures_precision_leaves_out_pages_with_a_table() -> None:
    found = RIGHT | {"figures": [*ENTRY["figures"], {"value": 63, "unit": "tuổi"}]}
    assert measures(found)["figures precision"] == pytest.approx(2 / 3)
    assert measures(found, body="Xã | Hộ\nNghĩa Lợi | 40")["figures precision"] is None


def test_right_prediction_scores_one_everywhere() -> None:
    got = measures(RIGHT)
    assert {name for name, value in got.items() if value == 0} == {
        "grassroots tagged as officials", "not_officials tagged as officials", "dates invented where gold has none",
        "sapos invented where gold has none", "bylines that are sites or footers",
    }  # fmt: skip
    assert {value for value in got.values() if value != 0} == {1}
