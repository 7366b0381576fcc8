"""A server on loopback that takes alarms and answers as it is told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any

from tests.loopback import Loopback


class Listener(Loopback):
    """Keeps every message that came, and the headers of the last."""

    def __init__(self, status: int = 200, headers: dict[str, str] | None = None, hangs: bool = False) -> None:
        self.status, self.more, self.hangs = status, headers or {}, hangs
        self.messages: list[Any] = []
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self._over = threading.Event()
        super().__init__(_handler(self))

    def wait(self) -> None:
        self._over.wait(60)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        super().__exit__(kind, error, trace)


def _handler(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            listener.asked.append(f"POST {self.path}")
            listener.headers = dict(self.headers.items())
            listener.messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if listener.hangs:
                listener.wait()
            self.send_response(listener.status)
            for name, value in listener.more.items():
                self.send_header(name, value)
            self.end_headers()

        def do_GET(self) -> None:
            listener.asked.append(f"GET {self.path}")
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
