"""From a file's bytes to its text: pure, and for every kind of file an answer."""

from __future__ import annotations

from archive.attachments.records import AttachmentText
from crawler.attachments.docx import read_docx
from crawler.attachments.media import DOC, DOCX, HTML, PDF, media_type
from crawler.attachments.pdf import read_pdf

_READERS = {PDF: read_pdf, DOCX: read_docx}
_PROBLEMS = {HTML: "a web page stands where the file was", DOC: "no reader for Word files of 1997 to 2003"}


def read_attachment(body: bytes, declared: str | None) -> AttachmentText:
    """What a file says; files without text, as pictures are, have neither text nor problem."""
    kind = media_type(body, declared)
    if not body:
        return AttachmentText(media_type=kind, problem="empty: it has no bytes")
    if reader := _READERS.get(kind or ""):
        return reader(body)
    if (kind or "").startswith("image/"):
        return AttachmentText(media_type=kind)
    return AttachmentText(media_type=kind, problem=_PROBLEMS.get(kind or "", f"no reader for {kind or 'this file'}"))
