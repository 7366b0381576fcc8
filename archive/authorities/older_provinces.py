"""Provinces that no list of 2022 shows: what split since 1989 and what was joined, each with its document.

Where a resolution of the National Assembly says nothing of the day from which it holds, the day is its own; the new
offices opened some weeks or months later. Names come back (Cần Thơ, Hậu Giang), so each has an id of its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class EndedProvince:
    """A province that is no more: its heirs by id, those in part where there are several."""

    id: str
    name: str
    type: str = "tỉnh"
    heirs: tuple[str, ...]
    valid_from: str = ""
    valid_to: str
    begun_by: str = ""
    ended_by: str


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Provinces of the lists that began on one day by one document."""

    ids: tuple[str, ...]
    valid_from: str
    begun_by: str


_1989 = "Nghị quyết của Quốc hội khóa VIII, kỳ họp thứ 5, ngày 30/6/1989"
_1991_8 = "Nghị quyết của Quốc hội khóa VIII, kỳ họp thứ 9, ngày 12/8/1991"
_1991_12 = "Nghị quyết của Quốc hội khóa VIII, kỳ họp thứ 10, ngày 26/12/1991"
_1996 = "Nghị quyết của Quốc hội khóa IX, kỳ họp thứ 10, ngày 6/11/1996"
_2003 = "Nghị quyết 22/2003/QH11"


def _split(day: str, ended_by: str, **heirs: tuple[str, tuple[str, ...]]) -> tuple[EndedProvince, ...]:
    return tuple(
        EndedProvince(id=f"x-{key}", name=name, heirs=ids, valid_to=day, ended_by=ended_by)
        for key, (name, ids) in heirs.items()
    )


ENDED_PROVINCES: tuple[EndedProvince, ...] = (
    *_split(
        "1989-06-30", _1989,
        binhtrithien=("Bình Trị Thiên", ("p44", "p45", "p46.1")),
        nghiabinh=("Nghĩa Bình", ("p51", "p52")),
        phukhanh=("Phú Khánh", ("p54", "p56")),
    ),
    *_split(
        "1991-08-12", _1991_8,
        nghetinh=("Nghệ Tĩnh", ("p40", "p42")),
        hoanglienson=("Hoàng Liên Sơn", ("p10", "p15")),
        hatuyen=("Hà Tuyên", ("p02", "p08")),
        hasonbinh=("Hà Sơn Bình", ("p17", "x-hatay")),
        gialaikontum=("Gia Lai - Kon Tum", ("p62", "p64")),
    ),
    EndedProvince(id="x-vungtaucondao", name="Vũng Tàu - Côn Đảo", type="đặc khu", heirs=("p77",),
                  valid_to="1991-08-12", ended_by=_1991_8),
    *_split(
        "1991-12-26", _1991_12,
        thuanhai=("Thuận Hải", ("p58", "p60")),
        haugiang=("Hậu Giang", ("p94", "x-cantho")),
        cuulong=("Cửu Long", ("p84", "p86")),
        hanamninh=("Hà Nam Ninh", ("p37", "x-namha")),
    ),
    *_split(
        "1997-01-01", _1996,
        bacthai=("Bắc Thái", ("p06", "p19")),
        habac=("Hà Bắc", ("p24", "p27")),
        vinhphu=("Vĩnh Phú", ("p25", "p26")),
        haihung=("Hải Hưng", ("p30", "p33")),
        quangnamdanang=("Quảng Nam - Đà Nẵng", ("p48", "p49")),
        songbe=("Sông Bé", ("p70", "p74")),
        minhhai=("Minh Hải", ("p95", "p96")),
    ),
    EndedProvince(id="x-namha", name="Nam Hà", heirs=("p35", "p36"), valid_from="1991-12-26", begun_by=_1991_12,
                  valid_to="1997-01-01", ended_by=_1996),
    EndedProvince(id="x-cantho", name="Cần Thơ", heirs=("p92", "p93"), valid_from="1991-12-26", begun_by=_1991_12,
                  valid_to="2004-01-01", ended_by=_2003),
    EndedProvince(id="x-hatay", name="Hà Tây", heirs=("p01",), valid_from="1991-08-12", begun_by=_1991_8,
                  valid_to="2008-08-01", ended_by="Nghị quyết 15/2008/QH12"),
)  # fmt: skip

BEGUN_PROVINCES: tuple[Begun, ...] = (
    # Quảng Bình, Quảng Trị, Thừa Thiên Huế, Quảng Ngãi, Bình Định, Phú Yên, Khánh Hòa.
    Begun(ids=("p44", "p45", "p46.1", "p51", "p52", "p54", "p56"), valid_from="1989-06-30", begun_by=_1989),
    # Hà Giang, Tuyên Quang, Lào Cai, Yên Bái, Hòa Bình, Nghệ An, Hà Tĩnh, Kon Tum, Gia Lai, Bà Rịa - Vũng Tàu.
    Begun(ids=("p02", "p08", "p10", "p15", "p17", "p40", "p42", "p62", "p64", "p77"), valid_from="1991-08-12",
          begun_by=_1991_8),
    # Ninh Bình, Ninh Thuận, Bình Thuận, Trà Vinh, Vĩnh Long, Sóc Trăng.
    Begun(ids=("p37", "p58", "p60", "p84", "p86", "p94"), valid_from="1991-12-26", begun_by=_1991_12),
    # Bắc Kạn, Thái Nguyên, Bắc Giang, Phú Thọ, Vĩnh Phúc, Bắc Ninh, Hải Dương, Hưng Yên, Hà Nam, Nam Định,
    # Đà Nẵng, Quảng Nam, Bình Phước, Bình Dương, Bạc Liêu, Cà Mau.
    Begun(ids=("p06", "p19", "p24", "p25", "p26", "p27", "p30", "p33", "p35", "p36", "p48", "p49", "p70", "p74", "p95",
               "p96"), valid_from="1997-01-01", begun_by=_1996),
    # Điện Biên, Đắk Nông, Cần Thơ, Hậu Giang.
    Begun(ids=("p11", "p67", "p92", "p93"), valid_from="2004-01-01", begun_by=_2003),
)  # fmt: skip
