"""Where profiles come from; the only place of this package that reads the environment.

`DANVAN_PROFILES`  a folder of the user's own profiles, laid beside the shipped ones
"""

from __future__ import annotations

import os
from pathlib import Path

FAMILIES = Path(__file__).parent / "families"
PROFILES = Path(__file__).parent / "profiles"
ROWS = Path(__file__).parent / "portals.csv"


def profile_folders() -> tuple[Path, ...]:
    """The shipped profiles, then the user's."""
    own = os.environ.get("DANVAN_PROFILES")
    return (PROFILES, Path(own)) if own else (PROFILES,)
