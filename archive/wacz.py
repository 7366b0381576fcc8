"""WACZ 1.1.1 packages of captures: WARC files, their index and a list of pages in one zip that replay tools open.

WARC files and the packed index are stored, not deflated, so that a reader can fetch a record out of a package on a
web server. Index blocks are those of the ZipNum form: 3,000 lines each, found by the first key.
Specification: https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from archive.cdxj import index_lines
from archive.frames.members import Torn

_LINES_A_BLOCK = 3000
_CHUNK = 1 << 20
Skipped = Callable[[Path, Torn], None]


@dataclass(frozen=True, kw_only=True)
class PackagedPage:
    """An entry of the list of pages: where a reader of the package begins."""

    url: str
    title: str | None
    fetched_at: datetime


def write_wacz(
    target: Path, warcs: Sequence[Path], pages: Iterable[PackagedPage], title: str, skipped: Skipped
) -> list[dict[str, Any]]:
    """Write a package; returns its resources (name, path, hash, bytes). What an index cannot hold is told to `skipped`.

    The file has its name only when it is complete. Raises OSError where the disk refuses.
    """
    part = target.with_name(target.name + ".part")
    try:
        resources = _write_package(part, warcs, pages, title, skipped)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return resources


def _write_package(
    part: Path, warcs: Sequence[Path], pages: Iterable[PackagedPage], title: str, skipped: Skipped
) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="danvan-wacz-") as folder:
        index = _write_index(Path(folder), warcs, skipped)
        listed = _write_pages(Path(folder) / "pages.jsonl", pages)
        entries = [
            *((f"archive/{warc.name}", warc) for warc in warcs),
            *((f"indexes/{path.name}", path) for path in index),
            ("pages/pages.jsonl", listed),
        ]
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as package:
            resources = [_add(package, name, path) for name, path in entries]
            about = json.dumps(_datapackage(resources, title), indent=2, ensure_ascii=False).encode()
            digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(about).hexdigest()}"}
            package.writestr("datapackage.json", about)
            package.writestr("datapackage-digest.json", json.dumps(digest, indent=2))
    return resources


def _write_index(folder: Path, warcs: Sequence[Path], skipped: Skipped) -> list[Path]:
    packed, index = folder / "index.cdx.gz", folder / "index.idx"
    lines = index_lines(warcs, skipped)
    with open(packed, "wb") as data, open(index, "w", encoding="utf-8") as keys:
        keys.write('!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n')
        while block := list(islice(lines, _LINES_A_BLOCK)):
            packer = zlib.compressobj(wbits=zlib.MAX_WBITS + 16)
            member = packer.compress("".join(f"{line}\n" for line in block).encode()) + packer.flush()
            where = {
                "offset": data.tell(),
                "length": len(member),
                "digest": f"sha256:{hashlib.sha256(member).hexdigest()}",
            }
            keys.write(f"{block[0].split('{', 1)[0].strip()} {json.dumps(where)}\n")
            data.write(member)
    return [packed, index]


def _write_pages(path: Path, pages: Iterable[PackagedPage]) -> Path:
    with open(path, "w", encoding="utf-8") as stream:
        stream.write('{"format": "json-pages-1.0", "id": "pages", "title": "Articles"}\n')
        for number, page in enumerate(pages, start=1):
            entry = {
                "id": str(number),
                "url": page.url,
                "title": page.title or page.url,
                "ts": page.fetched_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            }
            stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return path


def _add(package: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    # Without a date of its own a zip entry would be of 1980.
    entry = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    with open(path, "rb") as stream, package.open(entry, "w", force_zip64=True) as copy:
        for chunk in _chunks(stream):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    return {"name": path.name, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _chunks(stream: Any) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _datapackage(resources: list[dict[str, Any]], title: str) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "software": f"danvan/{version('danvan')}",
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "resources": resources,
    }
