"""What a file is, by its first bytes: servers call documents octet-stream, and error pages documents."""

from __future__ import annotations

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
HTML = "text/html"
_PDF_WITHIN = 1024  # readers accept bytes before the header up to here
_SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
_IN_ZIP = ((b"word/", DOCX), (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))


def media_type(body: bytes, declared: str | None) -> str | None:
    """The type of a file; as the server declared it where its bytes do not say.

    >>> media_type(b"%PDF-1.4 ...", "application/octet-stream"), media_type(b"<!DOCTYPE html>", "application/pdf")
    ('application/pdf', 'text/html')
    """
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return PDF
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    if body.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_compound_file(body)
    if body.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in _IN_ZIP if sign in body), "application/zip")
    for sign, kind in _SIGNS:
        if body.startswith(sign):
            return kind
    if body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return HTML
    return (declared or "").split(";")[0].strip().lower() or None


def _in_compound_file(body: bytes) -> str:
    """Word, Excel and PowerPoint of 1997 to 2003 share a container; the names of its streams tell them apart."""
    names = (
        ("WordDocument", DOC),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    )
    return next((kind for name, kind in names if name.encode("utf-16-le") in body), "application/x-ole-storage")
