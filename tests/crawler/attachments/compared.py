"""PDFium beside pypdf on the PDF files of tests/data/attachments: words of the sentence read, and milliseconds a file.

python -m tests.crawler.attachments.compared   needs pypdf and cryptography (not ours)
"""

from __future__ import annotations

import io
import time
import unicodedata
from collections.abc import Callable

from crawler.attachments.pdf import read_pdf
from tests.crawler.attachments.make_files import FOLDER, SENTENCE

_ROUNDS = 20


def by_pypdf(body: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def by_pdfium(body: bytes) -> str:
    return read_pdf(body).text or ""


def main() -> None:
    """One line a file and reader."""
    readers: dict[str, Callable[[bytes], str]] = {"pdfium": by_pdfium, "pypdf": by_pypdf}
    for path in sorted(FOLDER.glob("*.pdf")):
        for name, read in readers.items():
            print(f"{path.name:<18}{name:<8}{_said(read, path.read_bytes())}")


def _said(read: Callable[[bytes], str], body: bytes) -> str:
    try:
        words = set(unicodedata.normalize("NFC", read(body)).split())
    except Exception as error:  # noqa: BLE001 (whatever the other library raises)
        return type(error).__name__
    began = time.perf_counter()
    for _ in range(_ROUNDS):
        read(body)
    milliseconds = 1000 * (time.perf_counter() - began) / _ROUNDS
    wanted = SENTENCE.split()
    return f"{sum(word in words for word in wanted):>3} of {len(wanted)} words {milliseconds:7.1f} ms"


if __name__ == "__main__":
    main()
