"""A name is not a person: who is taken for whom, and who is left apart."""

from __future__ import annotations

import pytest

from archive.people.identity import Candidate, Post, chosen
from archive.records import Level, OfficialMention, OfficialTitle


def title(printed: str, organisation: str | None, level: Level | None, locality: str | None = None) -> OfficialTitle:
    return OfficialTitle(
        printed=printed, post=printed.split(" Huyện")[0], organisation=organisation, level=level, locality=locality
    )


SECRETARY = title("Bí thư Huyện ủy Định Hóa", "Huyện ủy", "district", "Định Hóa")
DEPUTY = title("Phó Bí thư Huyện ủy Định Hóa", "Huyện ủy", "district", "Định Hóa")
CHAIRMAN = title("Chủ tịch UBND huyện Định Hóa", "UBND", "district", "Định Hóa")
ELSEWHERE = title("Bí thư Huyện ủy Võ Nhai", "Huyện ủy", "district", "Võ Nhai")
COMMUNE = title("Bí thư Đảng ủy xã Bình Yên", "Đảng ủy", "commune", "Bình Yên")
PROVINCE = title("Trưởng Ban Dân vận Tỉnh ủy", "Tỉnh ủy", "province")
PROVINCE_2 = title("Phó Chủ tịch HĐND tỉnh", "HĐND", "province")
UNPLACED = title("Bí thư Huyện ủy", "Huyện ủy", "district")
RANK = OfficialTitle(printed="Đại tá", post="Đại tá", organisation=None, level=None)


def mention(*titles: OfficialTitle) -> OfficialMention:
    return OfficialMention(name="Lê Văn An", key="le van an", titles=titles, cited_as=("An",), evidence=())


def person(id_: int, *titles: OfficialTitle) -> Candidate:
    return Candidate(id=id_, posts=frozenset(map(Post.of, titles)))


@pytest.mark.parametrize(
    ("titles", "held", "is_same"),
    [
        ((SECRETARY,), (SECRETARY,), True),
        ((SECRETARY,), (DEPUTY,), True),
        ((CHAIRMAN,), (SECRETARY,), True),
        ((PROVINCE,), (PROVINCE_2,), True),
        ((UNPLACED,), (SECRETARY,), True),
        ((), (SECRETARY,), True),
        ((RANK,), (SECRETARY,), True),
        ((SECRETARY,), (RANK,), True),
        ((SECRETARY,), (ELSEWHERE,), False),
        ((SECRETARY,), (COMMUNE,), False),
        ((PROVINCE,), (SECRETARY,), False),
    ],
)  # fmt: skip
def test_one_known_person_of_the_name(
    titles: tuple[OfficialTitle, ...], held: tuple[OfficialTitle, ...], is_same: bool
) -> None:
    found = chosen(mention(*titles), [person(1, *held)])
    assert (found is not None) is is_same


def test_of_two_the_one_who_serves_there_is_chosen() -> None:
    both = [person(1, SECRETARY), person(2, ELSEWHERE)]
    assert chosen(mention(CHAIRMAN), both) == both[0]
    assert chosen(mention(ELSEWHERE), both) == both[1]


@pytest.mark.parametrize("titles", [(), (RANK,), (UNPLACED,)], ids=["no title", "a rank", "no place"])
def test_of_two_none_is_guessed(titles: tuple[OfficialTitle, ...]) -> None:
    assert chosen(mention(*titles), [person(1, SECRETARY), person(2, ELSEWHERE)]) is None


def test_nobody_known_is_nobody() -> None:
    assert chosen(mention(SECRETARY), []) is None
