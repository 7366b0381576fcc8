"""How the archive is searched; the only place of this package that reads the environment.

`DANVAN_ENGINE`  whoosh (default) or tantivy; each keeps an index of its own, and changing back costs nothing
"""

from __future__ import annotations

import os

from archive.errors import UsageError

ENGINES = ("whoosh", "tantivy")


def current_engine() -> str:
    """The engine that answers; UsageError where it is unknown."""
    name = os.environ.get("DANVAN_ENGINE") or ENGINES[0]
    if name not in ENGINES:
        raise UsageError(f"DANVAN_ENGINE={name} is unknown: there are {' and '.join(ENGINES)}")
    return name
