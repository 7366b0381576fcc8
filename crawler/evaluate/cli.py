"""`danvan evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli import print_json


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--predictions", type=click.Path(dir_okay=False, path_type=Path), help="Write predictions here (JSONL).")
@click.option("--no-profiles", is_flag=True, help="The generic path alone: no profiles, no family rules.")
@click.option("--family", help="Only the gold pages of this family.")
@click.option("--json", "as_json", is_flag=True)
def evaluate(gold: Path, predictions: Path | None, no_profiles: bool, family: str | None, as_json: bool) -> int:
    """Describe every page of a gold file and score the result.

    \b
    Example:
      danvan evaluate tests/data/pages/gold.json --family nukeviet
    """
    from crawler.evaluate.gold import evaluate_gold

    scores = evaluate_gold(gold, predictions, use_families=not no_profiles, family=family)
    if as_json:
        print_json(scores)
    else:
        for name, value in scores.items():
            click.echo(f"{name:<38} {value if isinstance(value, int) or value is None else f'{value:.4f}'}")
    return 0
