"""Debian's chromium, driven by playwright, and the web application served on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from archive.settings import Home
from search.web.app import create_app
from tests.conftest import chromium

# --no-sandbox: tests may run as root. The others keep the browser from calling its maker.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The search pages of an archive, on a free port."""
    app = create_app(Home(folder=home, database_url=f"sqlite:///{home / 'archive.db'}"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        threading.Event().wait(0.02)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        app.state.archive.close()


@contextmanager
def page(profile: Path, *, javascript: bool = True) -> Iterator[Page]:
    """A browser page in Vietnamese."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=chromium(),
            args=_FLAGS,
            locale="vi-VN",
            viewport={"width": 1200, "height": 900},
            java_script_enabled=javascript,
        )
        try:
            yield context.new_page()
        finally:
            context.close()
