"""A hostile portal on loopback: every address misbehaves in its own way, or is an honest article."""

from __future__ import annotations

import functools
import gzip
import socket
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import brotli

from tests.loopback import Loopback

HTML = "text/html; charset=utf-8"
_TITLE = "Dân vận khéo ở thôn Mẫu số {}"
_TEXT = (
    "Chi bộ thôn Mẫu vừa tổng kết mô hình Dân vận khéo trong vận động nhân dân hiến đất làm đường. Tổ dân vận đã đến "
    "từng nhà, nghe ý kiến từng hộ, bàn bạc công khai trước khi làm; nhờ vậy mọi việc đều được đồng thuận."
)


def honest(name: str) -> bytes:
    """An article that is one."""
    body = "".join(f"<p>{_TEXT} Đây là đoạn thứ {number} của bài {name}.</p>" for number in range(1, 5))
    title = _TITLE.format(name)
    return f'<html><head><title>{title}</title></head><body><h1>{title}</h1><div class="b">{body}</div></body></html>'.encode()


class Hostile(Loopback):
    """Runs while its context is open. `paths` adds answers to those of `ANSWERS`; `hits` keeps what was asked for."""

    def __init__(self, paths: dict[str, Callable[[Handler], None]] | None = None) -> None:
        self.hits: list[str] = []
        self.paths = ANSWERS | (paths or {})
        super().__init__(functools.partial(Handler, self))


class Handler(BaseHTTPRequestHandler):
    """Looks an address up in the server's answers; unknown `/tin/` addresses are honest articles."""

    protocol_version = "HTTP/1.1"

    def __init__(self, hostile: Hostile, *arguments: Any) -> None:
        self.hostile = hostile
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.hostile.hits.append(self.path)
        if answer := self.hostile.paths.get(self.path.split("?")[0]):
            answer(self)
        elif self.path.startswith("/tin/"):
            self.send(honest(self.path.rsplit("/", 1)[-1].removesuffix(".html")))
        elif self.path == "/robots.txt":
            self.send(b"User-agent: *\nAllow: /\n", "text/plain")
        else:
            self.send(b"", status=404)

    def send(self, body: bytes, kind: str = HTML, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def listing(*paths: str) -> Callable[[Handler], None]:
    """A list page that links some addresses."""
    links = "".join(f'<li><a href="{path}">{_TITLE.format(path)}</a></li>' for path in paths)
    return lambda handler: handler.send(f"<html><body><ul>{links}</ul></body></html>".encode())


def to(address: str, status: int = 302) -> Callable[[Handler], None]:
    """A redirect."""
    return lambda handler: handler.send(b"", status=status, Location=address)


def page(body: bytes, kind: str = HTML, **headers: str) -> Callable[[Handler], None]:
    """A page with a status of 200, whatever is in it."""
    return lambda handler: handler.send(body, kind, **headers)


@functools.cache
def zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, gzipped: a thousandth of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


@functools.cache
def _brotli_bomb() -> bytes:
    return brotli.compress(bytes(100 << 20), quality=5)


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", HTML)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")


def _drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", HTML)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"a")
        time.sleep(0.1)


def _hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def _no_http(handler: Handler) -> None:
    handler.wfile.write(b"\x00\xff" * 500 + b"\r\n\r\n")
    handler.close_connection = True


def _hop(number: int) -> Callable[[Handler], None]:
    return to(f"/tin/hop{number + 1}.html")


# Address → what is wrong with it; each must end as a named failure or a flagged page.
ANSWERS: dict[str, Callable[[Handler], None]] = {
    "/tin/gzip-bomb.html": lambda handler: handler.send(zeros(300), Content_Encoding="gzip"),
    "/tin/gzip-in-gzip.html": lambda handler: handler.send(gzip.compress(zeros(300)), Content_Encoding="gzip, gzip"),
    "/tin/brotli-bomb.html": lambda handler: handler.send(_brotli_bomb(), Content_Encoding="br"),
    "/tin/zstd.html": lambda handler: handler.send(b"\x28\xb5\x2f\xfd" + bytes(500), Content_Encoding="zstd"),
    "/tin/plain-as-gzip.html": lambda handler: handler.send(honest("plain-as-gzip"), Content_Encoding="gzip"),
    "/tin/endless.html": _endless,
    "/tin/drip.html": _drip,
    "/tin/short.html": lambda handler: handler.send(honest("short"), length=999_999),
    "/tin/hang-up.html": _hang_up,
    "/tin/no-http.html": _no_http,
    "/tin/loop.html": to("/tin/loop.html"),
    **{f"/tin/hop{number}.html": _hop(number) for number in range(20)},
    "/tin/to-loopback.html": to("http://127.0.0.1:1/x"),
    "/tin/to-metadata.html": to("http://169.254.169.254/latest/meta-data/"),
    "/tin/to-mapped.html": to("http://[::ffff:127.0.0.1]/x"),
    "/tin/to-hex.html": to("http://0x7f.1/x"),
    "/tin/to-file.html": to("file:///etc/passwd"),
    "/tin/to-data.html": to("data:text/html,<h1>x</h1>"),
    "/tin/to-script.html": to("javascript:alert(1)"),
    "/tin/to-nowhere.html": to("http://["),
    "/tin/nested.html": page(b"<div>" * 100_000 + _TEXT.encode()),
    "/tin/attributes.html": page(b"<div " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x</div>"),
    "/tin/one-node.html": page(f"<html><body><p>{'dân vận ' * 600_000}</p></body></html>".encode()),
    "/tin/utf99.html": page(bytes(range(128, 256)) * 40, "text/html; charset=utf-99"),
    "/tin/pdf.html": page(b"%PDF-1.4\n" + bytes(range(256)) * 200),
    "/tin/picture.html": page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200),
    "/tin/soft404.html": page("<html><body><h1>Không tìm thấy trang</h1></body></html>".encode()),
    "/tin/login.html": page('<html><body>Đăng nhập hệ thống <input type="password"></body></html>'.encode()),
    "/tin/script-only.html": page(b'<html><body><div id="app"></div><script src="/a.js"></script></body></html>'),
    "/tin/challenge.html": page(b"<html><head><title>Just a moment...</title></head><body>wait</body></html>"),
    "/tin/blank.html": page(b""),
    "/tin/403.html": lambda handler: handler.send(b"no", status=403),
    "/tin/418.html": lambda handler: handler.send(b"tea", status=418),
    "/tin/500.html": lambda handler: handler.send(b"oh", status=500),
    "/tin/999.html": lambda handler: handler.send(b"?", status=999),
}  # fmt: skip
# Broken, and yet they give the article that they are.
BROKEN_BUT_READ: dict[str, Callable[[Handler], None]] = {
    "/tin/windows-1258.html": page(honest("windows-1258"), "text/html; charset=windows-1258"),
}
