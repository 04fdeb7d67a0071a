"""Answers taken from snapshots one by one, by direct geometry: what the composite's look-ups are held against."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from frontgis.geo.plane import Plane
from frontgis.model import HELD, AsOf, Side, Snapshot, Status

Spell = tuple[AsOf | None, AsOf, AsOf, AsOf | None, Status]


def status_at(snapshot: Snapshot, lonlat: Sequence[float]) -> Status:
    under = (region.status for region in snapshot.regions if shapely.intersects(region.geometry, Point(lonlat)))
    return next(under, Status.UNMAPPED)


def spells(snapshots: Iterable[Snapshot], lonlat: Sequence[float]) -> list[Spell]:
    """Return from after, from by, to after, to by and the status of each stretch, day by day."""
    seen = [(snapshot.as_of, status_at(snapshot, lonlat)) for snapshot in snapshots]
    runs = [list(run) for _, run in groupby(seen, key=lambda item: item[1])]
    before, after = [None, *(run[-1][0] for run in runs[:-1])], [*(run[0][0] for run in runs[1:]), None]
    return [(x, run[0][0], run[-1][0], y, run[0][1]) for run, x, y in zip(runs, before, after, strict=True)]


def line_m(snapshot: Snapshot, lonlat: Sequence[float], plane: Plane) -> float:
    """Return the metres to the nearest edge of any mapped ground; inf where there is none."""
    point = plane.project(Point(lonlat))
    edges = (plane.project(ground.boundary) for ground in snapshot.by_status.values())
    return min((float(shapely.distance(point, edge)) for edge in edges), default=float("inf"))


def held_km(snapshot: Snapshot, lonlat: Sequence[float], plane: Plane, *, side: Side = Side.RU) -> float | None:
    """Return the km to the edge of held ground, negative inside it, with slits under 100 m closed between statuses."""
    parts = [ground for status, ground in snapshot.by_status.items() if status in HELD[side]]
    if not parts:
        return None
    point = plane.project(Point(lonlat))
    if not any(shapely.intersects(part, Point(lonlat)) for part in parts):
        return min(float(shapely.distance(point, plane.project(part.boundary))) for part in parts) / 1000
    whole = shapely.make_valid(plane.project(shapely.union_all(parts)))
    return -float(shapely.distance(point, (_closed(whole) if len(parts) > 1 else whole).boundary)) / 1000


def _closed(ground: BaseGeometry) -> BaseGeometry:
    closed = ground.buffer(50, join_style="mitre").buffer(-50, join_style="mitre")
    gaps = shapely.get_parts(shapely.difference(closed, ground, grid_size=0.01))
    flat = shapely.get_parts(shapely.union_all([ground, *gaps], grid_size=0.01))
    return shapely.MultiPolygon([part for part in flat if isinstance(part, shapely.Polygon)])
