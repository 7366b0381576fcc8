"""A year of six portals on loopback, told by a clock that the test sets: what they publish, and how they fail.

The simulator knows the truth: every article it has published and on which day it could be seen. The portals live on
ports of their own; one of them moves to another on 1 July 2025.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

BEGIN, END = date(2025, 1, 1), date(2025, 12, 31)
REFORM = date(2025, 7, 1)
_PROFILE = """
key = "{key}"
name = "Báo {key}"
kind = "provincial_newspaper"
family = "generic"
scheme = "http"
hosts = ["127.0.0.1:{port}"]
province = "Thái Nguyên"
status = "demo"
scope = "all"
evidence = "tests/conformance/year.py"
cadence = {cadence}
revisits = []
[articles]
patterns = ['^/tin/\\d{{8}}-\\d+\\.html$']
[[discover]]
kind = "list"
urls = ["/danh-sach"]
[http]
delay_seconds = 0.0
"""
_TEXT = (
    "Chi bộ thôn Mẫu vừa tổng kết mô hình Dân vận khéo trong vận động nhân dân hiến đất làm đường ở địa phương. Tổ dân "
    "vận đã đến từng nhà, nghe ý kiến từng hộ, bàn bạc công khai trước khi làm; nhờ vậy mọi việc đều được đồng thuận."
)


@dataclass(frozen=True, kw_only=True)
class SimulatedPortal:
    """A portal: how often it publishes, and from when to when something is wrong with it."""

    key: str
    every_days: int
    cadence: str = '"3d"'
    failure: str | None = None  # 500 | 403 | gone | moved
    fails_from: date = END
    fails_until: date = END + timedelta(days=1)
    last_day: date = END  # of publishing
    shows_days: int = 60  # of its articles, on its list

    def fails_on(self, today: date) -> bool:
        """Whether it is failing on a day."""
        return self.failure is not None and self.fails_from <= today < self.fails_until

    def published(self, until: date) -> list[date]:
        """The days of its articles, the last one first."""
        days = [
            BEGIN + timedelta(days=n) for n in range(0, (min(until, self.last_day) - BEGIN).days + 1, self.every_days)
        ]
        return days[::-1]


PORTALS = (
    SimulatedPortal(key="deu-dan", every_days=3),
    SimulatedPortal(key="hong-may-chu", every_days=3, failure="500", fails_from=date(2025, 3, 10), fails_until=date(2025, 4, 21)),
    SimulatedPortal(key="doi-ten-mien", every_days=4, failure="moved", fails_from=REFORM, last_day=REFORM - timedelta(days=1)),
    SimulatedPortal(key="da-mat", every_days=5, failure="gone", fails_from=date(2025, 5, 1), last_day=date(2025, 4, 30)),
    SimulatedPortal(key="bi-chan", every_days=3, failure="403", fails_from=date(2025, 9, 1)),
    SimulatedPortal(key="im-lang", every_days=1, last_day=date(2025, 1, 10), cadence='{ min = "3d", max = "24d", start = "3d" }'),
)  # fmt: skip


class Year:
    """The portals, while its context is open; `today` is set by the test."""

    def __init__(self) -> None:
        self.today = BEGIN
        self._servers = {portal.key: _Server(("127.0.0.1", 0), _handler(self, portal)) for portal in PORTALS}
        self.ports = {key: server.server_port for key, server in self._servers.items()}
        with socket.socket() as probe:  # where the moved portal says it is: nobody of ours
            probe.bind(("127.0.0.1", 0))
            self.new_host = f"127.0.0.1:{probe.getsockname()[1]}"

    def days(self, step: int) -> Iterator[date]:
        """The year's days, one in `step`; portals that are gone by then close their port."""
        day = BEGIN
        while day <= END:
            self.today = day
            for portal in PORTALS:
                if portal.failure == "gone" and portal.fails_on(day) and portal.key in self._servers:
                    self._close(portal.key)
            yield day
            day += timedelta(days=step)

    def write_profiles(self, folder: Path) -> None:
        """A profile for each portal."""
        folder.mkdir(exist_ok=True)
        for portal in PORTALS:
            profile = _PROFILE.format(key=portal.key, port=self.ports[portal.key], cadence=portal.cadence)
            (folder / f"{portal.key}.toml").write_text(profile, encoding="utf-8")

    def __enter__(self) -> Self:
        for server in self._servers.values():
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for key in list(self._servers):
            self._close(key)

    def _close(self, key: str) -> None:
        server = self._servers.pop(key)
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True


def _handler(year: Year, portal: SimulatedPortal) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body, headers = _answer(year, portal, self.path)
            self.send_response(status)
            for name, value in {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler


def _answer(year: Year, portal: SimulatedPortal, path: str) -> tuple[int, bytes, dict[str, str]]:
    if portal.fails_on(year.today):
        if portal.failure == "moved":
            return 301, b"", {"Location": f"http://{year.new_host}{path}"}
        return int(portal.failure or 500), b"", {}
    if path == "/robots.txt":
        return 200, b"User-agent: *\nAllow: /\n", {"Content-Type": "text/plain"}
    days = portal.published(year.today)
    if path == "/danh-sach":
        shown = [day for day in days if (year.today - day).days < portal.shows_days] or days[:5]
        links = "".join(
            f'<li><a href="{_path(day)}">{_title(portal, day)}</a> <i>{day:%d/%m/%Y}</i></li>' for day in shown
        )
        return 200, f"<html><body><ul>{links}</ul></body></html>".encode(), {}
    by_path: dict[str, date] = {_path(day): day for day in days}
    if day := by_path.get(path):
        return 200, _article(portal, day), {"ETag": f'"{day}"'}
    return 404, b"", {}


def _path(day: date) -> str:
    return f"/tin/{day:%Y%m%d}-1.html"


def _title(portal: SimulatedPortal, day: date) -> str:
    return f"Dân vận khéo ở {portal.key}, chuyện ngày {day:%d/%m}"


def _article(portal: SimulatedPortal, day: date) -> bytes:
    paragraphs = "".join(
        f"<p>{_TEXT} Ghi ở {portal.key}, đoạn {n}, việc của ngày {day:%d/%m/%Y}.</p>" for n in range(1, 4)
    )
    head = f'<meta property="article:published_time" content="{day:%Y-%m-%d}T08:00:00+07:00"><title>{_title(portal, day)}</title>'
    return (
        f"<html><head>{head}</head><body><h1>{_title(portal, day)}</h1><div>{paragraphs}</div></body></html>".encode()
    )
