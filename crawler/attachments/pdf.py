"""The text of a PDF file, by PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2

from archive.attachments.records import AttachmentText
from archive.vietnamese import canonical
from crawler.attachments.limits import MAX_CHARACTERS, MAX_PAGES
from crawler.attachments.media import PDF
from crawler.attachments.paragraphs import paragraphs

_METHOD = "pdfium"


def read_pdf(body: bytes) -> AttachmentText:
    """Page by page; what cannot be opened, or has no text in it, has a problem in words."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        problem = "locked by a password" if locked else "damaged: no reader can open it"
        return AttachmentText(media_type=PDF, method=_METHOD, problem=problem)
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: Any) -> AttachmentText:
    count, problems = len(document), []
    found: list[str] = []
    size = 0
    for number, text in enumerate(_pages(document, min(count, MAX_PAGES)), start=1):
        if text is None:
            problems.append(f"page {number} is damaged")
            continue
        found += paragraphs(text.splitlines())
        size += len(text)
        if size > MAX_CHARACTERS:
            problems.append(f"cut behind page {number} of {count}")
            break
    if count > MAX_PAGES:
        problems.append(f"only {MAX_PAGES:,} of {count:,} pages read")
    whole = canonical("\n\n".join(found))[:MAX_CHARACTERS]
    if not whole:
        problems.append("no text layer: its pages are pictures")
    problem = "; ".join(problems[:3]) or None
    return AttachmentText(media_type=PDF, text=whole or None, pages=count, method=_METHOD, problem=problem)


def _pages(document: Any, count: int) -> Iterator[str | None]:
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            yield None
            continue
        text_page = page.get_textpage()
        # PDFium marks a hyphen at a line's end by U+FFFE, and what a font gives no letter for by NUL.
        yield text_page.get_text_bounded().replace("\ufffe", "-").replace("\x00", "")
        text_page.close()
        page.close()
