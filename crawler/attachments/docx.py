"""The text of a Word file since 2007: a zip of XML parts, of which one holds the text."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from archive.attachments.records import AttachmentText
from archive.vietnamese import canonical
from crawler.attachments.limits import MAX_CHARACTERS, MAX_UNPACKED
from crawler.attachments.media import DOCX

_METHOD = "docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PART = "word/document.xml"


def read_docx(body: bytes) -> AttachmentText:
    """Paragraphs in their order, those of tables too; nothing that a zip bomb would unpack."""
    try:
        text = canonical("\n\n".join(_paragraphs(_tree(body))))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, etree.XMLSyntaxError, ValueError):
        return AttachmentText(media_type=DOCX, method=_METHOD, problem="damaged: no reader can open it")
    except RuntimeError as error:  # zipfile's word for an encrypted member, and for a compression it does not know
        is_locked = "encrypted" in str(error)
        said = "locked by a password" if is_locked else "damaged: no reader can open it"
        return AttachmentText(media_type=DOCX, method=_METHOD, problem=said)
    except OverflowError as error:
        return AttachmentText(media_type=DOCX, method=_METHOD, problem=str(error))
    problem = None if text else "no text in it"
    if len(text) > MAX_CHARACTERS:
        problem = f"cut behind {MAX_CHARACTERS:,} of {len(text):,} characters"
    return AttachmentText(media_type=DOCX, text=text[:MAX_CHARACTERS] or None, method=_METHOD, problem=problem)


def _tree(body: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(body)) as file, file.open(_PART) as part:
        unpacked = part.read(MAX_UNPACKED + 1)  # what the zip's directory says of sizes proves nothing
    if len(unpacked) > MAX_UNPACKED:
        raise OverflowError(f"its text unpacks to more than {MAX_UNPACKED >> 20} MiB")
    return etree.fromstring(unpacked, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _paragraphs(tree: Any) -> list[str]:
    """The text of each w:p that holds no other; what a revision deleted is not in it."""
    found = []
    for space in (_W, _STRICT):
        for paragraph in tree.iter(f"{space}p"):
            text = "".join(_pieces(paragraph, space))
            if text.strip():
                found.append("\n".join(" ".join(line.split()) for line in text.split("\n")).strip())
    return found


def _pieces(paragraph: Any, space: str) -> list[str]:
    """Text, tabs and breaks of a paragraph, without those of text boxes in it, which are paragraphs of their own."""
    marks = {f"{space}tab": "\t", f"{space}br": "\n", f"{space}cr": "\n", f"{space}noBreakHyphen": "-"}
    inner = {id(node) for one in paragraph.iter(f"{space}p") if one is not paragraph for node in one.iter()}
    return [
        (node.text or "") if node.tag == f"{space}t" else marks.get(node.tag, "")
        for node in paragraph.iter()
        if id(node) not in inner
    ]
