"""`python -m tests.crawler.checks.measured`: the figures in crawler/README.md, from simulated histories."""

from __future__ import annotations

from collections import Counter

from tests.crawler.checks.histories import CHANGES, PORTALS, after_change, false_alarms

SEEDS = range(20)
LENGTH = 200


def main() -> None:
    """Print false alarms in a thousand runs, and after how many runs changes are found."""
    print("| portal | false alarms in 1,000 runs, all checks | of the worst check |\n|---|---|---|")
    for portal in PORTALS:
        found = sum((Counter(false_alarms(portal, seed, LENGTH)) for seed in SEEDS), Counter[str]())
        runs = len(SEEDS) * LENGTH / 1000
        print(f"| {portal} | {found.total() / runs:.2f} | {max(found.values(), default=0) / runs:.2f} |", flush=True)
    print(f"\n| change | {' | '.join(PORTALS)} |\n|---|{'---|' * len(PORTALS)}")
    for change in CHANGES:
        print(f"| {change} | {' | '.join(_took(portal, change) for portal in PORTALS)} |", flush=True)


def _took(portal: str, change: str) -> str:
    took = [after_change(portal, change, seed)[1] for seed in SEEDS]
    found = sorted(runs for runs in took if runs is not None)
    if not found:
        return "not found"
    said = f"{found[len(found) // 2]}, at most {found[-1]}"
    return said if len(found) == len(took) else f"{said}; {len(found)} of {len(took)} found"


if __name__ == "__main__":
    main()
