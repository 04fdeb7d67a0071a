"""Naval exposure of one date beside the way of geopandas: buffers of the coast, laid over the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontgis.analysis.naval import Exposure, expose
from frontgis.analysis.waters import waters_of
from frontgis.catalog import shipped
from frontgis.history import History
from frontgis.model import Side
from measures import naval_baseline
from measures.pipeline import Files, judged
from measures.row import Row, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontgis.model import Snapshot


def rows(files: Files) -> Iterator[Row]:
    """Measure the last of the files, with the cells and coast made ready before for both."""
    (snapshot,) = judged(files[-1:])
    catalog = shipped()
    waters = waters_of(catalog)
    cells, lines = len(waters.points), len(waters.middles)
    ours = timed(5, lambda: _counted(snapshot))
    layers, control = catalog.root, History.of([snapshot]).on()
    ranges = {side.value: [one.range_km for one in known] for side, known in expose(snapshot, catalog).classes.items()}
    net = naval_baseline.cells(layers)
    theirs = timed(1, lambda: naval_baseline.exposure(net, layers, control, ranges))
    classes = sum(map(len, ranges.values()))
    what = f"naval exposure of a date: {cells} cells of 1 km, {lines} pieces of coast, {classes} classes"
    yield Row(what, f"{ours:.2f} s", "≤ 1 s", ours <= 1)
    yield Row(
        "the same by geopandas: buffers of the coast laid over the cells",
        f"{theirs:.2f} s: {theirs / ours:.0f} × slower",
        "≥ 5 × slower",
        theirs >= 5 * ours,
    )


def _counted(snapshot: Snapshot) -> Exposure:
    found = expose(snapshot, shipped())
    for side in Side:
        found.count(side)
    return found
