"""Whole processes: the job from files to series beside the baseline's, one question, one file, the help."""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from measures.row import Ran, Row, median_run, ms, run

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "deepstate-daily"
COMMAND = [Path(sys.executable).with_name("frontgis")]

_ONE_PROCESS = """
import csv, sys
from pathlib import Path
from frontgis.archive import Store, walk
from frontgis.catalog import shipped
from frontgis.history import lookup, open_archive, panel
from frontgis.sources import adapter
chosen = adapter(sys.argv[1])
files = walk([Path(sys.argv[2])], chosen.suffixes)
list(Store.create(Path("archive")).ingest(chosen, files, box=shipped().theatre().box))
rows = panel.series_rows(lookup.series(open_archive("archive").history(chosen.name).composite()))
writer = csv.writer(sys.stdout)
writer.writerows((row.date, row.unit, row.status, row.km2, row.gained, row.lost) for row in rows)
"""


def rows(files: Path, baseline: Path, units: Path, scratch: Path, *, times: int, baseline_times: int) -> Iterator[Row]:
    """Measure whole processes on a folder of daily files."""
    days = len(list(files.glob("*.geojson")))
    theirs = median_run(baseline_times, lambda: run([sys.executable, baseline, "series", files, units], cwd=scratch))
    yield Row(f"baseline: {days} days, areas, gains and losses by oblast", _ran(theirs))
    one = median_run(times, lambda: _one_process(files, scratch))
    yield _against("the same by frontgis in one cold process: ingest, history, series", one, theirs)
    two = median_run(times, lambda: _two_commands(files, scratch))
    yield _against("the same by the two commands `ingest` and `series`", two, theirs)
    peak = max(one.peak_mb, two.peak_mb)
    yield Row("peak memory of the whole job", f"{peak:.0f} MB", "≤ 400 MB", peak <= 400)
    yield from _kept(files, scratch)


def _ran(found: Ran) -> str:
    return f"{found.seconds:.2f} s (processor {found.cpu:.2f} s, peak {found.peak_mb:.0f} MB)"


def _against(what: str, ours: Ran, theirs: Ran) -> Row:
    ratio, by_cpu = theirs.seconds / ours.seconds, theirs.cpu / ours.cpu
    measured = f"{ours.seconds:.2f} s: {ratio:.1f} × faster (by processor time {by_cpu:.1f} ×: {ours.cpu:.2f} s)"
    return Row(what, measured, "≥ 30 × faster", ratio >= 30)


def _one_process(files: Path, scratch: Path) -> Ran:
    shutil.rmtree(scratch / "archive", ignore_errors=True)
    return run([sys.executable, "-c", _ONE_PROCESS, SOURCE, files], cwd=scratch)


def _two_commands(files: Path, scratch: Path) -> Ran:
    shutil.rmtree(scratch / "archive", ignore_errors=True)
    first = run([*COMMAND, "ingest", SOURCE, files], cwd=scratch)
    second = run([*COMMAND, "series", "--format", "csv"], cwd=scratch)
    seconds, cpu = first.seconds + second.seconds, first.cpu + second.cpu
    return Ran(seconds, cpu, max(first.peak_mb, second.peak_mb))


def _kept(files: Path, scratch: Path) -> Iterator[Row]:
    """Measure questions to the archive that the last job left."""
    names = sorted(files.glob("*.geojson"))
    a, b = "first", "latest"
    asked = median_run(9, lambda: run([*COMMAND, "change", a, b, "--by", "oblasts"], cwd=scratch))
    what = "`frontgis change A B --by oblasts` on a kept history, whole process"
    yield Row(what, f"{asked.seconds:.2f} s (processor {asked.cpu:.2f} s)", "≤ 0.6 s", asked.seconds <= 0.6)
    run([*COMMAND, "ingest", SOURCE, *names[:-1], "--archive", "shorter"], cwd=scratch)
    taken = []
    for _ in range(9):
        shutil.rmtree(scratch / "grown", ignore_errors=True)
        shutil.copytree(scratch / "shorter", scratch / "grown")
        taken.append(run([*COMMAND, "ingest", SOURCE, names[-1], "--archive", "grown"], cwd=scratch).seconds)
    yield Row("`frontgis ingest FILE`, whole process", ms(statistics.median(taken)))
    helped = median_run(9, lambda: run([*COMMAND, "--help"], cwd=scratch))
    yield Row("`frontgis --help`", ms(helped.seconds))
