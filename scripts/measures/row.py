"""One measured row of the table, and the reading of one."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Row:
    """Hold what was measured, beside what must be reached; `reached` is None where nothing must be."""

    what: str
    measured: str
    target: str = ""
    reached: bool | None = None


@dataclass(frozen=True)
class Ran:
    """Hold the wall clock, the processor time and the peak memory of a process that ended well."""

    seconds: float
    cpu: float
    peak_mb: float


def run(command: Sequence[str | Path], *, cwd: Path) -> Ran:
    """Run a process to its end; raise where it fails."""
    begin = time.perf_counter()
    with (cwd / "stdout").open("wb") as out, subprocess.Popen(command, cwd=cwd, stdout=out, stderr=out) as child:
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError((cwd / "stdout").read_text("utf-8")[-2000:])
    return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median_run(times: int, once: Callable[[], Ran]) -> Ran:
    """Return the run of median wall clock."""
    return sorted((once() for _ in range(times)), key=lambda ran: ran.seconds)[times // 2]


def timed(times: int, once: Callable[[], object]) -> float:
    """Return the median seconds of calls."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        once()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:.{0 if seconds > 0.1 else 2}f} ms"
