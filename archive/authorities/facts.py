"""What laws say about units and the official lists do not: days, and units that ended before the first list.

A resolution is named only where a published text naming it together with the change was read; where none was
found, the source is the national list of units, whose editions show the change from that day on. A day nobody
wrote down here stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Columns of a listed unit that a law gives."""

    id: str
    columns: dict[str, str]
    source: str


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A unit that no list shows any more, and those that took it over."""

    name: str
    type: str = "tỉnh"
    province: str = ""
    heirs: tuple[str, ...]
    valid_to: str = ""
    source: str = field(default="")


_LIST = "National list of administrative units, first edition that shows the change"
_HUE = "Nghị quyết 175/2024/QH15"
_HOA_LU = "Nghị quyết 1318/NQ-UBTVQH15"
_CHU = "Nghị quyết 1191/NQ-UBTVQH15"
_SPLIT_1997 = "Nghị quyết của Quốc hội khóa IX, kỳ họp thứ 10, ngày 6/11/1996"
_SPLIT_2004 = "Nghị quyết 22/2003/QH11"


def _since(day: str, source: str, *ids: str) -> tuple[Dated, ...]:
    return tuple(Dated(id=id_, columns={"valid_from": day}, source=source) for id_ in ids)


def _typed(id_: str, older_type: str, day: str, source: str) -> Dated:
    """A unit that kept its name and rose to another type on a day."""
    return Dated(id=id_, columns={"older_types": f"{older_type}<{day}"}, source=source)


DATED: tuple[Dated, ...] = (
    Dated(id="p46.1", columns={"valid_to": "2025-01-01", "successors": "p46"}, source=_HUE),
    Dated(id="p46", columns={"valid_from": "2025-01-01"}, source=_HUE),
    Dated(id="d474.1", columns={"valid_to": "2025-01-01", "successors": "d474~ d475~"}, source=_HUE),
    Dated(id="d369", columns={"valid_to": "2025-01-01", "successors": "d374"}, source=_HOA_LU),
    *_since("2025-01-01", _CHU, "d224"),
    Dated(id="d221", columns={"valid_to": "2025-01-01"}, source=_CHU),
    _typed("d374", "huyện", "2025-01-01", _HOA_LU),
    _typed("d088", "huyện", "2020-01-01", "Nghị quyết 767/NQ-UBTVQH14"),
    _typed("d911", "huyện", "2021-03-01", "Nghị quyết 1109/NQ-UBTVQH14"),
    _typed("d244", "thị xã", "2018-02-07", _LIST),
    _typed("d261", "thị xã", "2021-11-01", "Nghị quyết 387/NQ-UBTVQH15"),
    _typed("d172", "thị xã", "2022-04-10", "Nghị quyết 469/NQ-UBTVQH15"),
    _typed("d259", "huyện", "2023-04-10", "Nghị quyết 723/NQ-UBTVQH15"),
    _typed("d262", "huyện", "2023-04-10", "Nghị quyết 723/NQ-UBTVQH15"),
    _typed("d222", "huyện", "2024-02-01", "Nghị quyết 938/NQ-UBTVQH15"),
    _typed("d721", "thị xã", "2024-05-01", "Nghị quyết 1012/NQ-UBTVQH15"),
    _typed("d816", "thị xã", "2024-05-01", "Nghị quyết 1013/NQ-UBTVQH15"),
    _typed("d205", "thị xã", "2024-11-01", _LIST),
    _typed("d311", "huyện", "2025-01-01", _LIST),
    _typed("d312", "huyện", "2025-01-01", _LIST),
    # Bắc Kạn, Thái Nguyên, Bắc Giang, Phú Thọ, Vĩnh Phúc, Bắc Ninh, Hải Dương, Hưng Yên, Hà Nam, Nam Định,
    # Đà Nẵng, Quảng Nam, Bình Phước, Bình Dương, Bạc Liêu, Cà Mau.
    *_since("1997-01-01", _SPLIT_1997, "p06", "p19", "p24", "p25", "p26", "p27", "p30", "p33", "p35", "p36", "p48",
            "p49", "p70", "p74", "p95", "p96"),
    # Điện Biên, Đắk Nông, Cần Thơ, Hậu Giang.
    *_since("2004-01-01", _SPLIT_2004, "p11", "p67", "p92", "p93"),
    *_since("2021-01-01", "Nghị quyết 1111/NQ-UBTVQH14", "d769"),
)  # fmt: skip

ENDED_PROVINCES: tuple[Ended, ...] = (
    Ended(name="Hà Tây", heirs=("Hà Nội",), valid_to="2008-08-01", source="Nghị quyết 15/2008/QH12"),
    *(
        Ended(name=name, heirs=heirs, valid_to="1997-01-01", source=_SPLIT_1997)
        for name, heirs in (
            ("Bắc Thái", ("Bắc Kạn", "Thái Nguyên")),
            ("Hà Bắc", ("Bắc Giang", "Bắc Ninh")),
            ("Vĩnh Phú", ("Phú Thọ", "Vĩnh Phúc")),
            ("Hải Hưng", ("Hải Dương", "Hưng Yên")),
            ("Nam Hà", ("Hà Nam", "Nam Định")),
            ("Quảng Nam - Đà Nẵng", ("Quảng Nam", "Đà Nẵng")),
            ("Sông Bé", ("Bình Dương", "Bình Phước")),
            ("Minh Hải", ("Bạc Liêu", "Cà Mau")),
        )
    ),
)

# Districts that ended before April 2022; without a day where we are not sure of it.
ENDED_DISTRICTS: tuple[Ended, ...] = (
    *(
        Ended(name=name, type="quận", province="Hồ Chí Minh", heirs=("Thủ Đức",), valid_to="2021-01-01",
              source="Nghị quyết 1111/NQ-UBTVQH14")
        for name in ("2", "9", "Thủ Đức")
    ),
    Ended(name="Hoành Bồ", type="huyện", province="Quảng Ninh", heirs=("Hạ Long",), valid_to="2020-01-01",
          source=_LIST),
    Ended(name="Tĩnh Gia", type="huyện", province="Thanh Hóa", heirs=("Nghi Sơn",), valid_to="2020-06-01",
          source="Nghị quyết 933/NQ-UBTVQH14"),
    Ended(name="Thông Nông", type="huyện", province="Cao Bằng", heirs=("Hà Quảng",)),
    Ended(name="Trà Lĩnh", type="huyện", province="Cao Bằng", heirs=("Trùng Khánh",)),
    Ended(name="Quảng Uyên", type="huyện", province="Cao Bằng", heirs=("Quảng Hòa",)),
    Ended(name="Phục Hòa", type="huyện", province="Cao Bằng", heirs=("Quảng Hòa",)),
    Ended(name="Kỳ Sơn", type="huyện", province="Hòa Bình", heirs=("Hòa Bình",)),
    Ended(name="Tây Trà", type="huyện", province="Quảng Ngãi", heirs=("Trà Bồng",)),
    Ended(name="Tân Thành", type="huyện", province="Bà Rịa - Vũng Tàu", heirs=("Phú Mỹ",)),
)  # fmt: skip
