"""A command measured with all its processes: CPU time, wall time, peak memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a command took; `first` is the process it was started as."""

    code: int
    cpu: float
    wall: float
    first_cpu: float
    first_peak: int  # MiB
    peak: int  # of the largest process, MiB


def measure(command: Sequence[str], environment: Mapping[str, str]) -> Measured:
    """Run a command to its end, its output dropped.

    Processes that outlive their parent fall to this one, which waits for them: only so is their time known.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen, first_cpu, first_peak, peak = set[int](), 0.0, 0, 0
    while process.poll() is None:
        for pid in _family(process.pid):
            seen.add(pid)
            peak = max(peak, own := _peak_of(pid))
            if pid == process.pid:
                first_cpu, first_peak = max(first_cpu, _cpu_of(pid)), max(first_peak, own)
        time.sleep(0.05)
    wall = time.monotonic() - start
    for pid in seen - {process.pid}:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(code=process.returncode, cpu=cpu, wall=wall, first_cpu=first_cpu, first_peak=first_peak, peak=peak)


def _family(pid: int) -> list[int]:
    """A process and its descendants."""
    pids = [pid]
    for one in pids:
        with contextlib.suppress(OSError):
            pids += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
    return pids


def _peak_of(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1024
    return 0


def _cpu_of(pid: int) -> float:
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0
