"""What laws say about units and the official lists do not: days, and units that ended before the first list.

The provinces of the past stand in older_provinces.py. A resolution is named only where a published text naming it
together with the change was read; where none was found, the source is the national list of units, whose editions show
the change from that day on. A day nobody wrote down here stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Columns of a listed unit that a law gives."""

    id: str
    columns: dict[str, str]
    source: str


@dataclass(frozen=True, kw_only=True)
class EndedDistrict:
    """A district that no list shows any more, and those that took it over."""

    name: str
    type: str
    province: str
    heirs: tuple[str, ...]
    valid_to: str = ""
    source: str = ""


_LIST = "National list of administrative units, first edition that shows the change"
_HUE = "Nghị quyết 175/2024/QH15"
_HOA_LU = "Nghị quyết 1318/NQ-UBTVQH15"
_CHU = "Nghị quyết 1191/NQ-UBTVQH15"


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
    *_since("2021-01-01", "Nghị quyết 1111/NQ-UBTVQH14", "d769"),
)  # fmt: skip

# Districts that ended before April 2022; without a day where we are not sure of it.
ENDED_DISTRICTS: tuple[EndedDistrict, ...] = (
    *(
        EndedDistrict(name=name, type="quận", province="Hồ Chí Minh", heirs=("Thủ Đức",), valid_to="2021-01-01",
              source="Nghị quyết 1111/NQ-UBTVQH14")
        for name in ("2", "9", "Thủ Đức")
    ),
    EndedDistrict(name="Hoành Bồ", type="huyện", province="Quảng Ninh", heirs=("Hạ Long",), valid_to="2020-01-01",
          source=_LIST),
    EndedDistrict(name="Tĩnh Gia", type="huyện", province="Thanh Hóa", heirs=("Nghi Sơn",), valid_to="2020-06-01",
          source="Nghị quyết 933/NQ-UBTVQH14"),
    EndedDistrict(name="Thông Nông", type="huyện", province="Cao Bằng", heirs=("Hà Quảng",)),
    EndedDistrict(name="Trà Lĩnh", type="huyện", province="Cao Bằng", heirs=("Trùng Khánh",)),
    EndedDistrict(name="Quảng Uyên", type="huyện", province="Cao Bằng", heirs=("Quảng Hòa",)),
    EndedDistrict(name="Phục Hòa", type="huyện", province="Cao Bằng", heirs=("Quảng Hòa",)),
    EndedDistrict(name="Kỳ Sơn", type="huyện", province="Hòa Bình", heirs=("Hòa Bình",)),
    EndedDistrict(name="Tây Trà", type="huyện", province="Quảng Ngãi", heirs=("Trà Bồng",)),
    EndedDistrict(name="Tân Thành", type="huyện", province="Bà Rịa - Vũng Tàu", heirs=("Phú Mỹ",)),
)  # fmt: skip

# By which the communes of today came to be, by their province's code: numbers of NQ-UBTVQH15 of 16 June 2025.
RESOLUTIONS_2025 = {
    "01": 1656, "04": 1657, "08": 1684, "11": 1661, "12": 1670, "14": 1681, "15": 1673, "19": 1683, "20": 1672,
    "22": 1679, "24": 1658, "25": 1676, "31": 1669, "33": 1666, "37": 1674, "38": 1686, "40": 1678, "42": 1665,
    "44": 1680, "46": 1675, "48": 1659, "51": 1677, "52": 1664, "56": 1667, "66": 1660, "68": 1671, "75": 1662,
    "79": 1685, "80": 1682, "82": 1663, "86": 1687, "91": 1654, "92": 1668, "96": 1655,
}  # fmt: skip

# Codes of communes that the lists of 2022 and of 2025 spell differently, without a change: one unit each.
RESPELLED = frozenset([
    "00736", "00829", "01060", "01978", "02431", "02836", "02902", "03073", "03177", "03178", "03223", "03244",
    "03391", "03460", "03565", "03574", "03754", "04136", "04174", "04486", "04618", "04621", "04627", "05083",
    "05245", "06616", "07540", "12538", "12664", "13141", "18007", "19114", "19246", "20458", "20494", "20701",
    "20710", "23140", "23395", "23404", "23413", "23458", "23464", "23644", "24031", "24274", "24409", "24727",
    "26119", "27640", "29218", "29857", "30475", "31729",
])  # fmt: skip
