"""What is said to be wrong on a page is what is wrong, and nothing is said of what is right."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.evaluate.mistakes import Mistake, mistakes
from tests.crawler.evaluate.pages import ENTRY, RIGHT, judged

OFFICIAL = ENTRY["officials"][0]


def test_right_page_has_no_mistake() -> None:
    assert mistakes(judged(RIGHT)) == []
    assert mistakes(judged({"is_article": False}, is_article=False)) == []


@pytest.mark.parametrize(
    ("changed", "field", "expected", "got"),
    [
        ({"title": "Khác"}, "title", [ENTRY["title"]], ["Khác"]),
        ({"sapo": None}, "sapo", [ENTRY["sapo"]], []),
        ({"published": "2024-10-07"}, "published", [ENTRY["published"]], ["2024-10-07"]),
        ({"published": None}, "published", [ENTRY["published"]], []),
        ({"dan_van": False}, "dan_van", ["True"], ["False"]),
        ({"authors": ["admin"]}, "authors", ["Hà Thu"], ["admin (site or footer)"]),
        ({"captions": []}, "captions", ["Bà con làm đường."], []),
        ({"body": ENTRY["body"] + "\nCác tin khác"}, "body", [], ["Các tin khác"]),
        ({"documents": []}, "documents", ["25-NQ/TW"], []),
        ({"figures": [{"value": 1100.0, "unit": "triệu đồng"}]}, "figures", ["40 hộ"], []),
        ({"officials": []}, "officials", ["Lò Văn Pán"], []),
        ({"officials": [OFFICIAL, {"name": "Đỗ Văn Khiêm"}]}, "officials", [], ["Đỗ Văn Khiêm (no official)"]),
        ({"officials": [OFFICIAL, {"name": "Ai Đó"}]}, "officials", [], ["Ai Đó"]),
        (
            {"officials": [{"name": "Lò Văn Pán", "titles": ["Bí thư"]}]}, "posts",
            ["Lò Văn Pán: Bí thư Đảng ủy xã"], ["Lò Văn Pán: Bí thư"],
        ),
        (
            {"primary_locality": None}, "primary_locality", ["Nghĩa Lợi (commune, Yên Bái)"], [],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_mistake_names_field_expected_and_got(
    changed: dict[str, Any], field: str, expected: list[str], got: list[str]
) -> None:
    (found,) = mistakes(judged(RIGHT | changed))
    assert (found.field, list(found.expected), list(found.got)) == (field, expected, got)


def test_localities_missed_and_false() -> None:
    places = [
        {"name": "xã Nghĩa Lợi", "level": "commune", "province": "Sơn La", "district": "X"},
        *RIGHT["localities"][1:],
    ]
    (found,) = mistakes(judged(RIGHT | {"localities": places}))
    assert found == Mistake(
        field="localities",
        is_list=True,
        expected=("Nghĩa Lợi (commune, Yên Bái)",),
        got=("xã Nghĩa Lợi (commune, Sơn La)",),
    )


def test_commune_in_another_district_is_said() -> None:
    places = [RIGHT["localities"][0] | {"district": "Văn Yên"}, *RIGHT["localities"][1:]]
    (found,) = mistakes(judged(RIGHT | {"localities": places}))
    assert found == Mistake(field="district", expected=("Nghĩa Lợi in Nghĩa Lộ",), got=("Nghĩa Lợi in Văn Yên",))


def test_optional_places_former_holders_and_grassroots_are_no_mistake() -> None:
    places = [*RIGHT["localities"], {"name": "tỉnh Yên Bái", "level": "province", "province": "Yên Bái"}]
    people = [OFFICIAL, {"name": "Vì Thị Thơm"}, {"name": "ông Hà Văn Ún"}]
    assert mistakes(judged(RIGHT | {"localities": places, "officials": people})) == []


@pytest.mark.parametrize(
    ("found", "is_article", "field"),
    [(None, True, "prediction"), ({"is_article": False}, True, "is_article"), (RIGHT, False, "is_article")],
    ids=["no prediction", "article missed", "false article"],
)
def test_wrong_kind_of_page_is_the_only_mistake(found: dict[str, Any] | None, is_article: bool, field: str) -> None:
    assert [one.field for one in mistakes(judged(found, is_article=is_article))] == [field]


def test_figures_beside_a_table_are_not_called_false() -> None:
    body = "Xã | Hộ\nNghĩa Lợi | 40"
    assert (
        mistakes(judged(RIGHT | {"body": body, "figures": [*ENTRY["figures"], {"value": 7, "unit": "xã"}]}, body=body))
        == []
    )
