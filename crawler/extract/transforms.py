"""Named DOM steps a profile may ask for before its body is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import html

from crawler.extract.tree import drop

_CAPTION_CELLS = ".//td[contains(@class,'desc') or contains(@class,'cap')]"


def table_image_to_figure(root: Any) -> None:
    """`table.image > td > img` with a caption cell → `<figure>`; else the caption is read as a table row."""
    for table in root.xpath(".//table[.//img]"):
        cells = table.xpath(_CAPTION_CELLS)
        if not cells and len(table.text_content().strip()) > 400:
            continue
        figure = html.Element("figure")
        for image in table.iter("img"):
            figure.append(html.Element("img", src=image.get("src") or "", alt=image.get("alt") or ""))
        for cell in cells or [table]:
            if text := " ".join(cell.text_content().split()):
                caption = html.Element("figcaption")
                caption.text = text
                figure.append(caption)
        figure.tail = table.tail
        parent = table.getparent()
        if parent is not None:
            parent.replace(table, figure)


def strip_style(root: Any) -> None:
    """Style elements inside the body."""
    for element in root.xpath(".//style"):
        drop(element)


TRANSFORMS: dict[str, Callable[[Any], None]] = {
    "table_image_to_figure": table_image_to_figure,
    "strip_style": strip_style,
}
