"""Bytes to text: PDF and Word files, and for every other file a problem in words."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile

import pytest

from crawler.attachments import docx
from crawler.attachments.media import media_type
from crawler.attachments.paragraphs import paragraphs
from crawler.attachments.reading import read_attachment
from tests.crawler.attachments.make_files import SENTENCE
from tests.end_to_end.attaching_site import FILES, PNG
from tests.end_to_end.attaching_site import docx as word_file


def pdf(name: str) -> bytes:
    return (FILES / name).read_bytes()


@pytest.mark.parametrize("name", ["plan.pdf", "owner.pdf", "nfd.pdf", "plan-changed.pdf"])
def test_vietnamese_pdf_reads_as_it_was_written(name: str) -> None:
    read = read_attachment(pdf(name), "application/pdf")
    assert read.text is not None
    assert SENTENCE in read.text
    assert unicodedata.is_normalized("NFC", read.text)
    assert (read.pages, read.method, read.problem) == (1, "pdfium", None)


def test_paragraphs_columns_and_rows_of_a_pdf_stay_apart() -> None:
    text = read_attachment(pdf("plan.pdf"), None).text or ""
    parts = text.split("\n\n")
    assert parts[0] == "KẾ HOẠCH thực hiện phong trào thi đua “Dân vận khéo” năm 2024"
    assert "Phú Đình 1.759" in parts
    assert "Cột thứ nhất nói về nước sạch và đường bê tông liên xóm, do nhân dân hiến đất mở rộng." in parts


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (pdf("scan.pdf"), "no text layer: its pages are pictures"),
        (pdf("locked.pdf"), "locked by a password"),
        (pdf("plan.pdf")[:12_000], "damaged: no reader can open it"),
        (b"%PDF-1.4 %%EOF", "damaged: no reader can open it"),
        (b"", "empty: it has no bytes"),
        (b"<!DOCTYPE html><p>404", "a web page stands where the file was"),
        (word_file("x")[:-30], "damaged: no reader can open it"),
        (word_file(), "no text in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "no reader for Word files of 1997 to 2003"),
        (b"{\\rtf1}", "no reader for application/rtf"),
        (b"la gi", "no reader for this file"),
    ],
    ids=range(11),
)  # fmt: skip
def test_file_without_text_says_why(body: bytes, problem: str) -> None:
    read = read_attachment(body, None)
    assert (read.text, read.problem) == (None, problem)


def test_picture_has_neither_text_nor_problem() -> None:
    read = read_attachment(PNG, "application/octet-stream")
    assert (read.media_type, read.text, read.problem) == ("image/png", None, None)


def test_word_file_reads_paragraphs_tables_breaks_and_no_deleted_text() -> None:
    more = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Phú Đình</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>Dòng một</w:t><w:br/><w:t>dòng</w:t><w:tab/><w:t>hai</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del></w:p>"
    )
    read = read_attachment(word_file("KẾ HOẠCH", more=more), None)
    assert read.text == "KẾ HOẠCH\n\nPhú Đình\n\nDòng một\ndòng hai"
    decomposed = read_attachment(word_file(unicodedata.normalize("NFD", SENTENCE)), None)
    assert decomposed.text == SENTENCE


def test_zip_bomb_is_refused_whatever_its_directory_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_UNPACKED", 10_000)
    bomb = bytearray(word_file("0" * 5_000_000))
    assert len(bomb) < 10_000
    at = bomb.index(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 300)  # the size that the directory declares
    for file in (bytes(bomb), word_file("0" * 5_000_000)):
        read = read_attachment(file, None)
        assert read.text is None
        assert read.problem is not None


def test_entities_of_a_word_file_are_not_resolved() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                      '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                      "<w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:document>")  # fmt: skip
    assert "root" not in (read_attachment(out.getvalue(), None).text or "")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        (["", "  "], []),
        (["Một dòng ngắn.", "Dòng khác."], ["Một dòng ngắn.", "Dòng khác."]),
        (["a" * 80 + " xây", "dựng mô hình"], ["a" * 80 + " xây dựng mô hình"]),
        (["x" * 80, "1. Mục đích"], ["x" * 80, "1. Mục đích"]),
        (["x" * 80, "- Huyện Định Hóa"], ["x" * 80, "- Huyện Định Hóa"]),
    ],
)
def test_lines_become_paragraphs(lines: list[str], expected: list[str]) -> None:
    assert paragraphs(lines) == expected


def test_bytes_outweigh_what_the_server_says() -> None:
    assert media_type(word_file("x"), "application/zip").endswith("wordprocessingml.document")  # type: ignore[union-attr]
    assert media_type(b"PK\x03\x04", None) == "application/zip"
    assert media_type(b"abc", "Text/Plain; charset=utf-8") == "text/plain"
    assert media_type(b"abc", None) is None
