"""Which provinces border on which, as of before July 2025: a district named without its province is of one of them.

Written down from the map, by land or across a river mouth; each pair stands once.
"""

from __future__ import annotations

_PAIRS = """
Lai Châu: Điện Biên, Sơn La, Yên Bái, Lào Cai
Điện Biên: Sơn La
Sơn La: Yên Bái, Phú Thọ, Hòa Bình, Thanh Hóa
Lào Cai: Yên Bái, Hà Giang
Yên Bái: Hà Giang, Tuyên Quang, Phú Thọ
Hà Giang: Tuyên Quang, Cao Bằng
Cao Bằng: Bắc Kạn, Lạng Sơn, Tuyên Quang
Tuyên Quang: Bắc Kạn, Thái Nguyên, Vĩnh Phúc, Phú Thọ
Bắc Kạn: Thái Nguyên, Lạng Sơn
Lạng Sơn: Thái Nguyên, Bắc Giang, Quảng Ninh
Thái Nguyên: Bắc Giang, Vĩnh Phúc, Hà Nội
Phú Thọ: Vĩnh Phúc, Hà Nội, Hòa Bình, Hà Tây
Vĩnh Phúc: Hà Nội, Hà Tây
Bắc Giang: Quảng Ninh, Hải Dương, Bắc Ninh, Hà Nội
Bắc Ninh: Hà Nội, Hưng Yên, Hải Dương
Quảng Ninh: Hải Phòng, Hải Dương
Hải Dương: Hải Phòng, Hưng Yên, Thái Bình
Hải Phòng: Thái Bình
Hưng Yên: Hà Nội, Hà Nam, Thái Bình, Hà Tây
Hà Nội: Hà Nam, Hòa Bình, Hà Tây
Hà Tây: Hòa Bình, Hà Nam
Hòa Bình: Hà Nam, Ninh Bình, Thanh Hóa
Hà Nam: Nam Định, Ninh Bình, Thái Bình
Thái Bình: Nam Định
Nam Định: Ninh Bình
Ninh Bình: Thanh Hóa
Thanh Hóa: Nghệ An
Nghệ An: Hà Tĩnh
Hà Tĩnh: Quảng Bình
Quảng Bình: Quảng Trị
Quảng Trị: Thừa Thiên Huế, Huế
Thừa Thiên Huế: Đà Nẵng, Quảng Nam
Huế: Đà Nẵng, Quảng Nam
Đà Nẵng: Quảng Nam
Quảng Nam: Quảng Ngãi, Kon Tum
Quảng Ngãi: Bình Định, Kon Tum, Gia Lai
Bình Định: Phú Yên, Gia Lai
Phú Yên: Khánh Hòa, Gia Lai, Đắk Lắk
Khánh Hòa: Ninh Thuận, Lâm Đồng, Đắk Lắk
Kon Tum: Gia Lai
Gia Lai: Đắk Lắk
Đắk Lắk: Đắk Nông, Lâm Đồng
Đắk Nông: Lâm Đồng, Bình Phước
Lâm Đồng: Ninh Thuận, Bình Thuận, Đồng Nai, Bình Phước
Ninh Thuận: Bình Thuận
Bình Thuận: Đồng Nai, Bà Rịa - Vũng Tàu
Bình Phước: Đồng Nai, Bình Dương, Tây Ninh
Đồng Nai: Bà Rịa - Vũng Tàu, Hồ Chí Minh, Bình Dương
Bà Rịa - Vũng Tàu: Hồ Chí Minh
Tây Ninh: Bình Dương, Hồ Chí Minh, Long An
Bình Dương: Hồ Chí Minh
Hồ Chí Minh: Long An, Tiền Giang
Long An: Tiền Giang, Đồng Tháp
Tiền Giang: Đồng Tháp, Vĩnh Long, Bến Tre
Đồng Tháp: An Giang, Cần Thơ, Vĩnh Long
Bến Tre: Vĩnh Long, Trà Vinh
Vĩnh Long: Trà Vinh, Cần Thơ, Sóc Trăng
Trà Vinh: Sóc Trăng
An Giang: Kiên Giang, Cần Thơ
Kiên Giang: Cần Thơ, Hậu Giang, Bạc Liêu, Cà Mau
Cần Thơ: Hậu Giang
Hậu Giang: Sóc Trăng, Bạc Liêu
Sóc Trăng: Bạc Liêu
Bạc Liêu: Cà Mau
"""


def bordering() -> dict[str, frozenset[str]]:
    """The provinces that border on each, by name."""
    found: dict[str, set[str]] = {}
    for line in _PAIRS.strip().splitlines():
        name, _, others = line.partition(": ")
        for other in others.split(", "):
            found.setdefault(name, set()).add(other)
            found.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in found.items()}
