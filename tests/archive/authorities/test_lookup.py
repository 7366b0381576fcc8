"""Units as people look them up."""

from __future__ import annotations

import pytest

from archive.authorities import Gazetteer
from archive.authorities.lookup import find_units, nearest_names

GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huyện Định Hóa", ["d167"]),
        ("Huyện Định Hoá", ["d167"]),
        ("tỉnh Bắc Giang", ["p24"]),
        ("TP. Bắc Giang", ["d213"]),
        ("phường Bắc Giang", ["n07210"]),
        ("bac giang", ["p24", "d213", "n07210"]),
        ("tinh bac giang", ["p24"]),
        ("p24", ["p24"]),
        ("xã Đưng K'Nớ", ["c24850"]),
        ("Sà Phìn", ["n00733", "c00736"]),  # the name of today first
        ("xã Xà Phìn", ["c00736"]),
        ("huyện Bắc Giang", []),
        ("Không Có Đâu", []),
        ("", []),
    ],
)
def test_found(text: str, expected: list[str]) -> None:
    assert [unit.id for unit in find_units(GAZETTEER, text)] == expected


def test_typed_tones_are_meant() -> None:
    names = {unit.name for unit in find_units(GAZETTEER, "Định Hòa")}
    assert names == {"Định Hòa"}
    assert {"Định Hòa", "Định Hóa"} <= {unit.name for unit in find_units(GAZETTEER, "dinh hoa")}


def test_exact_spelling_comes_first() -> None:
    names = [unit.name for unit in find_units(GAZETTEER, "An Ninh")]
    assert names[0] == "An Ninh"


def test_commune_known_by_key_is_found_last() -> None:
    assert [unit.id for unit in find_units(GAZETTEER, "Tình Húc")] == ["m06838-tinhhuc"]


@pytest.mark.parametrize(("text", "near"), [("huyện Định Hoaa", "Định Hóa"), ("bac giangg", "Bắc Giang")])
def test_nearest_names(text: str, near: str) -> None:
    assert near in nearest_names(GAZETTEER, text)


def test_nothing_is_near_nonsense() -> None:
    assert nearest_names(GAZETTEER, "qqqqzzzzwwww") == []
