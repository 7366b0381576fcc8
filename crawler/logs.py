"""The logs of crawls in `runs/`: lines for people, or one JSON object a line for programs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.errors import UsageError

FORMS = ("text", "json")


def settings_for(form: str) -> dict[str, Any]:
    """Scrapy's settings for a form of logs; UsageError for one that there is not."""
    if form not in FORMS:
        raise UsageError(f"DANVAN_LOG={form[:40]!r}: is not known; set it to {' or '.join(FORMS)}")
    # Scrapy sets its handler up anew for every spider, with its own formatter.
    return {"LOG_INSTALL_ROOT_HANDLER": False} if form == "json" else {}


def open_json(path: Path, level: str) -> None:
    """From now on write every record of a level or above to a file, as JSON."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonFormatter())
    handler.setLevel(level)
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.NOTSET)


class JsonFormatter(logging.Formatter):
    """One object a line: time (UTC), level, logger, message; run, portal, url and exception where they are known."""

    def format(self, record: logging.LogRecord) -> str:
        spider = _named(record, "spider")
        found = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "run": getattr(spider, "run_id", None),
            "portal": getattr(spider, "name", None),
            "url": _url(record),
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in found.items() if value is not None}, ensure_ascii=False)


def _named(record: logging.LogRecord, name: str) -> Any:
    """What a record has by a name: as an attribute, or among the named values of its message."""
    if (found := getattr(record, name, None)) is not None:
        return found
    return record.args.get(name) if isinstance(record.args, dict) else None


def _url(record: logging.LogRecord) -> str | None:
    for name in ("request", "response"):
        if url := getattr(_named(record, name), "url", None):
            return str(url)
    return None
