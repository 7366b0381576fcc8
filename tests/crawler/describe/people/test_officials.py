"""Who is an official, and with which posts. Every person is invented."""

from __future__ import annotations

import pytest

from tests.crawler.describe.articles import described


def officials(body: str) -> dict[str, list[str]]:
    return {found.name: [title.printed for title in found.titles] for found in described(body).officials}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Dự có các đồng chí: Trần Văn Ất, Phó Bí thư Thường trực Tỉnh ủy; Lò Thị Mỷ, Ủy viên Ban Thường vụ, "
            "Trưởng Ban Dân vận Tỉnh ủy; lãnh đạo các sở.",
            {
                "Trần Văn Ất": ["Phó Bí thư Thường trực Tỉnh ủy"],
                "Lò Thị Mỷ": ["Ủy viên Ban Thường vụ", "Trưởng Ban Dân vận Tỉnh ủy"],
            },
        ),
        (
            "Đại tá Bùi Quốc Khẩn, Giám đốc Công an tỉnh và Thượng tá Lưu Đình Hãn, Chính ủy Bộ CHQS tỉnh dự.",
            {
                "Bùi Quốc Khẩn": ["Đại tá", "Giám đốc Công an tỉnh"],
                "Lưu Đình Hãn": ["Thượng tá", "Chính ủy Bộ CHQS tỉnh"],
            },
        ),
        (
            "Đoàn do đồng chí Trần Văn Ất, Trưởng Ban Dân vận Tỉnh ủy, làm Trưởng đoàn có buổi kiểm tra tại cơ sở.",
            {"Trần Văn Ất": ["Trưởng Ban Dân vận Tỉnh ủy", "Trưởng đoàn"]},
        ),
        (
            "Đoàn do đồng chí Trần Văn Ất, Trưởng Ban Dân vận Tỉnh ủy làm trưởng đoàn đã kiểm tra tại cơ sở.",
            {"Trần Văn Ất": ["Trưởng Ban Dân vận Tỉnh ủy"]},
        ),
        (
            "Ông Phạm Văn Bính, phó chủ tịch UBND huyện Lục Nam, nói.",
            {"Phạm Văn Bính": ["phó chủ tịch UBND huyện Lục Nam"]},
        ),
        (
            "Bà Nguyễn Thị Lụa (Chủ tịch Hội LHPN xã Tân Sơn) vui.",
            {"Nguyễn Thị Lụa": ["Chủ tịch Hội LHPN xã Tân Sơn"]},
        ),
        (
            "Đồng chí Lê Văn Tạo, Bí thư Đảng ủy kiêm Chủ tịch HĐND xã Nghĩa Hồ lý giải.",
            {"Lê Văn Tạo": ["Bí thư Đảng ủy", "Chủ tịch HĐND xã Nghĩa Hồ"]},
        ),
        (
            "Ông Hoàng Đình Sự, Phó Giám đốc Sở Văn hóa, Thể thao và Du lịch, dự.",
            {"Hoàng Đình Sự": ["Phó Giám đốc Sở Văn hóa, Thể thao và Du lịch"]},
        ),
        (
            "Bà Ma Thị Nhã, Trưởng phòng Lao động - Thương binh và Xã hội huyện, dự.",
            {"Ma Thị Nhã": ["Trưởng phòng Lao động - Thương binh và Xã hội huyện"]},
        ),
        (
            "Đồng chí Hà Văn Ỏn, Chủ nhiệm Ủy ban Kiểm tra Huyện ủy, dự.",
            {"Hà Văn Ỏn": ["Chủ nhiệm Ủy ban Kiểm tra Huyện ủy"]},
        ),
        (
            "Bí thư Đoàn Thanh niên xã Tiên Nha, chị Phùng Thị Thớm, cho biết.",
            {"Phùng Thị Thớm": ["Bí thư Đoàn Thanh niên xã Tiên Nha"]},
        ),
        (
            "Đồng chí Vi Văn Lả, Bí thư Huyện ủy, đồng chí Lương Quang Kính cùng dự.",
            {"Vi Văn Lả": ["Bí thư Huyện ủy"], "Lương Quang Kính": []},
        ),
        (
            "Theo Trưởng Ban Dân vận Đỗ Quang Tụ. Ông Đỗ Quang Tụ, Trưởng Ban Dân vận Tỉnh ủy, đề nghị.",
            {"Đỗ Quang Tụ": ["Trưởng Ban Dân vận Tỉnh ủy"]},
        ),
    ],
    ids=["list", "ranks", "head of a delegation", "role of a day", "lower case", "parentheses", "two posts",
         "comma inside", "dash inside", "verb in a name", "post before", "no spill", "longer wins"],
)  # fmt: skip
def test_officials_and_their_posts(body: str, expected: dict[str, list[str]]) -> None:
    assert officials(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Ông Giàng A Sử, trưởng thôn Lũng Pô, kể lại.",
        "Bà Hoàng Thị Đẹp, Bí thư Chi bộ thôn Nà Lốc, vận động.",
        "Anh Nguyễn Văn Nàm, nông dân xã Tân Sơn, hiến đất.",
        "Linh mục Trần Văn Khoà, chánh xứ, cùng dự.",
        "Ông Vũ Đức Lậm, Giám đốc HTX nông sản, tặng giống.",
        "Chị Vi Thị Lả, Chi hội trưởng Chi hội phụ nữ bản Mạt.",
        "Anh Lò Văn Pấng, Tổ trưởng tổ dân vận thôn.",
        "Ông Đinh Văn Xiếng, người có uy tín, nói.",
        "Ông Nguyễn Văn Được, Bí thư kiêm Trưởng ấp Bình Thới, vận động 30 hộ.",
        "Bà Ngô Thị Bưởng, Trưởng Ban Công tác Mặt trận khu phố 2, nấu nước.",
        "Ông Lâm Quốc Toán, Phó Tổng Giám đốc Tập đoàn Hoa Mai, trao tài trợ.",
        "Đại tướng Võ Nguyên Giáp từng về đây.",
        "Trưởng Ban Dân vận các xã phải nắm dân. Nguyễn Văn Lẫm hiến đất.",
    ],
)
def test_who_is_no_official(body: str) -> None:
    assert officials(body) == {}


def test_post_that_has_ended_before_a_name_is_not_its() -> None:
    body = "Thường trực Đảng ủy xã giao đồng chí Mè Văn Hặc – Bí thư Đoàn xã – phụ trách."
    assert officials(body) == {"Mè Văn Hặc": ["Bí thư Đoàn xã"]}


def test_title_is_taken_apart() -> None:
    [official] = described("Bà Vi Thị Xoan, Trưởng Ban Dân vận Huyện ủy Lục Nam, nói.").officials
    [title] = official.titles
    assert (title.post, title.organisation) == ("Trưởng Ban", "Ban Dân vận Huyện ủy Lục Nam")
    assert (title.level, title.locality, title.former) == ("district", "Lục Nam", False)
    assert official.key == "vi thi xoan"


def test_post_without_a_level_has_that_of_its_neighbour() -> None:
    [official] = described("Ông Vi Văn Lả, Bí thư Đảng ủy, Chủ tịch HĐND xã Tân Sơn, dự.").officials
    assert [title.level for title in official.titles] == ["commune", "commune"]


def test_short_mention_of_two_namesakes_is_nobodys() -> None:
    body = "Đồng chí Phan Hữu Trạch, Bí thư Huyện ủy; đồng chí Lê Văn Trạch, Chủ tịch UBND huyện. Đồng chí Trạch nói."
    assert all(len(official.evidence) == 1 for official in described(body).officials)
