"""Numbers in digits and in words, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.describe.figures.numbers import read_digits, read_words


@pytest.mark.parametrize(
    ("written", "value"),
    [("7", 7), ("1.759", 1759), ("1.234.567", 1234567), ("2,5", 2.5), ("1.234,56", 1234.56), ("4.5", 4.5), ("1.75", 1.75),
     ("0,500", 0.5), ("1,234,567", 1234567), ("1,234.5", 1234.5), ("0.125", 0.125), ("1,500", 1.5), ("2025", 2025)],
)  # fmt: skip
def test_digits(written: str, value: float) -> None:
    assert read_digits(written) == value


@pytest.mark.parametrize(("written", "value"), [("1,500", 1500), ("12,500", 12500), ("0,500", 0.5), ("1,50", 1.5)])
def test_comma_before_three_digits_parts_thousands_of_what_comes_in_ones(written: str, value: float) -> None:
    assert read_digits(written, counts_ones=True) == value


@pytest.mark.parametrize(
    "written",
    ["", "1.75.9", "1.234.56", "1,23,4", "1.2345", "12.345,67,8", "0.1.2", "1..5", "hai", "-5", "٣", "9" * 400,
     "192.168.1.20", "1,2.3"],
)  # fmt: skip
def test_what_is_no_number_in_digits(written: str) -> None:
    assert read_digits(written) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [("hai mươi ba", 23), ("mười lăm", 15), ("hai mốt", 21), ("hai mươi mốt", 21), ("hai tư", 24), ("ba mươi tư", 34),
     ("một trăm linh năm", 105), ("một trăm lẻ tư", 104), ("ba trăm năm mươi", 350), ("trăm rưỡi", 150),
     ("một trăm hai mươi triệu", 120_000_000), ("hai triệu rưỡi", 2_500_000), ("hai chục", 20), ("ba vạn", 30_000),
     ("ba vạn năm nghìn", 35_000), ("một nghìn ba trăm", 1300), ("một ngàn hai trăm ba mươi tư", 1234),
     ("hai nghìn không trăm hai mươi lăm", 2025), ("hai nghìn linh năm", 2005), ("một tỷ hai trăm triệu", 1_200_000_000),
     ("một triệu không nghìn hai trăm", 1_000_200), ("một triệu không trăm linh hai", 1_000_002), ("ba triệu tư", 3_400_000),
     ("một nghìn tỷ", 1_000_000_000_000), ("Hai Mươi", 20), ("chín", 9), ("không", 0), ("năm mươi nhăm", 55),
     ("một tỷ không triệu năm trăm nghìn", 1_000_500_000), ("hai trăm nghìn không trăm mười", 200_010),
     ("một triệu không trăm hai mươi nghìn", 1_020_000), ("một triệu không nghìn", 1_000_000),
     ("hai tỷ không trăm linh năm triệu", 2_005_000_000), ("một nghìn hai mươi", 1020),
     ("một trăm mười", 110), ("ba nghìn hai trăm mười", 3210), ("một nghìn mười", 1010), ("một trăm mười triệu", 110_000_000)],
)  # fmt: skip
def test_words(written: str, value: int) -> None:
    assert read_words(written) == value


@pytest.mark.parametrize(
    "written",
    ["", "mười năm", "hai mươi năm", "một trăm năm", "ba bốn", "năm sáu", "trăm", "nghìn", "chục", "mươi", "mươi hai",
     "hai mươi mười", "linh năm", "trăm linh năm", "một triệu hai trăm", "mười mốt", "mười tư", "mười trăm", "rưỡi",
     "hai rưỡi", "hai triệu rưỡi nghìn", "một mươi", "không trăm", "không hai", "nghìn tỷ", "hai trăm ba trăm",
     "hai nghìn ba triệu", "lăm", "mốt", "tư", "hai mươi hộ", "một trăm linh", "một trăm mốt", "hai năm",
     "một vạn hai trăm", "một triệu hai mươi", "một triệu không trăm nghìn", "không trăm nghìn"],
)  # fmt: skip
def test_what_is_no_number_in_words(written: str) -> None:
    assert read_words(written) is None


def test_every_number_below_ten_thousand_is_read() -> None:
    ones = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    last = {1: "mốt", 5: "lăm"}
    tens = [f"mười {'lăm' if one == 5 else ones[one]}" if one else "mười" for one in range(10)]
    for ten in ones[2:]:
        tens += [f"{ten} mươi {last.get(one, ones[one])}" if one else f"{ten} mươi" for one in range(10)]
    hundreds = [*ones, *tens]
    for hundred in ones[1:]:
        hundreds += [f"{hundred} trăm", *(f"{hundred} trăm linh {one}" for one in ones[1:])]
        hundreds += [f"{hundred} trăm {ten}" for ten in tens]
    assert [read_words(words) for words in hundreds] == list(range(1000))
    for thousand in range(1, 10):
        words = [f"{ones[thousand]} nghìn {hundred}" for hundred in hundreds[100:]]
        assert [read_words(written) for written in words] == list(range(thousand * 1000 + 100, thousand * 1000 + 1000))


def test_words_are_read_in_either_composition_and_case() -> None:
    assert read_words("BỐN MƯƠI TƯ") == read_words("bốn mươi tư") == 44
