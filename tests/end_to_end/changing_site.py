"""Two portals on loopback, one of which took the other over; between crawls articles are edited, moved and removed.

Pages are as large as real ones are on the wire (some 18 kB packed), and every byte either way is counted. Articles and
lists carry an ETag of what they show.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field, replace
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.archive.duplicates.pairs import articles
from tests.loopback import Loopback

COUNT = 80
PAGE = 10
_FILLER = "".join(f'<li><a href="/muc-{n}/">Chuyên mục số {n} của cổng thông tin</a></li>' for n in range(220))
_PROFILE = """key = "{key}"
name = "{name}"
kind = "district_gov"
family = "generic"
scheme = "http"
hosts = ["{host}"]
province = "Ninh Bình"
status = "demo"
scope = "all"
{successor}
revisits = ["0h"]
evidence = "tests"
confidence = "own"

[articles]
patterns = ['^/tin/[\\w-]+\\.html$']

[[discover]]
kind = "list"
urls = ["/tin/"]
next = "?trang={{n}}"

[http]
delay_seconds = 0.0
concurrency = 4
"""


@dataclass(frozen=True, kw_only=True)
class Story:
    """An article as it stands at its address now."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    number: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status, body and more headers."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Site(Loopback):
    """One portal: what it shows, what its old addresses answer, and the bytes that went over the wire."""

    def __init__(self) -> None:
        self.stories: dict[str, Story] = {}
        self.gone: dict[str, Answer] = {}
        self.bytes = 0
        self.statuses: list[int] = []
        self._lock = threading.Lock()
        super().__init__(_handler(self))

    def publish(self, story: Story) -> None:
        self.stories[story.path] = story
        self.gone.pop(story.path, None)

    def withdraw(self, path: str, answer: Answer) -> None:
        self.stories.pop(path, None)
        self.gone[path] = answer

    def count(self, more: int) -> None:
        """Requests come in several threads."""
        with self._lock:
            self.bytes += more

    def answer(self, target: str) -> Answer:
        path, _, query = target.partition("?")
        if path in self.gone:
            return self.gone[path]
        if story := self.stories.get(path):
            return _page(story)
        if path in ("/", "/tin/"):
            number = int(query.removeprefix("trang=") or 1)
            newest = sorted(self.stories.values(), key=lambda story: -story.number)
            shown = newest[(number - 1) * PAGE : number * PAGE]
            return _listing(shown) if shown else Answer(status=404, body="<h1>404</h1>")
        return Answer(status=404, body="<h1>404</h1>")

    def write_profile(self, folder: Path, key: str, name: str, successor: str | None = None) -> None:
        line = f'successor = "{successor}"' if successor else ""
        text = _PROFILE.format(key=key, name=name, host=self.host, successor=line)
        (folder / f"{key}.toml").write_text(text, encoding="utf-8")


def stories() -> list[Story]:
    """Eighty articles of the texts in tests/data."""
    found = []
    for number, body in enumerate(list(articles().values())[:COUNT], start=1):
        paragraphs = tuple(body.split("\n\n"))
        title = f"Dân vận khéo ở cơ sở: bài số {number}"
        found.append(Story(path=f"/tin/bai-{number}.html", title=title, paragraphs=paragraphs, number=number))
    return found


def edited(story: Story, old: str, new: str) -> Story:
    return replace(story, paragraphs=tuple(paragraph.replace(old, new) for paragraph in story.paragraphs))


SOFT_404 = Answer(body="<html><head><title>Thông báo</title></head><body><h1>Không tìm thấy trang</h1>"
                  "<p>Bài viết không tồn tại hoặc đã bị xóa.</p></body></html>")  # fmt: skip


def redirect(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


def _page(story: Story) -> Answer:
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    body = (
        f"<html><head><title>{story.title}</title></head><body><div id='menu'><ul>{_FILLER}</ul></div>"
        f"<div id='main'><h1>{story.title}</h1><span class='date'>{story.number % 28 + 1:02}/03/2024 08:30</span>"
        f"<div class='content'>{paragraphs}</div></div></body></html>"
    )
    return Answer(body=body, headers={"ETag": _tag(body)})


def _listing(shown: list[Story]) -> Answer:
    links = "".join(f'<li><a href="{story.path}">{story.title}</a></li>' for story in shown)
    body = f"<html><head><title>Tin</title></head><body><ul>{links}</ul></body></html>"
    return Answer(body=body, headers={"ETag": _tag(body)})


def _tag(body: str) -> str:
    return f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = site.answer(self.path)
            is_known = "ETag" in found.headers and self.headers.get("If-None-Match") == found.headers["ETag"]
            status, body = (304, b"") if is_known else (found.status, found.body.encode())
            headers = found.headers | {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
            head = f"HTTP/1.1 {status} -\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items()) + "\r\n"
            self.wfile.write(head.encode() + body)
            site.statuses.append(status)
            site.count(len(self.raw_requestline) + len(self.headers.as_bytes()) + len(head.encode()) + len(body))

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
