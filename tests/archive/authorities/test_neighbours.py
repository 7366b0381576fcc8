"""Which provinces border on which."""

from __future__ import annotations

from datetime import date

from archive.authorities import Gazetteer
from archive.authorities.neighbours import bordering

GAZETTEER = Gazetteer.load()


def test_every_province_of_before_the_reform_has_a_neighbour() -> None:
    names = {unit.name for unit in GAZETTEER.provinces(date(2024, 12, 31))}
    assert names <= bordering().keys()
    assert bordering().keys() - names == {"Huế", "Hà Tây"}


def test_borders_are_mutual() -> None:
    found = bordering()
    assert all(name in found[other] for name, others in found.items() for other in others)
    assert not any(name in others for name, others in found.items())


def test_neighbours_are_units_of_any_time() -> None:
    near = GAZETTEER.neighbours(frozenset(["p19"]))
    assert {"p06", "n20", "p20", "p24"} <= near
    assert "p19" not in near
    assert "p89" not in near
