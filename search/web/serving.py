"""`danvan serve`: the application in as many processes as answer side by side, all on one port."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from archive.errors import CannotRunError, DanVanError
from archive.settings import current_home

if TYPE_CHECKING:
    from fastapi import FastAPI

# Pages are made by one core each. Every process has the index's columns and the gazetteer in memory (search/README.md).
_MOST_PROCESSES = 4
# A process that does not answer its parent for so long is ended and begun anew; loading a large archive takes seconds.
_HANGS_AFTER = 60


def ready() -> FastAPI:
    """The application for the archive that the environment names, loaded before its first reader comes."""
    from search.web.app import create_app

    app = create_app(current_home())
    with suppress(DanVanError):  # the pages say what is wrong with an index
        app.state.service.warm()
    return app


def usual_processes() -> int:
    """As many as there are cores to run on, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_PROCESSES)


def listening(host: str, port: int) -> socket.socket:
    """The port, taken; whoever comes before the application is loaded waits. CannotRunError where it is not free."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise CannotRunError(
            f"port {port} of {host} cannot be used ({error.strerror}); use --port or --host"
        ) from error
    found.listen()
    return found


def run(port: socket.socket, processes: int) -> None:
    """Answer until SIGINT or SIGTERM; a process that dies is replaced."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        f"{__name__}:ready",
        factory=True,
        workers=processes,
        log_level="warning",
        timeout_worker_healthcheck=_HANGS_AFTER,
    )
    if processes == 1:
        with suppress(KeyboardInterrupt):  # uvicorn has ended in peace when it passes it on
            uvicorn.Server(config).run(sockets=[port])
    else:
        Multiprocess(config, sockets=[port]).run()
