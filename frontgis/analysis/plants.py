"""Nuclear plants: who holds the ground on a date, and how far the front is, over time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from frontgis.catalog import Catalog, Layer
from frontgis.history import History
from frontgis.model import HELD, AsOf, Side, Snapshot, Status


@dataclass(frozen=True, slots=True)
class PlantRow:
    """Say who holds the ground of a plant on a date, and how far it is to ground that a side holds.

    `to_held_km` is the geodesic distance to the nearest ground the side holds, 0 inside it; `to_front_km` that to the
    front line (None where there is none).
    """

    date: str
    plant: str
    name: str
    units: int
    mw: int
    status: Status
    to_held_km: float | None
    to_front_km: float | None


def rows(history: History, moments: Sequence[str | AsOf], *, side: Side = Side.RU) -> list[PlantRow]:
    """Return a row a plant and date."""
    layer = history.catalog.layer("plants")
    return [row for moment in moments for row in _on(history, moment, layer, side)]


def _on(history: History, moment: str | AsOf, layer: Layer, side: Side) -> list[PlantRow]:
    snapshot = history.snapshot(moment)
    points = np.asarray(shapely.points(layer.column("lon"), layer.column("lat")), dtype=object)
    line = history.front_line(moment, side=side)
    front = shapely.union_all([part.geometry for part in line.parts])
    held = snapshot.ground(HELD[side])
    facts = zip(
        layer.column("id"), layer.column("name"), map(int, layer.column("units")), map(int, layer.column("mw")), strict=True
    )
    return [
        PlantRow(
            str(snapshot.as_of),
            *fact,
            _status(snapshot, point),
            distance_km(point, held, history.catalog),
            distance_km(point, front, history.catalog),
        )
        for fact, point in zip(facts, points, strict=True)
    ]


def _status(snapshot: Snapshot, point: shapely.Point) -> Status:
    return next((s for s, ground in snapshot.by_status.items() if shapely.intersects(ground, point)), Status.UNMAPPED)


def distance_km(point: shapely.Point, shape: shapely.Geometry, catalog: Catalog) -> float | None:
    """Return the geodesic distance from a point to a shape (lon/lat), 0 inside it, None where the shape is empty.

    The nearest place is found in an azimuthal plane of the point's own.
    """
    from frontgis.geo.plane import Plane, length_km

    if shape.is_empty:
        return None
    plane = Plane(f"+proj=aeqd +lat_0={point.y} +lon_0={point.x} +datum=WGS84 +units=m +no_defs")
    way = shapely.shortest_line(plane.project(point), plane.project(shapely.segmentize(shape, 0.1)))
    return length_km(plane.unproject(way))
