"""What a figure counts: the words behind its unit, up to the word with which the sentence goes on.

>>> body = "300 m2 đất để mở đường; 91 mô hình lĩnh vực kinh tế; 30 hộ hiến đất; 15 cá nhân được khen"
>>> units = [("m2", False), ("mô hình", True), ("hộ", True), ("cá nhân", True)]
>>> [counted_thing(body, body, body.index(unit) + len(unit), is_thing) for unit, is_thing in units]
['đất', 'lĩnh vực kinh tế', 'hiến đất', None]
"""

from __future__ import annotations

import re

from archive.vietnamese import CAPITALS

# Longer than six words is no name of a thing any more.
_MOST_WORDS = 6
# Words that only join: with them the sentence goes on.
_JOINING = (
    "cho và để của với được là tại ở trong từ do về đã đang sẽ có gồm theo vào trên nên thì mà khi này đó kia đến tới qua ra lên xuống"
    " bằng như hay hoặc nhưng vì nếu so cùng còn không chưa các những mỗi một hơn gần khoảng trước sau bị đều vẫn cũng lại rồi nữa đây"
    " ấy nay vừa mới cả nhằm ngoài dưới giữa hiện trừ nào trở ai đạt chiếm tăng giảm thuộc phải cần nhờ nhất thường ngay ngày"
    " tháng năm lúc hôm ven dọc quanh cạnh cách chỉ đi dài rộng từng lần gắn"
)
FUNCTION_WORDS = frozenset(_JOINING.split())
_DOING = (
    "hiến tặng trao giúp góp đóng xây làm mở nhận hỗ ủng đăng tham thực tuyên hoàn xóa thoát vay trồng nuôi bán mua lắp sửa dọn kéo lập"
    " phối ký trả khen hưởng nộp gửi dựng đào đắp chuyển chăm nâng xin dành kể nói hỏi dạy viết đọc chặt phá tháo dỡ dời bỏ giao ăn"
    " mọc truyền phân dự"
)
_VERBS = frozenset(_DOING.split())
# Verbs whose first syllable also begins names of things.
_LONGER_VERBS = re.compile(
    r"(?:vận động|bàn (?:giao|bạc)|đầu tư|duy tu|sinh sống|học (?:tập|nghề)|chi trả|thu (?:hút|gom)|di (?:dời|chuyển)|biểu dương"
    r"|tôn (?:vinh|tạo)|giải (?:quyết|phóng|ngân)|phát (?:triển|hiện|động|huy|biểu)|tiếp (?:nhận|tục|cận|thu|xúc)|tổ chức|triển khai"
    r"|tự (?:nguyện|giác|tháo|phá|bỏ|dời)|trị giá|buôn bán|thành lập)(?!\w)"
)
_FIRST_SYLLABLES = frozenset(
    ["vận", "bàn", "đầu", "duy", "sinh", "học", "chi", "thu", "di", "biểu", "tôn", "giải", "phát", "tiếp", "tổ", "triển", "tự",
     "trị", "buôn", "thành"]
)  # fmt: skip
# Things whose names begin like what someone does.
_NAMES_LIKE_VERBS = re.compile(
    r"(?:dự (?:án|toán|thảo|phòng)|phân (?:bón|chuồng|khu|xưởng)|giao (?:thông|lưu|tiếp|dịch)|truyền (?:thống|thanh|hình|thông)"
    r"|hoàn cảnh|tham nhũng|nhận thức)(?!\w)"
)
# Words that only end like one of the others.
_PAIRS = frozenset(
    ["trật tự", "thực hiện", "phát hiện", "thể hiện", "lấn chiếm", "cải cách", "bình thường", "thống nhất", "hàng không", "giá cả",
     "công bằng", "chăn nuôi", "độc lập", "ảnh hưởng", "cây ăn", "mở rộng", "đường dài"]
)  # fmt: skip
_LEVEL_AND_NAME = re.compile(rf"(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố)\s[{CAPITALS}]")
_LEVELS = frozenset(["xã", "phường", "thị", "huyện", "quận", "tỉnh", "thành"])
_NEXT = re.compile(r"(?:[^\S\n]|\s[-–]\s)([^\W_]+(?:['’-][^\W_]+)*)")
_QUOTED = re.compile(r",?\s?[“\"]([^”\"\n]{2,60})[”\"]")


def counted_thing(text: str, key: str, end: int, is_thing: bool) -> str | None:
    """The words right behind a unit that say what it counts, as printed; None where the sentence just goes on.

    Of people and things (`is_thing`) that do something, it is what they do.
    """
    position, count, verbs, previous = end, 0, 0, ""
    while count < _MOST_WORDS and (found := _NEXT.match(key, position)):
        word, start = found[1], found.start(1)
        if does := is_verb(key, start, word):
            # A second verb right behind the first is one with it: "xây dựng".
            does = f"{previous} {word}" not in _PAIRS
            if does and (count > verbs or not is_thing):
                break
        elif _goes_on(text, start, word) and f"{previous} {word}" not in _PAIRS:
            break
        verbs += does
        position, count, previous = found.end(), count + 1, word
    if count > verbs:
        return text[end:position].lstrip(" -–")
    quoted = _QUOTED.match(text, end)
    return quoted[1].strip() if quoted else None


def _goes_on(text: str, start: int, word: str) -> bool:
    """Whether the sentence goes on with a word, or a place is named."""
    if word in FUNCTION_WORDS or word.isdigit():
        return True
    return word in _LEVELS and _LEVEL_AND_NAME.match(text, start) is not None


def is_verb(key: str, start: int, word: str) -> bool:
    """Whether a word that begins here tells what someone does."""
    if word in _VERBS:
        return not _NAMES_LIKE_VERBS.match(key, start)
    return word in _FIRST_SYLLABLES and _LONGER_VERBS.match(key, start) is not None
