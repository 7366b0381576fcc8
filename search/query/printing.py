"""A tree of what was typed back as text that parses to the very same tree.

>>> from search.query.parser import parse
>>> printed(parse("tieu_de:(dân HOẶC “vận khéo”) -xã nơi:Định Hóa"))
'(title:dân OR title:"vận khéo") -xã place:"Định Hóa"'
"""

from __future__ import annotations

from search.query.ast import And, DateRange, Everything, Fuzzy, Near, Node, Not, Or, Prefix, Value, Words
from search.query.lexing import OPERATORS


def printed(node: Node) -> str:
    """The query in its plainest form: English field names, OR in capitals, every name in quotes."""
    match node:
        case And(parts):
            return " ".join(_in_list(part, parentheses=isinstance(part, Or)) for part in parts)
        case Or(parts):
            return " OR ".join(_in_list(part, parentheses=False) for part in parts)
        case Not(part):
            return "-" + _in_list(part, parentheses=isinstance(part, (And, Or)))
        case Everything():
            return ""
        case Near():
            return _near(node)
        case Value(field, text):
            return f'{field}:"{text}"'
        case DateRange(first, last):
            return f"date:{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"
        case Words() | Prefix() | Fuzzy():
            return ("" if node.field == "text" else f"{node.field}:") + _bare(node)


def _in_list(node: Node, *, parentheses: bool) -> str:
    return f"({printed(node)})" if parentheses else printed(node)


def _bare(node: Words | Prefix | Fuzzy) -> str:
    match node:
        case Prefix(word):
            return f"{word}*"
        case Fuzzy(word, edits):
            return f"{word}~{edits}"
        case Words(words, field, is_literal):
            is_plain = len(words) == 1 and words[0] not in OPERATORS and words[0] != "NEAR" and field != "official"
            return ("=" if is_literal else "") + (words[0] if is_plain else f'"{" ".join(words)}"')


def _near(node: Near) -> str:
    """Single words as `"…"~5`, phrases with NEAR between them."""
    field = "" if node.field == "text" else f"{node.field}:"
    if all(len(part.words) == 1 and not part.is_literal for part in node.parts):
        return f'{field}"{" ".join(part.words[0] for part in node.parts)}"~{node.distance}'
    parts = f" NEAR/{node.distance} ".join(_bare(part) for part in node.parts)
    return f"{field}({parts})"
