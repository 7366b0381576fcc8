"""What stands in a query, or after a field: words with their signs, names, dates. Pure: lexemes in, nodes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.authorities.lookup import TYPES
from archive.errors import QueryError
from archive.vietnamese import CAPITALS, fold, match_key
from search.analysis import query_tokens
from search.query.ast import DateRange, Fuzzy, Near, Node, Prefix, Value, WordField, Words, any_of
from search.query.dates import parse_dates
from search.query.fields import NAME_FIELDS, in_vietnamese
from search.query.lexing import Lexeme, wrong

# Further apart than a long sentence is nothing that "near" can mean.
MAX_DISTANCE = 100
# One letter begins a tenth of all words.
MIN_PREFIX = 2
MAX_EDITS = 2
# A word of a language is shorter; a pasted key or address is not looked up letter by letter.
MAX_WORD = 100
# As many words as a query may have.
MAX_PHRASE = 64
# "từ 1 tháng 1 năm 2023 đến hết 30 tháng 6 năm 2023" has thirteen.
_LONGEST_DATE = 14
_FUZZY = re.compile(r"(.*?)~(\d*)")
_CAPITAL = re.compile(f"[{CAPITALS}]")
_AROUND = ",;:!?…"
# What stands in front of a place's name in small letters: `nơi:huyện Định Hóa`.
_BEFORE_NAMES = frozenset(fold(word) for word in (*TYPES, "thôn", "bản", "xóm", "ấp", "làng", "buôn", "tổ dân phố"))
_LONGEST_TYPE = max(len(word.split()) for word in _BEFORE_NAMES)


def word_node(query: str, lexeme: Lexeme, field: WordField) -> Node:
    """A word and its signs: `vận*`, `vận~2`; one of several tokens (25-NQ/TW, KT-XH) is a phrase of them."""
    text = lexeme.text
    if "*" in text:
        return _prefix(query, lexeme, field)
    if fuzzy := _FUZZY.fullmatch(text):
        return _fuzzy(query, lexeme, field, fuzzy)
    return _words(query, lexeme, text, field)


def phrase_node(query: str, lexeme: Lexeme, field: WordField) -> Node:
    """A quoted phrase; with `~5` its words near each other in any order."""
    found = _words(query, lexeme, lexeme.text, field)
    if lexeme.number is None:
        return found
    if lexeme.number > MAX_DISTANCE:
        raise too_far(query, lexeme)
    if len(found.words) == 1:
        raise wrong(
            query, lexeme, "~ after quotes says how near its words are; one word alone has it without: vận~1",
            "~ sau ngoặc kép cho biết các từ gần nhau đến đâu; chỉ một từ thì bỏ ngoặc kép: vận~1",
        )  # fmt: skip
    return Near(tuple(Words((word,), field) for word in found.words), lexeme.number)


def value_node(query: str, field: Lexeme, following: Sequence[Lexeme]) -> tuple[Node, int]:
    """The value or values of a field, and how many lexemes they take.

    A name without quotes takes the capitalised words that follow, after a type word or none: `tỉnh:Bắc Giang`,
    `nơi:huyện Định Hóa`. Parentheses hold one value, or several with OR between them.
    """
    first = following[0]
    if first.kind == "(":
        return _alternatives(query, field, following)
    if first.kind == "literal":
        raise wrong(
            query, first, "= stands before words of a text; leave it out here",
            "= chỉ đứng trước từ cần tìm trong bài; ở đây bỏ đi",
        )  # fmt: skip
    used = _name_length(following) if first.kind == "word" and field.text in NAME_FIELDS else 1
    return _value(query, field, following[:used]), used


def _name_length(following: Sequence[Lexeme]) -> int:
    """How many lexemes a name without quotes takes: type words, and the capitalised words after them."""
    words = _leading_words(following)
    used = typed = _type_length(words)
    while used < len(words) and _CAPITAL.match(words[used].text):
        if used and words[used - 1].text.endswith(tuple(_AROUND)):
            break
        used += 1
    return used if used > typed else 1


def _type_length(words: Sequence[Lexeme]) -> int:
    """How many of the first words are the type of a place, in small letters."""
    for count in range(min(_LONGEST_TYPE, len(words)), 0, -1):
        if fold(match_key(" ".join(word.text for word in words[:count]))) in _BEFORE_NAMES:
            return count if not _CAPITAL.match(words[0].text) else 0
    return 0


def date_value(query: str, following: Sequence[Lexeme]) -> tuple[DateRange, int]:
    """The date after a date field and how many lexemes it takes: the most that make one."""
    first = following[0]
    if first.kind == "(":
        inside = _until_closed(query, first, following)
        text = " ".join(lexeme.text for lexeme in inside)
        return _date(query, first, text), len(inside) + 2
    if first.kind in ("phrase", "span"):
        return _date(query, first, first.text), 1
    words = _leading_words(following[:_LONGEST_DATE])
    for count in range(len(words), 1, -1):
        try:
            return parse_dates(" ".join(lexeme.text for lexeme in words[:count]).rstrip(_AROUND)), count
        except QueryError:
            continue
    return _date(query, first, first.text.rstrip(_AROUND)), 1


def _leading_words(found: Sequence[Lexeme]) -> list[Lexeme]:
    words: list[Lexeme] = []
    for lexeme in found:
        if lexeme.kind != "word":
            break
        words.append(lexeme)
    return words


def _date(query: str, at: Lexeme, text: str) -> DateRange:
    try:
        return parse_dates(text)
    except QueryError as error:
        raise error.at(query, at.start, at.end) from error


def _alternatives(query: str, field: Lexeme, following: Sequence[Lexeme]) -> tuple[Node, int]:
    inside = _until_closed(query, following[0], following)
    groups: list[list[Lexeme]] = [[]]
    for lexeme in inside:
        if lexeme.kind == "or":
            groups.append([])
        elif lexeme.kind in ("word", "phrase"):
            groups[-1].append(lexeme)
        else:
            raise wrong(
                query, lexeme, f"only words and OR may stand in the parentheses of {field.text}:",
                f"trong ngoặc đơn của {in_vietnamese(field.text)}: chỉ được viết từ và HOẶC",
            )  # fmt: skip
    if not all(groups):
        en, vi = f"write {field.text}:(… OR …)", f"viết {in_vietnamese(field.text)}:(… HOẶC …)"
        raise wrong(query, following[0], f"nothing after it; {en}", f"chưa có giá trị; {vi}")
    return any_of(_value(query, field, group) for group in groups), len(inside) + 2


def _until_closed(query: str, opening: Lexeme, following: Sequence[Lexeme]) -> list[Lexeme]:
    """The lexemes inside a parenthesis that holds no other."""
    for count, lexeme in enumerate(following):
        if lexeme.kind == ")":
            return list(following[1:count])
    raise never_closed(query, opening)


def never_closed(query: str, opening: Lexeme) -> QueryError:
    """The error for a parenthesis without an end."""
    en = "this parenthesis is never closed; put a ) where it ends"
    return wrong(query, opening, en, "dấu ( này chưa đóng; thêm ) vào chỗ kết thúc")


def nothing_after(query: str, at: Lexeme, field: Lexeme) -> QueryError:
    """The error for a field without a value."""
    return wrong(
        query, at, f"nothing after it; write {field.text}:… or leave it out",
        f"chưa có giá trị; viết {in_vietnamese(field.text)}:… hoặc bỏ đi",
    )  # fmt: skip


def too_far(query: str, at: Lexeme) -> QueryError:
    """The error for a distance that is not near."""
    return wrong(
        query, at, f"a distance is at most {MAX_DISTANCE}; use AND for words further apart",
        f"khoảng cách nhiều nhất là {MAX_DISTANCE}; từ ở xa nhau hơn thì nối bằng VÀ",
    )  # fmt: skip


def _value(query: str, field: Lexeme, found: Sequence[Lexeme]) -> Node:
    whole = Lexeme(kind="word", text=" ".join(one.text for one in found), start=found[0].start, end=found[-1].end)
    text = " ".join(whole.text.split()).strip(_AROUND + " ")
    if "*" in text:
        raise wrong(
            query, whole, f"{field.text}: takes no *; write the whole name, or part of it in title: or text",
            f"{in_vietnamese(field.text)}: không nhận *; viết cả tên, hoặc tìm một phần trong tiêu đề: hay trong bài",
        )  # fmt: skip
    if not query_tokens(text):
        raise nothing_after(query, whole, field)
    if field.text == "official":
        return _words(query, whole, text, "official")
    return Value(field.text, text)  # type: ignore[arg-type]  # the remaining fields are ValueField's


def _words(query: str, lexeme: Lexeme, text: str, field: WordField) -> Words:
    words = tuple(text[token.start : token.end] for token in query_tokens(text))
    if not words:
        en = "there is no word in it; put one in or remove it"
        raise wrong(query, lexeme, en, "ở đây không có từ nào; thêm một từ hoặc bỏ đi")
    if len(words) > MAX_PHRASE or any(len(word) > MAX_WORD for word in words):
        raise wrong(
            query, lexeme, f"a phrase has at most {MAX_PHRASE} words of {MAX_WORD} letters; shorten it",
            f"cụm từ có nhiều nhất {MAX_PHRASE} từ, mỗi từ {MAX_WORD} chữ cái; rút ngắn lại",
        )  # fmt: skip
    return Words(words, field)


def _prefix(query: str, lexeme: Lexeme, field: WordField) -> Node:
    text = lexeme.text.strip(_AROUND + ".")
    if not any(character.isalnum() for character in text):
        en = "* alone means nothing; leave the query empty for all articles"
        raise wrong(query, lexeme, en, "* đứng một mình không có nghĩa; để trống câu hỏi để xem mọi bài")
    if text.startswith("*"):
        en = "* stands at the end of a word: vận*; words that end so are not looked for"
        raise wrong(query, lexeme, en, "* đứng ở cuối từ: vận*; không tìm được theo phần cuối của từ")
    words = _words(query, lexeme, text, field).words
    if text.index("*") != len(text) - 1 or len(words) > 1:
        raise wrong(query, lexeme, "* stands at the end of one word: vận*", "* chỉ đứng ở cuối một từ: vận*")
    if len(words[0]) < MIN_PREFIX:
        en = f"too many words begin so; write at least {MIN_PREFIX} letters before *"
        raise wrong(query, lexeme, en, f"quá nhiều từ bắt đầu như vậy; viết ít nhất {MIN_PREFIX} chữ cái trước *")
    return Prefix(words[0], field)


def _fuzzy(query: str, lexeme: Lexeme, field: WordField, found: re.Match[str]) -> Node:
    edits = int(found[2][:4] or 1)
    words = _words(query, lexeme, found[1], field).words
    if len(words) > 1:
        en = '~ stands after one word: vận~1; after quotes it says how near: "dân vận"~5'
        vi = '~ đứng sau một từ: vận~1; sau ngoặc kép thì cho biết các từ gần nhau đến đâu: "dân vận"~5'
        raise wrong(query, lexeme, en, vi)
    if not 1 <= edits <= MAX_EDITS:
        en = f"~{edits}: a word may differ by 1 or {MAX_EDITS} letters"
        raise wrong(query, lexeme, en, f"~{edits}: một từ chỉ được khác 1 hoặc {MAX_EDITS} chữ cái")
    if len(words[0]) <= edits:
        en = f"~{edits} on a word of {len(words[0])} letters is any word; write a longer one"
        vi = f"~{edits} với từ {len(words[0])} chữ cái thì từ nào cũng hợp; viết một từ dài hơn"
        raise wrong(query, lexeme, en, vi)
    return Fuzzy(words[0], edits, field)
