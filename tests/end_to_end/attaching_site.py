"""A portal whose articles attach documents and pictures, and a host of files beside it; what was asked for is kept."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.loopback import Loopback

FILES = Path(__file__).parents[1] / "data" / "attachments"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
BODY = (
    "<p>Sáng nay, huyện Định Hóa sơ kết phong trào thi đua dân vận khéo, biểu dương mười hai mô hình ở các xã vùng cao, "
    "nơi bà con góp công làm đường, giữ rừng và giúp nhau thoát nghèo.</p>"
    "<p>Tại hội nghị, các tổ dân vận kể lại cách làm của mình: đến từng nhà, nghe từng ý, và nói đi đôi với làm, để việc "
    "chung của xóm trở thành việc của mọi người.</p>"
)
PROFILE = """key = "kem-tep"
name = "Cổng có tệp đính kèm"
kind = "district_gov"
family = "generic"
scheme = "http"
hosts = ["{host}"]
province = "Thái Nguyên"
status = "demo"
scope = "all"
revisits = ["0h"]
evidence = "tests"
confidence = "own"

[articles]
patterns = ['^/tin/[\\w-]+\\.html$']

[[discover]]
kind = "list"
urls = ["/tin/"]

[[fields.body]]
css = ".content"

[http]
delay_seconds = 0.0
concurrency = 4

[attachments]
{attachments}
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an address answers; a held one only when its event is set."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    held: threading.Event | None = None
    headers: dict[str, str] = field(default_factory=dict)


class FileServer(Loopback):
    """One host on loopback."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, int]] = []  # address and status of the answer
        super().__init__(_handler(self))

    def statuses(self, path: str) -> list[int]:
        return [status for asked, status in self.asked if asked == path]


def article(title: str, more: str) -> Answer:
    page = (
        f"<html><head><title>{title}</title></head><body><div id='top'><img src='/anh/logo.png'></div><h1>{title}</h1>"
        f"<span class='date'>05/03/2024 08:30</span><div class='content'>{BODY}{more}</div></body></html>"
    )
    return Answer(body=page.encode())


def listing(*paths: str) -> Answer:
    links = "".join(f'<li><a href="{path}">Bài viết về dân vận khéo {path}</a></li>' for path in paths)
    return Answer(body=f"<html><head><title>Tin</title></head><body><ul>{links}</ul></body></html>".encode())


def pdf(name: str) -> Answer:
    return Answer(body=(FILES / name).read_bytes(), type="application/pdf")


def docx(*paragraphs: str, more: str = "") -> bytes:
    """A Word file as small as one can be."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs) + more
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{inner}</w:body></w:document>')
    return out.getvalue()


def write_profile(folder: Path, host: str, attachments: str) -> None:
    (folder / "kem-tep.toml").write_text(PROFILE.format(host=host, attachments=attachments), encoding="utf-8")


def _handler(server: FileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = server.answers.get(self.path) or Answer(status=404, body=b"<h1>404</h1>")
            if found.held is not None:
                found.held.wait(30)
            tag = f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'
            is_known = found.status == 200 and self.headers.get("If-None-Match") == tag
            status, body = (304, b"") if is_known else (found.status, found.body)
            server.asked.append((self.path, status))
            self.send_response_only(status)
            for name, value in {"Content-Type": found.type, "ETag": tag, **found.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
