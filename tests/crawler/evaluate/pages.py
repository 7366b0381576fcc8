"""Gold files, what danvan reads of their pages, the reference scorer, and a small gold page of our own."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from crawler.evaluate.evaluation import JudgedPage, judge, read_pages
from crawler.evaluate.gold import GoldFile, GoldPage
from crawler.evaluate.prediction import Prediction

DATA = Path(__file__).parents[2] / "data"
SETS = ("pages", "frozen")


def gold_path(name: str) -> Path:
    return DATA / name / "gold.json"


@cache
def gold(name: str) -> list[dict[str, Any]]:
    return json.loads(gold_path(name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def predictions(name: str, use_families: bool = True) -> list[dict[str, Any]]:
    """What danvan reads, as the lines of a predictions file."""
    pages = read_pages([GoldFile.load(gold_path(name))], use_families=use_families)
    return [msgspec.to_builtins(page.prediction) for page in pages]


@cache
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_scorer", DATA / "pages" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ENTRY: dict[str, Any] = {
    "id": "x1",
    "file": "x1.html",
    "url": "https://baomau.test/a-1.html",
    "portal": {
        "key": "baomau", "name": "Báo Mẫu", "kind": "newspaper", "province_before_2025": "Yên Bái", "district": None,
    },
    "family": "none",
    "cases": [5, 22],
    "is_article": True,
    "title": "Dân vận khéo ở Mường Lò",
    "sapo": "Cả xã cùng làm đường, không ai đứng ngoài.",
    "body": "Cả xã cùng làm đường, không ai đứng ngoài.\n\nÔng Lò Văn Pán, Bí thư Đảng ủy xã, đi từng nhà.",
    "captions": ["Bà con làm đường."],
    "authors": ["Hà Thu"],
    "published": "2024-07-10T08:30:00+07:00",
    "dan_van": True,
    "localities": [
        {"name": "Nghĩa Lợi", "level": "commune", "province": "Yên Bái", "district": "Nghĩa Lộ"},
        {"name": "Yên Bái", "level": "province", "province": "Yên Bái", "optional": True},
        {"name": "Văn Chấn", "level": "district", "province": "Yên Bái", "accept_provinces": ["Lào Cai"]},
        {"name": "Pá Kết", "level": "village", "province": "Yên Bái", "district": "Nghĩa Lộ"},
    ],
    "primary_locality": {"name": "Nghĩa Lợi", "level": "commune", "province": "Yên Bái"},
    "officials": [
        {"name": "Lò Văn Pán", "titles": ["Bí thư Đảng ủy xã"]},
        {"name": "Vì Thị Thơm", "titles": ["nguyên Chủ tịch xã"], "optional": True},
    ],
    "grassroots": ["Hà Văn Ún"],
    "not_officials": ["Hà Thu", "Đỗ Văn Khiêm"],
    "figures": [{"value": 1.1, "unit": "tỷ đồng"}, {"value": 40, "unit": "hộ"}],
    "documents": [{"number": "25-NQ/TW"}],
}  # fmt: skip


def gold_page(**changed: Any) -> GoldPage:
    return msgspec.convert(ENTRY | changed, GoldPage)


def judged(found: dict[str, Any] | None, **changed: Any) -> JudgedPage:
    """One gold page beside a prediction; without a prediction's field, what gold says of it."""
    page = gold_page(**changed)
    file = GoldFile(path=Path("somewhere/gold.json"), pages=[page])
    return judge(file, [] if found is None else [msgspec.convert({"id": page.id} | found, Prediction)])[0]


RIGHT: dict[str, Any] = {
    name: ENTRY[name]
    for name in ("is_article", "title", "sapo", "body", "captions", "authors", "published", "dan_van", "figures")
} | {
    "localities": [place for place in ENTRY["localities"] if not place.get("optional")],
    "primary_locality": ENTRY["primary_locality"],
    "officials": [ENTRY["officials"][0]],
    "documents": ["25-NQ/TW"],
}
