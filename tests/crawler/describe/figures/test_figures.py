"""Numbers that count something; dates, ages and serial numbers do not."""

from __future__ import annotations

import pytest

from crawler.describe.figures.figures import find_figures
from tests.crawler.describe.articles import described, passage


def figures(body: str) -> list[tuple[float, float | None, str]]:
    return [(figure.value, figure.of, figure.unit) for figure in described(body).figures]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Cả huyện có 1.759 mô hình.", (1759, None, "mô hình")),
        ("Có 16/22 xã đạt chuẩn.", (16, 22, "xã")),
        ("Dân góp 2,5 tỷ đồng.", (2.5, None, "tỷ đồng")),
        ("Hiến 2.350m2 đất.", (2350, None, "m2")),
        ("Hồ chứa 1,2 triệu m3 nước.", (1_200_000, None, "m3")),
        ("Có 64 trong tổng số 71 hộ ký.", (64, 71, "hộ")),
        ("Đường xong sớm 25 ngày.", (25, None, "ngày")),
        ("Xã xây hai công trình.", (2, None, "công trình")),
        ("Từ 22 hộ đăng ký.", (22, None, "hộ")),
        ("Giá 42.000 đồng/kg.", (42000, None, "đồng/kg")),
        ("Thủ tục rút còn 4 ngày làm việc.", (4, None, "ngày làm việc")),
        ("Nước mặn 1,5‰ vào sông.", (1.5, None, "‰")),
        ("Mỗi đợt mở nước 5 ngày, dân lấy nước.", (5, None, "ngày")),
        ("Còn 43 điều, phần lớn về đất đai.", (43, None, "điều")),
        ("Tổ thu mỗi tháng 25 tấn rác.", (25, None, "tấn")),
        ("Mở tuyến đường 2,3 km trước Tết.", (2.3, None, "km")),
        ("Lương tháng 7 triệu đồng.", (7, None, "triệu đồng")),
        ("Cả thôn 52 hộ hiến đất.", (52, None, "hộ")),
        ("Góp 5 triệu đồng cho xã.", (5, None, "triệu đồng")),
        ("Có 12 đồng chí dự.", (12, None, "đồng chí")),
        ("Có 31 mảnh vườn xanh tốt.", (31, None, "mảnh vườn")),
        ("Bán 50.000đ một suất.", (50000, None, "đồng")),
        ("Ở 1.234/1.300 thôn, bản.", (1234, 1300, "thôn, bản")),
        ("Có 1 nghìn 200 hộ.", (1200, None, "hộ")),
        ("Đón 2 triệu 500 nghìn lượt khách.", (2_500_000, None, "lượt khách")),
        ("Tài trợ 2 triệu USD.", (2, None, "triệu USD")),
    ],
)
def test_figures(body: str, expected: tuple[float, float | None, str]) -> None:
    [figure] = described(body).figures
    assert (figure.value, figure.of, figure.unit) == expected
    assert body[figure.evidence.start : figure.evidence.end] == figure.cited_as


@pytest.mark.parametrize(
    "body",
    ["Ngày 10 tháng 7 năm 2024.", "Bà năm nay 78 tuổi.", "Mỗi người giúp 3 đến 5 hộ.", "Quốc lộ 18 mở rộng.",
     "Điều 12 quy định.", "Thứ hai mô hình được khen.", "Lúc 8 giờ 30 phút sáng.", "Trong tháng 12 xã họp.",
     "Khóa XX, nhiệm kỳ 2020-2025 xã làm tốt.", "Gọi số 0203 825 678 hộ dân biết.", "Chương trình 135 giúp dân.",
     "Vốn Chương trình 135 cấp cho bản.", "Chị Nhài ở xóm 8 kể chuyện.", "Loa của xóm 10 xã Bạch Long vang lên.",
     "Quận 8 Trương Thị Kiều nói.", "Chính quyền địa phương 2 cấp.", "Sản phẩm OCOP 4 sao.", "Sáng 18/9 huyện họp.",
     "Giúp 54 đồng bào.", "Trong 6 tháng đầu năm, xã làm tốt.", "Năm 2023 huyện họp.", "Hẻm 102 từng rất hẹp.",
     "Nghị quyết 25 hội nghị bàn.", "Ông ở thôn Bạc Rây 2 hiến đất.", "Cách mạng công nghiệp 4.0 giúp dân."],
)  # fmt: skip
def test_what_is_no_figure(body: str) -> None:
    assert figures(body) == []


@pytest.mark.parametrize(
    ("body", "value", "unit"),
    [
        ("Kinh phí 1 tỷ 200 triệu đồng.", 1.2, "tỷ đồng"),
        ("Thu 1 triệu 500 nghìn đồng.", 1.5, "triệu đồng"),
        ("Giá 1,8 triệu đồng/kg.", 1.8, "triệu đồng/kg"),
        ("Trả 120.000 đồng/ngày.", 120_000, "đồng/ngày"),
        ("Nộp 10.000 đồng/m2/năm.", 10_000, "đồng/m2/năm"),
        ("Đạt 4.5 tỷ đồng.", 4.5, "tỷ đồng"),
        ("Đạt 1,500 tỷ đồng.", 1.5, "tỷ đồng"),
        ("Đất rộng 12,500 m2.", 12_500, "m2"),
        ("Rừng rộng 12,500 ha.", 12.5, "ha"),
        ("Có 1,500 người dự.", 1500, "người"),
        ("Lãi 0,500 % một tháng.", 0.5, "%"),
        ("Mức 25 nghìn tỷ đồng.", 25, "nghìn tỷ đồng"),
        ("Năng suất 6,5 tấn/ha.", 6.5, "tấn/ha"),
        ("Giá chỉ 8.000 - 10.000 đồng/kg.", 10_000, "đồng/kg"),
    ],
)
def test_money_and_measures(body: str, value: float, unit: str) -> None:
    assert figures(body) == [(value, None, unit)]


@pytest.mark.parametrize(
    ("body", "value", "unit"),
    [
        ("Xã có hai mươi ba mô hình.", 23, "mô hình"),
        ("Có ba trăm năm mươi hộ ký.", 350, "hộ"),
        ("Dân góp một trăm hai mươi triệu đồng.", 120, "triệu đồng"),
        ("Thưởng hai triệu rưỡi đồng.", 2.5, "triệu đồng"),
        ("Mười lăm hộ hiến đất.", 15, "hộ"),
        ("Xã có năm mô hình hay.", 5, "mô hình"),
        ("Khoảng hai chục hộ.", 20, "hộ"),
    ],
)
def test_counts_in_words(body: str, value: float, unit: str) -> None:
    assert figures(body) == [(value, None, unit)]


@pytest.mark.parametrize(
    "body",
    ["Trong năm mô hình phát triển.", "Sau hai mươi năm hộ nào cũng khá.", "Hàng trăm hộ đồng tình.", "Ba bốn mô hình.",
     "Anh Nguyễn Văn Bảy mô hình tốt.", "Về Ba Vì thăm dân.", "Đến lần thứ ba công trình mới xong.", "Nhà ông Sáu Thạnh.",
     "Tháng tư công trình xong.", "Vải chín cây cho thu.", "Hai bên bờ kênh.", "Một phần ba hộ nghèo.",
     "Phải tới năm, sáu mô hình.", "Hai đến ba công trình.", "Về xã Ba Tổ dân vận giỏi.", "Một mô hình mới."],
)  # fmt: skip
def test_words_that_count_nothing(body: str) -> None:
    assert figures(body) == []


@pytest.mark.parametrize(
    ("body", "unit"),
    [
        ("Phân công 212 cán bộ, công chức giúp dân.", "cán bộ, công chức"),
        ("Có 90 cán bộ, công chức, viên chức dự.", "cán bộ, công chức, viên chức"),
        ("Cùng 60 cán bộ, chiến sĩ.", "cán bộ, chiến sĩ"),
        ("Dạy 120 thanh, thiếu niên.", "thanh, thiếu niên"),
        ("Ở 52 xứ, họ đạo.", "xứ, họ đạo"),
        ("Có 14 cơ quan, đơn vị tham gia.", "cơ quan, đơn vị"),
        ("Có 559 mô hình, điển hình.", "mô hình, điển hình"),
        ("Ở 21 xã, phường, thị trấn.", "xã, phường, thị trấn"),
        ("Có 20 hộ, công trình xong sớm.", "hộ"),
        ("Có 17 làng, làng Trui xa nhất.", "làng"),
        ("Lập 15 tổ, đội ngũ cán bộ mạnh.", "tổ"),
    ],
)
def test_units_of_one_kind_are_joined_by_commas(body: str, unit: str) -> None:
    assert figures(body)[0][2] == unit


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("Có 30 hộ hiến đất.", "hiến đất"),
        ("Hiến 300 m2 đất để mở đường.", "đất"),
        ("Góp 50 triệu đồng cho xã.", None),
        ("Khen 15 cá nhân được tặng.", None),
        ("Có 1.468 mô hình tập thể.", "tập thể"),
        ("Có 91 mô hình lĩnh vực kinh tế.", "lĩnh vực kinh tế"),
        ("Có 559 mô hình, điển hình “Dân vận khéo”.", "Dân vận khéo"),
        ("Đã 85 triệu đồng hỗ trợ dân.", None),
        ("Có 12 cán bộ xã Tân Sơn dự.", None),
        ("Có 38,6% hộ nghèo.", "hộ nghèo"),
        ("Có 12 mô hình xây dựng nông thôn mới.", "xây dựng nông thôn"),
        ("Có 12 mô hình an ninh trật tự.", "an ninh trật tự"),
        ("Có 12 mô hình cải cách hành chính, một cửa.", "cải cách hành chính"),
        ("Có 12 mô hình thực hiện dân chủ.", "thực hiện dân chủ"),
        ("Có 12 hộ chăn nuôi lợn.", "chăn nuôi lợn"),
        ("Có 12 con bò trị giá cao.", "bò"),
        ("Có 12 mô hình văn hóa - xã hội.", "văn hóa - xã hội"),
    ],
)
def test_words_after_a_unit_say_what_it_counts(body: str, what: str | None) -> None:
    [figure] = described(body).figures
    assert figure.what == what


@pytest.mark.parametrize(
    "piece",
    [
        "hai ",
        "1-",
        "1.1.",
        "Hai x ",
        "12 cán bộ, ",
        "1 tỷ 200 triệu ",
        "100.000 đồng/",
        "12 cán bộ, công chức, ",
        "1 x; ",
    ],
)
def test_long_near_misses_are_read_in_linear_time(piece: str) -> None:
    body = piece * (200_000 // len(piece))
    assert len(find_figures([passage(body)], [], None)) <= len(body) / len(piece)
