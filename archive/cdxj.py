"""A CDXJ index of WARC files: a line a capture, sorted, as replay tools read it."""

from __future__ import annotations

import heapq
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from archive.fixity.record import RecordCheck, RecordFacts
from archive.frames.members import Member, Members, Torn
from archive.url_key import surt

_LISTED = ("response", "revisit", "resource", "metadata")
_SORTED_TOGETHER = 100_000  # lines of about 300 bytes; more are sorted in parts on disk


def index_lines(paths: Iterable[Path], skipped: Callable[[Path, Torn], None]) -> Iterator[str]:
    """The lines of `.warc.gz` files in order, each once; what cannot be read is told to `skipped`."""
    lines = (line for path in paths for line in _file_lines(path, skipped))
    with tempfile.TemporaryDirectory(prefix="danvan-cdxj-") as folder:
        parts: list[Path] = []
        while part := sorted(islice(lines, _SORTED_TOGETHER)):
            parts.append(Path(folder) / str(len(parts)))
            parts[-1].write_text("".join(f"{line}\n" for line in part), encoding="utf-8")
        streams: list[IO[str]] = [open(part, encoding="utf-8") for part in parts]  # noqa: SIM115 (closed below)
        try:
            last = None
            for line in heapq.merge(*streams):
                if line != last:
                    yield line.rstrip("\n")
                last = line
        finally:
            for stream in streams:
                stream.close()


def _file_lines(path: Path, skipped: Callable[[Path, Torn], None]) -> Iterator[str]:
    with open(path, "rb") as stream:
        for part in Members(stream, RecordCheck):
            if isinstance(part, Torn):
                skipped(path, part)
            elif part.record.fault:
                end = part.offset + part.length
                skipped(path, Torn(kind="record-damaged", offset=part.offset, end=end, why=part.record.fault))
            elif _is_listed(part.record):
                yield _line(part, path.name)


def _is_listed(record: RecordFacts) -> bool:
    is_of_the_crawler = record.type in ("resource", "metadata") and record.headers.get("content-type") == (
        "application/warc-fields"
    )
    return record.type in _LISTED and not is_of_the_crawler


def _line(member: Member[RecordFacts], name: str) -> str:
    record, headers = member.record, member.record.headers
    url = headers.get("warc-target-uri", "")
    digest = headers.get("warc-payload-digest") or record.payload_sha1
    fields = {
        "url": url,
        "mime": _mime(record),
        "status": record.status_word,
        "digest": digest,
        "length": str(member.length),
        "offset": str(member.offset),
        "filename": name,
    }
    moment = re.sub(r"\D", "", headers.get("warc-date", ""))[:14]
    return f"{surt(url)} {moment} {json.dumps({key: value for key, value in fields.items() if value})}"


def _mime(record: RecordFacts) -> str:
    if record.type == "revisit":
        return "warc/revisit"
    headers = record.http_headers if record.type == "response" else record.headers
    return re.split(r"[;\s]", headers.get("content-type", ""), maxsplit=1)[0].strip()
