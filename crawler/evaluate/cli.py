"""`danvan evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli import print_json
from archive.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.evaluate.evaluation import Grouping, JudgedPage
    from crawler.evaluate.gold import GoldFile
    from crawler.evaluate.mistakes import Mistake

    Wrong = list[tuple[JudgedPage, list[Mistake]]]


@click.command()
@click.argument("files", metavar="GOLD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--predictions", type=click.Path(dir_okay=False, path_type=Path), help="Write predictions here (JSONL).")
@click.option("--no-profiles", is_flag=True, help="The generic path alone: no profiles, no family rules.")
@click.option("--family", help="Only the gold pages of this family.")
@click.option("--by", "groupings", multiple=True, type=click.Choice(["family", "case"]), help="Also a table by this.")
@click.option("--per-page", "show_wrong", is_flag=True, help="Also what is wrong on each page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, by family and by case too.")
def evaluate(
    files: tuple[Path, ...],
    predictions: Path | None,
    no_profiles: bool,
    family: str | None,
    groupings: tuple[Grouping, ...],
    show_wrong: bool,
    as_json: bool,
) -> int:
    """Read every page of gold files as a crawl would, and score what was read. Needs no archive.

    Shares have n/N beside them; tables have places and officials as found/wanted+false. Sapo kept: the lead stands
    word for word in the body and as the sapo. Figures precision leaves out pages with a table. Bylines that are sites
    or footers: authors not in gold that are the portal, an office, an account, or another person of the page.

    \b
    Example:
      danvan evaluate tests/data/pages/gold.json --family nukeviet
      danvan evaluate tests/data/*/gold.json --by case --per-page
    """
    from crawler.evaluate.evaluation import read_pages

    pages = read_pages(_gold(files, family), use_families=not no_profiles)
    if predictions is not None:
        _write(predictions, pages)
    wrong = _wrong(pages) if show_wrong else None
    if as_json:
        print_json(_as_json(pages, wrong))
    else:
        _print(pages, groupings, wrong)
    return 0


def _gold(files: Sequence[Path], family: str | None) -> list[GoldFile]:
    import msgspec

    from crawler.evaluate.gold import GoldFile

    loaded = [GoldFile.load(path) for path in files]
    if family is None:
        return loaded
    known = sorted({page.family for file in loaded for page in file.pages})
    if family not in known:
        names = ", ".join(map(str, files))
        raise UsageError(f"{names}: no page of family {family!r}; there are {', '.join(known)}")
    return [
        msgspec.structs.replace(file, pages=[page for page in file.pages if page.family == family]) for file in loaded
    ]


def _wrong(pages: Sequence[JudgedPage]) -> Wrong:
    from crawler.evaluate.mistakes import mistakes

    return [(page, found) for page in pages if (found := mistakes(page))]


def _write(path: Path, pages: Sequence[JudgedPage]) -> None:
    """One JSON object a line; where ids may repeat, the gold file stands beside the id."""
    import msgspec

    several = len({page.file for page in pages}) > 1
    lines = []
    for page in pages:
        line = msgspec.to_builtins(page.prediction) | ({"gold": str(page.file)} if several else {})
        lines.append(msgspec.json.encode(line) + b"\n")
    try:
        path.write_bytes(b"".join(lines))
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that is there"
        ) from error


def _print(pages: Sequence[JudgedPage], groupings: Sequence[Grouping], wrong: Wrong | None) -> None:
    from crawler.evaluate.evaluation import grouped, overall
    from crawler.evaluate.tables import by_group, per_page, summary

    lines = list(summary(overall(pages)))
    for grouping in dict.fromkeys(groupings):
        lines += ["", *by_group(grouping, grouped(pages, grouping))]
    if wrong is not None:
        for page, found in wrong:
            lines += ["", *per_page(page, found)]
        lines += ["", f"{len(wrong)} of {len(pages)} pages have something wrong"]
    click.echo("\n".join(lines))


def _as_json(pages: Sequence[JudgedPage], wrong: Wrong | None) -> dict[str, Any]:
    """Measures by name; `of` has n and N of each share, and the same again by family and by case."""
    from crawler.evaluate.evaluation import grouped, overall

    printed: dict[str, Any] = _measures(overall(pages))
    for grouping in ("family", "case"):
        printed[f"by_{grouping}"] = {name: _measures(score) for name, score in grouped(pages, grouping).items()}
    if wrong is not None:
        printed["wrong"] = [{"gold": str(page.file), "id": page.gold.id, "mistakes": found} for page, found in wrong]
    return printed


def _measures(score: Any) -> dict[str, Any]:
    return score.measures() | {"of": {name: [share.hits, share.total] for name, share in score.shares.items()}}
