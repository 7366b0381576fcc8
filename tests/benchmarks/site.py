"""A local site of many articles: one gold page of the bbg family with its title and text varied by number.

python -m tests.benchmarks.site PAGES   prints its port, serves until killed
"""

from __future__ import annotations

import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "data" / "pages" / "d10.html"
LINKS_A_LIST = 100
_WORDS = ("xã", "bản", "tổ", "hộ", "dân", "đường", "đất", "cầu", "nước", "vườn", "ruộng", "rừng", "núi", "chợ")


def article(number: int) -> bytes:
    """The page of one article; no two have the same text."""
    text = PAGE.read_text(encoding="utf-8")
    title = f"Chuyện số {number} ở Vân Sơn"
    text = re.sub(r"Những “ngày thứ năm gần dân” ở Vân Sơn", title, text)
    varied = " ".join(_WORDS[(number * 7 + k * (number % 11 + 1)) % len(_WORDS)] for k in range(12))
    return text.replace('<p class="content_text">', f'<p class="content_text">Việc {number}, {varied}. ', 3).encode()


def listing(number: int, pages: int) -> bytes:
    first = number * LINKS_A_LIST
    links = "".join(
        f'<a class="font-tin-doc" href="/bg2/xa-hoi/chuyen-so-{n}-postid{500000 + n}.bbg">Chuyện số {n}</a>'
        for n in range(first, min(first + LINKS_A_LIST, pages))
    )
    return f"<html><body><div>{links}</div></body></html>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers lists and articles; everything else is 404."""

    protocol_version = "HTTP/1.1"
    pages = 1000

    def do_GET(self) -> None:
        found = re.search(r"-postid(\d+)\.bbg", self.path)
        page = re.fullmatch(r"/bg2/xa-hoi(?:\?page=(\d+))?", self.path)
        body, status = b"", 404
        if found:
            body, status = article(int(found[1]) - 500000), 200
        elif page and (int(page[1] or 1) - 1) * LINKS_A_LIST < self.pages:
            body, status = listing(int(page[1] or 1) - 1, self.pages), 200
        elif self.path == "/robots.txt":
            body, status = b"User-agent: *\nAllow: /\n", 200
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def main() -> None:
    Handler.pages = int(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
