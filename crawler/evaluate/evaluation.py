"""Gold files read as a crawl would read them, judged page by page, and summed up by family or by case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from crawler.evaluate.cases import case_name
from crawler.evaluate.gold import GoldFile, GoldPage, publisher
from crawler.evaluate.prediction import Prediction, predicted
from crawler.evaluate.scoring import Score, score_page, total
from crawler.reading import Reader

Grouping = Literal["family", "case"]


@dataclass(frozen=True, kw_only=True)
class JudgedPage:
    """A gold page, what was predicted of it, and its measures."""

    file: Path
    gold: GoldPage
    prediction: Prediction | None
    score: Score


def read_pages(files: Sequence[GoldFile], *, use_families: bool) -> list[JudgedPage]:
    """Read and judge every page, known only by its bytes, address, publisher and fetch time."""
    reader = Reader.load()
    judged = []
    for file in files:
        found = []
        for gold in file.pages:
            reading = reader.read_as(file.page(gold), None, publisher(gold), use_families=use_families)
            found.append(predicted(gold.id, reading))
        judged += judge(file, found)
    return judged


def judge(file: GoldFile, predictions: Iterable[Prediction]) -> list[JudgedPage]:
    """Judge predictions for one gold file, from wherever they come; of two for one page the last counts."""
    by_id = {one.id: one for one in predictions}
    return [
        JudgedPage(file=file.path, gold=gold, prediction=by_id.get(gold.id), score=score_page(by_id.get(gold.id), gold))
        for gold in file.pages
    ]


def overall(pages: Iterable[JudgedPage]) -> Score:
    """The measures of all pages."""
    return total(page.score for page in pages)


def grouped(pages: Sequence[JudgedPage], by: Grouping) -> dict[str, Score]:
    """The measures by family, or by case: a page counts under each of its cases."""
    if by == "family":
        families = sorted({page.gold.family for page in pages}, key=lambda name: (name == "none", name))
        return {name: total(page.score for page in pages if page.gold.family == name) for name in families}
    cases = sorted({case for page in pages for case in page.gold.cases})
    return {case_name(case): total(page.score for page in pages if case in page.gold.cases) for case in cases}
