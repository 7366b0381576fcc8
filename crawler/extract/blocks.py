"""A subtree as the blocks a reader sees: paragraphs, headings, captions, tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import Any, Literal

from archive.vietnamese import match_key
from crawler.extract.tree import clean

Kind = Literal["paragraph", "heading", "caption", "table", "image"]
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_CAPTION_NAME = re.compile(
    r"(?:^|[-_ ])(?:caption|figcaption|img-?cap|chu-?thich(?:-?anh)?|photo-?cap\w*|pcaption|wp-caption-text)"
    r"(?:$|[-_ ])|caption$",
    re.IGNORECASE,
)
# Beside a picture it is a caption, anywhere else it may be the lead.
_MAYBE_CAPTION_NAME = re.compile(r"(?:^|[-_ ])desc(?:$|[-_ ])", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
# A caption is a sentence or two; a centred paragraph longer than this is text.
_LONGEST_CAPTION = 320
_IMAGE_TABLE_CHARACTERS = 700
_TEXT_AROUND_CAPTION = 5  # times its own
_LINK_LEVELS = 3  # a card's title stands right inside its link
_BOX_LEVELS, _MOST_IN_BOX = 4, 8  # levels above picture and text, elements


@dataclass(frozen=True)
class Block:
    """One block: its text and what its markup says of it."""

    text: str
    kind: Kind
    element: Any
    link_share: float = 0.0  # of its characters
    is_right: bool = False
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False

    @cached_property
    def key(self) -> str:
        """The text as it is compared."""
        return match_key(self.text)


@dataclass
class _Run:
    """Text that gathers until a block ends."""

    parts: list[str]
    linked: int = 0
    bold: int = 0
    italic: int = 0


def blocks(root: Any) -> list[Block]:
    """The blocks of a subtree in order; captions told from paragraphs by markup and place."""
    return _with_captions(_Walk(root).blocks())


class _Walk:
    """Depth first without recursion, since pages may be nested deeply; text gathers in a run until a block ends."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._owner = root
        self._run = _Run([])
        self._found: list[Block] = []

    def blocks(self) -> list[Block]:
        """Every block in order, pictures among them."""
        stack: list[tuple[Any, bool]] = [(self._root, True)]
        while stack:
            element, is_start = stack.pop()
            if not is_start:
                self._leave(element)
            elif element.tag == "table" and (table := self._table(element)):
                self._end_run()
                self._found.append(table)
                self._run.parts.append(element.tail or "")
            else:
                self._enter(element)
                stack.append((element, False))
                if len(element):
                    stack.extend([(child, True) for child in reversed(element)])
        self._end_run()
        return self._found

    def _table(self, element: Any) -> Block | None:
        return data_table(element) if element is not self._root else None

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end_run()
            self._owner = element
        elif tag == "img":
            self._end_run()
            self._found.append(Block("", "image", element))
        elif tag == "br":
            if _breaks_paragraph(element):
                self._end_run()
            else:
                self._run.parts.append(" ")
        if text := element.text:
            _add(self._run, text, element)

    def _leave(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._end_run()
            parent = element.getparent()
            self._owner = parent if element is not self._root and parent is not None else self._root
        if (tail := element.tail) and element is not self._root:
            _add(self._run, tail, element.getparent())

    def _end_run(self) -> None:
        run = self._run
        if run.parts:
            self._run = _Run([])
            if block := _flush(run, self._owner):
                self._found.append(block)


def _breaks_paragraph(element: Any) -> bool:
    """A break parts paragraphs, but not a heading's lines."""
    return not any(ancestor.tag in _HEADINGS for ancestor in element.iterancestors())


def _add(run: _Run, text: str, inside: Any) -> None:
    run.parts.append(text)
    if text.isspace():
        return
    size = len(text.strip())
    node = inside
    for _ in range(6):
        if node is None or node.tag in _BLOCKS:
            break
        if node.tag == "a":
            run.linked += size
        elif node.tag in ("b", "strong"):
            run.bold += size
        elif node.tag in ("i", "em"):
            run.italic += size
        node = node.getparent()


def _flush(run: _Run, owner: Any) -> Block | None:
    text = clean("".join(run.parts))
    if not text:
        return None
    size = max(1, sum(len(part.strip()) for part in run.parts))
    if not run.linked and any(node.tag == "a" for node in islice(owner.iterancestors(), _LINK_LEVELS)):
        run.linked = size  # HTML5 lets a link hold blocks
    style = owner.get("style") or ""
    align = (owner.get("align") or "").lower()
    return Block(
        text=text,
        kind=_kind(owner),
        element=owner,
        link_share=run.linked / size,
        is_right=bool(style and _RIGHT.search(style)) or align == "right" or "text-right" in (owner.get("class") or ""),
        is_bold=run.bold / size > 0.8,
        is_italic=run.italic / size > 0.8,
        is_centred=bool(style and _CENTER.search(style)) or align == "center" or owner.tag == "center",
    )


def _kind(owner: Any) -> Kind:
    if owner.tag in _HEADINGS:
        return "heading"
    node = owner
    for _ in range(3):
        if node is None:
            break
        name = node.get("class")
        if node.tag == "figcaption":
            return "caption"
        if name and (claim := _names_caption(name)) and (claim == "surely" or _holds_picture(node)):
            return "caption"
        node = node.getparent()
    return "paragraph"


@lru_cache(maxsize=4096)  # the same classes come again and again
def _names_caption(name: str) -> Literal["surely", "maybe"] | None:
    """Whether a class is one of captions."""
    if _CAPTION_NAME.search(name):
        return "surely"
    return "maybe" if _MAYBE_CAPTION_NAME.search(name) else None


def _holds_picture(element: Any) -> bool:
    """Whether the table or figure around an element has a picture."""
    around = next(element.iterancestors("table", "figure"), None)
    return around is not None and next(around.iter("img"), None) is not None


def data_table(table: Any) -> Block | None:
    """A table of data as one block: rows on lines, cells joined by ` | `. Layout and image tables are None."""
    rows = [[clean(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or max(map(len, rows)) < 2 or table.xpath("boolean(.//img|.//table|.//form|.//ul)"):
        return None
    cells = [cell for row in rows for cell in row]
    if max(map(len, cells)) > 160 or sum(map(len, cells)) / len(cells) > 60:
        return None
    linked = sum(len(anchor.text_content()) for anchor in table.iter("a"))
    text = "\n".join(" | ".join(row) for row in rows)
    return Block(text, "table", table, link_share=linked / max(1, len(text)))


def _with_captions(found: list[Block]) -> list[Block]:
    """What stands right under an image, short and centred, slanted or in its table, is its caption."""
    result: list[Block] = []
    size_of = cache(lambda element: len(element.text_content()))
    for number, block in enumerate(found):
        previous = found[number - 1] if number else None
        is_under = previous is not None and (previous.kind == "image" or result[-1].kind == "caption")
        if block.kind == "paragraph" and is_under and previous and _reads_as_caption(block, previous, size_of):
            block = replace(block, kind="caption")  # noqa: PLW2901
        result.append(block)
    return [block for block in result if block.kind != "image"]


def _reads_as_caption(block: Block, previous: Block, size_of: Callable[[Any], int]) -> bool:
    if len(block.text) > _LONGEST_CAPTION:
        return False
    if previous.kind == "caption":
        return block.element is previous.element
    if _fills_box_with(block, previous, size_of) or _is_wrapped_as_caption(block):
        return True
    in_image_table = block.element.tag in ("td", "th") or _inside(block.element, "td")
    if block.is_centred or (block.is_italic and not block.is_right) or block.element.tag == "figure":
        return True
    table = _table_of(block.element) if in_image_table else None
    return table is not None and table is _table_of(previous.element) and size_of(table) < _IMAGE_TABLE_CHARACTERS


def _is_wrapped_as_caption(block: Block) -> bool:
    """Whether all of a block stands in an inline element named as captions are."""
    inside = islice(block.element.iter("span", "em", "i", "small", "font"), _MOST_IN_BOX)
    return any(
        _names_caption(node.get("class") or "") == "surely" and clean(node.text_content()) == block.text
        for node in inside
    )


def _fills_box_with(block: Block, image: Block, size_of: Callable[[Any], int]) -> bool:
    """Whether a short text and the picture above it are all there is in a box of a larger text."""
    near = list(islice(block.element.iterancestors(), _BOX_LEVELS))
    box = next((node for node in islice(image.element.iterancestors(), _BOX_LEVELS) if node in near), None)
    around = None if box is None else box.getparent()
    if box is None or around is None or len(list(islice(box.iter(), _MOST_IN_BOX + 1))) > _MOST_IN_BOX:
        return False
    return clean(box.text_content()) == block.text and size_of(around) >= _TEXT_AROUND_CAPTION * len(block.text)


def _inside(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)
