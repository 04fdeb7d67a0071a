"""Air-defence coverage of ten classes, four altitudes and two dates, beside plain geopandas on the same ground."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontgis.analysis import airdefence
from frontgis.analysis.target import home_units
from frontgis.catalog.systems import of_side, systems
from frontgis.history.setting import front_setting
from frontgis.model import HELD, Side
from measures.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontgis.history import History

CLASSES = 10
WITHIN_S, TIMES = 5.0, 5.0


def rows(history: History) -> Iterator[Row]:
    """Measure coverage by oblast on the first and the last date."""
    chosen = of_side(systems(history.catalog), Side.RU, "air_defence")[:CLASSES]
    days = [str(history.versions[place].as_of) for place in (0, -1)]
    for day in days:
        history.snapshot(day)
    airdefence.coverage(history, days[0], side=Side.RU)
    begin, began = time.perf_counter(), time.process_time()
    ours = [_covered(history, day, chosen) for day in days]
    taken, worked = time.perf_counter() - begin, time.process_time() - began
    what = f"coverage of {len(chosen)} classes × {len(airdefence.ALTITUDES_M)} altitudes × 2 dates by oblast"
    yield Row(what, f"{taken:.1f} s (processor {worked:.1f} s)", f"≤ {WITHIN_S:g} s", taken <= WITHIN_S)
    begin, began = time.perf_counter(), time.process_time()
    plain = [_plain(history, day, chosen) for day in days]
    theirs, toiled = time.perf_counter() - begin, time.process_time() - began
    apart = np.abs(np.array(ours) / np.array(plain) - 1).max()
    ratio, by_cpu = theirs / taken, toiled / worked
    told = f"{ratio:.1f} × faster ({theirs:.1f} s; by processor time {by_cpu:.1f} ×); up to {100 * apart:.1f} % apart"
    yield Row("the same by a geopandas script: one plane, buffers, overlays", told, "≥ 5 × faster", ratio >= TIMES)


def _covered(history: History, day: str, chosen: list[Any]) -> list[float]:
    coverage = airdefence.coverage(history, day, side=Side.RU)
    covers = coverage.covers(chosen, airdefence.ALTITUDES_M)
    found = [row.km2 for _, row in airdefence.rows(covers, coverage.target)]
    airdefence.overlap(covers, coverage.target)
    return [km2 for km2 in found if km2]


def _plain(history: History, day: str, chosen: list[Any]) -> list[float]:
    """Do as one does with geopandas: project to the theatre's plane, buffer, difference, overlay with the oblasts."""
    import geopandas as gpd

    catalog = history.catalog
    plane = catalog.theatre().metric_crs
    units, _ = home_units(catalog)
    oblasts = gpd.GeoDataFrame({"id": units.ids}, geometry=units.geometry, crs="OGC:CRS84").to_crs(plane)
    lands = catalog.layer("countries").frame().set_index("id").to_crs(plane)
    seen = gpd.GeoSeries([history.snapshot(day).ground(HELD[Side.RU])], crs="OGC:CRS84")
    held = seen.to_crs(plane).make_valid().iloc[0]
    state = shapely.make_valid(lands.geometry[catalog.theatre().homes["ua"]])
    ground = lands.geometry[catalog.theatre().homes["ru"]].union(held)
    sea = gpd.GeoSeries([front_setting(catalog).sea], crs="OGC:CRS84").to_crs(plane).iloc[0]
    across = shapely.difference(state.difference(held), shapely.make_valid(sea)).buffer(-1000)
    found = []
    for system in chosen:
        launch = ground.difference(across.buffer((system.behind_km + 1) * 1000))
        for altitude in airdefence.ALTITUDES_M:
            radius = airdefence.radius_km(system, altitude)
            if not radius:
                continue
            reach = gpd.GeoDataFrame(geometry=[launch.buffer(radius * 1000)], crs=plane)
            found.append(float(gpd.overlay(oblasts, reach, how="intersection").area.sum()) / 1e6)
    return found
