"""Words of the pages that read and count: contexts, trends, figures."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {}
