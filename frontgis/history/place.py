"""One place through time: its statuses as intervals, and its distance to the edge of held ground."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import shapely
from shapely import Point

from frontgis.geo.plane import Plane
from frontgis.history.front import whole_m
from frontgis.model import HELD, AsOf, Side, Snapshot, Status


@dataclass(frozen=True, slots=True)
class Spell:
    """Say that a status began after one version and by the next, and ended likewise; None where a version lacks.

    `from_after` is the last version without the status, `from_by` the first with it, `to_after` the last with it,
    `to_by` the first without.
    """

    from_after: AsOf | None
    from_by: AsOf
    to_after: AsOf
    to_by: AsOf | None
    status: Status
    status_source_words: str


def history(snapshots: Iterable[Snapshot], point: Point) -> list[Spell]:
    """Return the spells of status at a lon/lat point over snapshots in order of their as-of dates."""
    seen = [(snapshot.as_of, *_under(snapshot, point)) for snapshot in snapshots]
    runs = [list(run) for _, run in groupby(seen, key=lambda item: item[1:])]
    spells = []
    for number, run in enumerate(runs):
        before = runs[number - 1][-1][0] if number else None
        after = runs[number + 1][0][0] if number + 1 < len(runs) else None
        first, status, words = run[0]
        spells.append(Spell(before, first, run[-1][0], after, status, words))
    return spells


def _under(snapshot: Snapshot, point: Point) -> tuple[Status, str]:
    for region in snapshot.regions:
        if shapely.intersects(region.geometry, point):
            return region.status, region.words
    return Status.UNMAPPED, ""


def edge_km(snapshot: Snapshot, point: Point, plane: Plane) -> float | None:
    """Return the nearest distance of a point to the edge of any mapped ground; None where there is none."""
    metric = plane.project(point)
    edges = (plane.project(ground.boundary) for ground in snapshot.by_status.values())
    nearest = min((float(shapely.distance(metric, edge)) for edge in edges), default=None)
    return None if nearest is None else nearest / 1000


def held_km(snapshot: Snapshot, point: Point, plane: Plane, *, side: Side = Side.RU) -> float | None:
    """Return the km from a point to the edge of held ground, negative inside it; None where nothing is held.

    A slit that the source leaves between two held statuses is no edge to what lies inside.
    """
    parts = [ground for status, ground in snapshot.by_status.items() if status in HELD[side]]
    if not parts:
        return None
    metric = plane.project(point)
    if any(shapely.intersects(part, point) for part in parts):
        return -float(shapely.distance(metric, whole_m(parts, plane).boundary)) / 1000
    return min(float(shapely.distance(metric, plane.project(part.boundary))) for part in parts) / 1000
