"""WARC files of many articles: the gold pages of several CMS families, each with address, title and text varied.

python -m tests.benchmarks.past_pages FOLDER RECORDS   writes pages.warc.gz and the profiles of its portals
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_GOLD = Path(__file__).parents[1] / "data" / "pages" / "gold.json"
# Families whose addresses have a number that can be any.
_FAMILIES = ("mediasoft", "content_fck", "zce_cms", "onecms", "bbg", "aspnet_num_slug", "nukeviet", "postdate_article")
_FIRST = datetime(2026, 9, 1, 3, tzinfo=UTC)  # younger than the pages, and no more than a day and a half long
_WORDS = ("xã", "bản", "tổ", "hộ", "dân", "đường", "đất", "cầu", "nước", "vườn", "ruộng", "rừng", "núi", "chợ")
_SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"]
_MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Hữu",
    "Quang",
    "Xuân",
    "Thanh",
    "Ngọc",
    "Đình",
    "Công",
    "Trọng",
    "Hồng",
    "Kim",
    "Thu",
    "Mạnh",
    "Tiến",
    "Bá",
    "Duy",
    "Gia",
]
_GIVEN = [
    "An",
    "Bình",
    "Chiến",
    "Dũng",
    "Giang",
    "Hà",
    "Hùng",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Thảo",
    "Thắng",
    "Toàn",
    "Trung",
    "Tú",
    "Vinh",
    "Yến",
]
_PROFILE = """
key = "bench-{family}"
name = "Bench"
kind = "provincial_newspaper"
family = "{family}"
scheme = "http"
hosts = ["{host}"]
province = "{province}"
status = "demo"
scope = "all"
evidence = "tests/benchmarks/past_pages.py"
"""


@dataclass(frozen=True, kw_only=True)
class _Model:
    """A gold page and the places in it that are varied."""

    family: str
    province: str
    path: str
    html: str
    openings: tuple[str, ...]  # how its title and paragraphs begin, as the source has them
    names: tuple[str, ...]  # its officials

    @property
    def host(self) -> str:
        return f"{self.family.replace('_', '-')}.test"

    def url(self, number: int) -> str:
        """An address of the family with another number."""
        last = list(re.finditer(r"\d+", self.path))[-1]
        return f"http://{self.host}{self.path[: last.start()]}{1_000_000 + number}{self.path[last.end() :]}"

    def body(self, number: int) -> bytes:
        """The page with other words before its title and its paragraphs."""
        html = self.html
        for place, opening in enumerate(self.openings):
            words = " ".join(_WORDS[(number * 7 + k * (number % 11 + place + 1)) % len(_WORDS)] for k in range(9))
            html = html.replace(opening, f"Việc {number} {words}. {opening}")
        for place, name in enumerate(self.names):
            html = html.replace(name, _person(number // 20 * 31 + place))
        return html.encode()


def _person(number: int) -> str:
    """One of 5,000 names: an official is in some of a portal's articles, not in all."""
    family, middle, given = number % 10, number // 10 % 20, number // 200 % 25
    return f"{_SURNAMES[family]} {_MIDDLE[middle]} {_GIVEN[given]}"


def main() -> None:
    folder, records = Path(sys.argv[1]), int(sys.argv[2])
    write_profiles(folder)
    write_warc(folder / "pages.warc.gz", records)


def write_profiles(folder: Path) -> None:
    """A profile for every family in the file."""
    for model in {model.family: model for model in _models()}.values():
        said = _PROFILE.format(family=model.family, host=model.host, province=model.province)
        (folder / f"bench-{model.family}.toml").write_text(said, encoding="utf-8")


def write_warc(path: Path, records: int) -> None:
    """One file with so many responses, no two alike; every eighth is a later capture of an article before it."""
    with open(path, "wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for number, (url, body) in enumerate(_captures(records)):
            at = _FIRST + timedelta(seconds=number)
            http = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))], "HTTP/1.1"
            )
            said = {
                "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "WARC-Payload-Digest": "sha1:" + b32encode(hashlib.sha1(body).digest()).decode(),
            }
            made = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=said
            )
            writer.write_record(made)


def _captures(records: int) -> Iterator[tuple[str, bytes]]:
    models = _models()
    for number in range(records):
        model = models[number % len(models)]
        later = number // len(models) % 8 == 7
        yield model.url(number - len(models) if later else number), model.body(number)


def _models() -> list[_Model]:
    found = []
    for entry in json.loads(_GOLD.read_text(encoding="utf-8")):
        path = urlsplit(entry["url"]).path
        if entry["family"] not in _FAMILIES or not re.search(r"(?<![0-9a-f])\d+\D*$", path):
            continue
        html = (_GOLD.parent / entry["file"]).read_text(encoding="utf-8")
        starts = [entry["title"], *(part[:25] for part in entry["body"].split("\n\n")[:6])]
        found.append(
            _Model(
                family=entry["family"],
                province=entry["portal"]["province_before_2025"],
                path=path,
                html=html,
                names=tuple(one["name"] for one in entry["officials"]),
                openings=tuple(start for start in dict.fromkeys(starts) if start in html),
            )
        )
    return found


if __name__ == "__main__":
    main()
