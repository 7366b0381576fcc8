"""How fast `danvan import` is with one process and with two, what of it only one can do, and that memory is flat."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import Measured, measure
from tests.benchmarks.past_pages import write_profiles, write_warc

# One number of records, or several to compare their memory: BENCH_RECORDS=10000,100000
RECORDS = [int(count) for count in (os.environ.get("BENCH_RECORDS") or "2000").split(",")]
_LONG = 10_000  # more records are imported by two processes only: the run takes half an hour as it is


def bench_import() -> None:
    """Print records a second, the ratio, the share of the writer, and peaks."""
    print("import of article pages of seven CMS families, 39 kB each, every eighth a later capture")
    for records in RECORDS:
        with tempfile.TemporaryDirectory() as folder:
            write_profiles(Path(folder))
            write_warc(Path(folder) / "pages.warc.gz", records)
            compared = (1, 2) if records <= _LONG else (2,)
            found = {processes: _imported(Path(folder), processes) for processes in compared}
        for processes, one in found.items():
            print(
                f"  {records:>7,} records, {processes} process{'es' if processes > 1 else '  '} "
                f"{records / one.wall:5.0f} records/s, {one.cpu / records * 1000:5.1f} ms CPU each; "
                f"peak {one.first_peak} MiB, of a reader {one.peak} MiB"
            )
        two = found[2]
        ratio = f"ratio {found[1].wall / two.wall:.2f}; " if 1 in found else ""
        print(f"  {'':>7}  {ratio}serial share {two.first_cpu / two.cpu:.0%} of CPU time")


def _imported(folder: Path, processes: int) -> Measured:
    with tempfile.TemporaryDirectory(dir=folder) as home:
        environment = dict(os.environ) | {"DANVAN_HOME": home, "DANVAN_PROFILES": str(folder)}
        danvan = [sys.executable, "-m", "archive.command"]
        subprocess.run([*danvan, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [*danvan, "import", str(folder / "pages.warc.gz"), "--keep", "all", "--processes", str(processes)]
        found = measure(command, environment)
        assert found.code == 0, f"the import ended with {found.code}"
        return found
