"""Serves the demo portals on loopback, each on a port of its own."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from archive.errors import CannotRunError
from crawler.demo.portals import PORTALS, DemoPortal
from crawler.demo.render import answer


class DemoServer:
    """Runs while its context is open; `publish_corrections` brings the second state."""

    def __init__(
        self, first_port: int = 0, seconds_an_answer: float = 0.0, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.is_second = False
        self.clock = clock or (lambda: datetime.now(UTC))  # pages print it: one that stands makes pages that last
        self.seconds_an_answer = seconds_an_answer
        self.visitors: list[tuple[str, str, str]] = []  # portal, user agent, path
        self.requests: list[tuple[str, str, int]] = []
        self._servers: dict[str, ThreadingHTTPServer] = {}
        for number, portal in enumerate(PORTALS):
            port = first_port + number if first_port else 0
            try:
                self._servers[portal.key] = _Server(("127.0.0.1", port), _handler(self, portal))
            except OSError as error:
                self.close()
                raise CannotRunError(
                    f"port {port} for {portal.key} is taken ({error.strerror}); use --first-port"
                ) from error
        self.base_urls = {key: f"http://127.0.0.1:{server.server_port}" for key, server in self._servers.items()}

    def publish_corrections(self) -> None:
        """One article corrected, one removed, one new."""
        self.is_second = True

    def __enter__(self) -> Self:
        for key, server in self._servers.items():
            threading.Thread(target=server.serve_forever, args=(0.05,), name=key, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
        self.close()

    def close(self) -> None:
        """Free the ports."""
        for server in self._servers.values():
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that goes away in the middle of an answer is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(demo: DemoServer, portal: DemoPortal) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            base_url = f"http://{self.headers.get('Host') or ''}"
            found = answer(portal, self.path, base_url, is_second=demo.is_second, now=demo.clock())
            is_known = "ETag" in found.headers and self.headers.get("If-None-Match") == found.headers["ETag"]
            status, body = (304, b"") if is_known else (found.status, found.body)
            demo.requests.append((portal.key, self.path, status))
            demo.visitors.append((portal.key, self.headers.get("User-Agent") or "", self.path))
            time.sleep(demo.seconds_an_answer)
            self.send_response(status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet: requests are kept in a list."""

    return Handler
