"""Questions in memory: the limit that reading sets, a change table, one more day, dated points, equality."""

from __future__ import annotations

import importlib.util
import json
import random
import statistics
import sys
import time
from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from frontgis.archive import Store
from frontgis.catalog import Settlements, shipped
from frontgis.history import History, change, locate, lookup, open_archive, settlements
from frontgis.history.composite import CODES, build, held
from frontgis.history.grid import on_grid
from frontgis.history.insertion import insert
from frontgis.model import Side
from frontgis.sources import adapter
from measures.processes import SOURCE
from measures.row import Row, ms, run, timed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT = """
import json, sys, time
from pathlib import Path
import orjson
from measures.pipeline import history, files_of, ingested, kept_in
files = files_of(Path(sys.argv[1]))
clock = time.perf_counter
begin = clock()
for _, data in files:
    orjson.loads(data)
parsed = clock()
composite, judged = history(files)
made = clock()
ingested(files, Path("stored"))
stored = clock()
kept_in(Path("stored-history"), composite)
print(json.dumps([parsed - begin, made - parsed, judged, stored - made, clock() - stored]))
"""


def rows(files: Path, archive: Path, baseline: Path, units: Path, scratch: Path) -> Iterator[Row]:
    """Measure what is asked of an archive's history in memory."""
    yield from _limit(files, scratch)
    history = open_archive(archive).history(SOURCE)
    history.composite()
    yield from _table(history, files, baseline, units)
    yield from _one_more_day(history, files, scratch)
    yield _settlements(history)
    yield _locate(history)
    yield _equality(history)


def _limit(files: Path, scratch: Path) -> Iterator[Row]:
    """Measure in nine new processes, so that nothing is remembered from one to the next."""
    found = []
    for _ in range(9):
        for name in ("stored", "stored-history"):
            run(["rm", "-rf", name], cwd=scratch)
        run(["env", f"PYTHONPATH={':'.join(sys.path)}", sys.executable, "-c", LIMIT, files], cwd=scratch)
        found.append(json.loads((scratch / "stdout").read_text("utf-8").splitlines()[-1]))
    parse, made, judged, stored, kept = np.array(found).T
    ratio = statistics.median(made / parse)
    what = "bytes in memory → history and series, against `orjson.loads` of the same bytes"
    told = f"{ratio:.1f} × ({ms(np.median(made))} against {ms(np.median(parse))})"
    yield Row(what, told, "≤ 4 ×", ratio <= 4)
    storing = statistics.median((stored - judged + kept) / parse)
    parts = f"segments and ledger {ms(np.median(stored - judged))}, history {ms(np.median(kept))}"
    yield Row("storing them, against the same", f"{storing:.1f} × ({parts})", "≤ 1 ×", storing <= 1)


def _table(history: History, files: Path, baseline: Path, units: Path) -> Iterator[Row]:
    whole, chance = history.composite(), random.Random(0)  # noqa: S311
    pairs = [sorted(chance.sample(range(len(whole.as_of)), 2)) for _ in range(1000)]
    taken = []
    for a, b in pairs:
        begin = time.perf_counter()
        list(lookup.moved(whole, a, b).rows())
        taken.append(time.perf_counter() - begin)
    ours = statistics.median(taken)
    yield Row("change table of two dates by oblast, median of 1 000 pairs", ms(ours), "≤ 1 ms", ours <= 0.001)
    theirs = _baseline(baseline, units, sorted(files.glob("*.geojson")), pairs[:9])
    what = "the same against the baseline's `change`, median of 9 pairs"
    yield Row(what, f"{theirs / ours:.0f} × faster ({ms(theirs)})", "≥ 100 × faster", theirs / ours >= 100)


def _baseline(path: Path, units: Path, files: list[Path], pairs: list[list[int]]) -> float:
    import geopandas as gpd

    spec = importlib.util.spec_from_file_location("baseline", path)
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    frame = gpd.read_parquet(units)[["id", "geometry"]].to_crs(module.CRS)
    return statistics.median(timed(1, lambda a=a, b=b: module.change(files[a], files[b], frame)) for a, b in pairs)


def _one_more_day(history: History, files: Path, scratch: Path) -> Iterator[Row]:
    many = 9
    names = sorted(files.glob("*.geojson"))
    snapshots = list(history.snapshots())
    grown = build(snapshots[:-many], history.theatre)
    _ = grown.neighbours
    taken = []
    for snapshot in snapshots[-many:]:
        begin = time.perf_counter()
        grown = insert(grown, snapshot)
        taken.append(time.perf_counter() - begin)
    inside = statistics.median(taken)
    yield Row("append one day, in memory", ms(inside), "≤ 50 ms", inside <= 0.05)
    store, chosen, box = Store.create(scratch / "by-day"), adapter(SOURCE), shipped().theatre().box
    list(store.ingest(chosen, ((name.name, name.read_bytes()) for name in names[:-many]), box=box))
    open_archive(store.path).history(SOURCE).composite()
    taken = []
    for name in names[-many:]:
        begin = time.perf_counter()
        list(store.ingest(chosen, [(name.name, name.read_bytes())], box=box))
        open_archive(store.path, catalog=history.catalog).history(SOURCE).composite()
        taken.append(time.perf_counter() - begin)
    stored = statistics.median(taken)
    yield Row("append one day, stored, the kept history brought up to date", ms(stored), "≤ 150 ms", stored <= 0.15)


def _settlements(history: History) -> Row:
    whole, many, plane = history.composite(), _grown(history.catalog.settlements(), 20_000), history.catalog.plane()
    taken = timed(3, lambda: settlements.through(whole, many, plane))
    what = f"status intervals of {len(many)} settlements, the shipped and made-up ones, on all dates"
    return Row(what, f"{taken:.2f} s", "≤ 1 s", taken <= 1)


def _grown(places: Settlements, count: int) -> Settlements:
    """Return settlements with copies of some of them, up to 0.1 degree off, until there are so many."""
    chance = np.random.default_rng(0)
    more = chance.choice(np.flatnonzero(np.isfinite(places.lon)), count - len(places))
    every = np.concatenate([np.arange(len(places)), more])
    off = np.zeros((2, count))
    off[:, len(places) :] = chance.uniform(-0.1, 0.1, (2, len(more)))
    columns: dict[str, Any] = {}
    for field in fields(places):
        column = getattr(places, field.name)
        columns[field.name] = column[every] if isinstance(column, np.ndarray) else tuple(column[row] for row in every)
    return Settlements(**columns | {"lon": columns["lon"] + off[0], "lat": columns["lat"] + off[1]})


def _locate(history: History) -> Row:
    whole, chance = history.composite(), np.random.default_rng(0)
    west, south, east, north = 36.0, 47.0, 39.0, 50.0
    points = np.column_stack([chance.uniform(west, east, 100_000), chance.uniform(south, north, 100_000)])
    version = chance.integers(0, len(whole.as_of), len(points))
    taken = timed(3, lambda: locate.locate(whole, points, version, history.catalog.plane()))
    return Row("`locate` of 100 000 rows, in memory", f"{taken:.2f} s", "≤ 2 s", taken <= 2)


def _equality(history: History) -> Row:
    """Compare every step with the direct overlay of its two maps on the grid, noise counted."""
    whole, mine = history.composite(), held(Side.RU)
    worst, total = 0.0, np.zeros(2)
    snapshots = (on_grid(snapshot) for snapshot in history.snapshots())
    for place, (before, after) in enumerate(pairwise(snapshots)):
        moved = lookup.moved(whole, place, place + 1)
        direct = np.zeros_like(moved.real)
        for row in change.between(before, after).table(whole.division):
            where = whole.ids.index(row.unit), CODES.index(row.before), CODES.index(row.after)
            direct[where] += row.km2 + row.noise_km2
        apart = moved.real + moved.noise - direct
        flow = np.array([apart[:, ~mine][:, :, mine].sum(axis=(1, 2)), apart[:, mine][:, :, ~mine].sum(axis=(1, 2))])
        worst, total = max(worst, float(np.abs(flow).max())), total + flow.sum(axis=1)
    told = f"gained {total[0]:+.6f}, lost {total[1]:+.6f} km² in all; at most {worst:.6f} km² an oblast and day"
    good = bool(np.abs(total).max() <= 0.01 and worst <= 0.001)
    return Row("gained and lost of every step, less the direct overlays", told, "≤ 0.01 in all, ≤ 0.001 each", good)
