"""How well one history agrees with another: held ground near the line, the lines, settlements, and what changed.

Only figures over the whole line come out, never where two maps differ: the claims are not to be fitted to a map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from frontgis.geo.plane import Plane
from frontgis.geo.polygons import mend, multipolygon
from frontgis.model import HELD, Side, Snapshot

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from frontgis.catalog import Catalog

CRS = "+proj=laea +lat_0=48.5 +lon_0=35 +datum=WGS84 +units=m +no_defs"
NEAR_M = 20_000.0
SETTLEMENT_M = 10_000.0
STEP_M = 500.0
COAST_M = 1500.0
SLIT_M = 60.0


Pair = tuple["BaseGeometry", "BaseGeometry"]


@dataclass(frozen=True)
class Ground:
    """Hold the lasting ground that two maps are compared on, in metres."""

    plane: Plane
    state: BaseGeometry
    land: BaseGeometry
    rim: BaseGeometry
    settlements: np.ndarray


def ground(catalog: Catalog) -> Ground:
    """Return a catalog's state, its land without waters, and what is coast or border and so no line."""
    plane = Plane(CRS)
    countries, water = catalog.layer("countries"), catalog.layer("water")
    ours = np.array([name == catalog.theatre().state for name in countries.column("id")])
    state = plane.project(shapely.union_all(countries.geometry[ours]))
    land = multipolygon(shapely.difference(state, plane.project(shapely.union_all(water.geometry))))
    bays = water.geometry[np.array([kind == "inner_sea" for kind in water.column("kind")])]
    shore = plane.project(shapely.union_all([*catalog.layer("sea").geometry, *bays]))
    rim = shapely.union_all([state.boundary.buffer(COAST_M), shore.buffer(COAST_M)])
    places = catalog.settlements()
    known = np.isfinite(places.lon)
    points = plane.project_all(shapely.points(places.lon[known], places.lat[known]))
    return Ground(plane, state, land, rim, points[shapely.intersects(state, points)])


def held(snapshot: Snapshot, on: Ground) -> BaseGeometry:
    """Return the ground that is held in a snapshot, in metres."""
    return multipolygon(mend(on.plane.project(snapshot.ground(HELD[Side.RU]))))


def agreement(ours: BaseGeometry, theirs: BaseGeometry, on: Ground) -> dict[str, float]:
    """Return how far two maps agree: `overlap` is the held land within 20 km of their line that both hold."""
    line, other = (_line(shape, on) for shape in (ours, theirs))
    zone = shapely.intersection(shapely.simplify(other, 300).buffer(NEAR_M), on.land)
    a, b = (shapely.intersection(shape, zone) for shape in (ours, theirs))
    mine, yours = _points(line), _points(other)
    apart = np.concatenate([shapely.distance(mine, other), shapely.distance(yours, line)]) / 1000
    near = on.settlements[shapely.dwithin(on.settlements, shapely.simplify(other, 200), SETTLEMENT_M)]
    for shape in (ours, theirs):
        shapely.prepare(shape)
    right = shapely.intersects(ours, near) == shapely.intersects(theirs, near)
    return {
        "overlap": shapely.intersection(a, b).area / shapely.union(a, b).area,
        "apart_mean_km": float(apart.mean()),
        "apart_90_km": float(np.quantile(apart, 0.9)),
        "settlements": len(near),
        "settlements_right": float(right.mean()),
    }


def changed(
    ours: tuple[BaseGeometry, BaseGeometry], theirs: tuple[BaseGeometry, BaseGeometry], on: Ground
) -> dict[str, float]:
    """Return recall and precision of the land that changed hands between two dates (before, after)."""
    mine, yours = (
        [shapely.intersection(shapely.difference(*pair), on.land) for pair in ((b, a), (a, b))]
        for a, b in (ours, theirs)
    )
    both = sum(shapely.intersection(x, y).area for x, y in zip(mine, yours, strict=True))
    return {"recall": both / sum(x.area for x in yours), "precision": both / sum(x.area for x in mine)}


def _line(shape: BaseGeometry, on: Ground) -> BaseGeometry:
    whole = shape.buffer(SLIT_M).buffer(-SLIT_M)
    return shapely.difference(whole.boundary, on.rim)


def _points(line: BaseGeometry) -> np.ndarray:
    return np.asarray(shapely.points(shapely.get_coordinates(shapely.segmentize(line, STEP_M))), dtype=object)
