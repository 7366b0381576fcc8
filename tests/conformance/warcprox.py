"""warcprox (GPL) in an environment of its own: an HTTP proxy that writes what passes through it into WARC files."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.conformance.environments import environment

_VERSION = "2.13.1"
_START_SECONDS = 20
# It refuses pages of its own machine unless told so as its own tests do; the demo portals are on it.
_START = """
from warcprox.warcproxy import WarcProxyHandler
from warcprox.main import main
WarcProxyHandler.allow_localhost = True
main()
"""


class Warcprox:
    """A running proxy; `fetch` asks for pages through it, `stop` ends it and gives its files."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
        self.process, self._folder = process, folder
        proxy = urllib.request.ProxyHandler({"http": f"http://127.0.0.1:{port}"})
        self._opener = urllib.request.build_opener(proxy)

    def fetch(self, addresses: Sequence[str]) -> None:
        """Ask for every address once; an error is an answer too."""
        for address in addresses:
            with contextlib.suppress(urllib.error.HTTPError), self._opener.open(address, timeout=10) as answer:
                answer.read()

    def wait_for_records(self, count: int) -> None:
        """Until so many are in the files: it writes behind its answers."""
        for _ in range(200):
            if sum(path.read_bytes().count(b"WARC/1.0\r\n") for path in self.files()) >= count:
                return
            time.sleep(0.05)
        raise AssertionError(f"fewer than {count} records")

    def files(self) -> list[Path]:
        return sorted(self._folder.rglob("*.warc*"))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> list[Path]:
        """End it, by default as its operators do: it then closes its files."""
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        return self.files()


@contextlib.contextmanager
def warcprox(folder: Path, *options: str) -> Iterator[Warcprox]:
    """Start one on a free port of 127.0.0.1, its state and files in a folder."""
    python = environment("warcprox", f"warcprox=={_VERSION}", "setuptools<81") / "python"
    folder.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(python),
        "-c",
        _START,
        "--address",
        "127.0.0.1",
        "--port",
        str(port),
        "--dir",
        str(folder / "warcs"),
        *options,
    ]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DANVAN_", "PYTHON"))}
    with (
        open(folder / "log", "wb") as log,
        subprocess.Popen(command, cwd=folder, env=kept, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_for(port, process)
            yield Warcprox(process, port, folder / "warcs")
        finally:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_START_SECONDS * 20):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        assert process.poll() is None, "warcprox ended"
        time.sleep(0.05)
    raise AssertionError(f"warcprox does not listen after {_START_SECONDS} s")
