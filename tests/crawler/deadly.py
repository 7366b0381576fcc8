"""Rules that kill the process which reads a page of one portal by them."""

from __future__ import annotations

import multiprocessing
import os
import signal

from spiders.portal import Portal
from spiders.registry import Registry

KEY = "demo-yenbai"


class Deadly(Registry):
    """In a reader's process only: the tests' own lives."""

    def portal(self, key: str) -> Portal:
        if key == KEY and multiprocessing.parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().portal(key)
