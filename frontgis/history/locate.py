"""Where dated points lay: status, since when, distance to held ground, unit, for any table of events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo import arrangement, edges
from frontgis.geo.edges import EdgeSet
from frontgis.geo.plane import Plane
from frontgis.history.composite import CODES, Composite, code_at
from frontgis.history.front import whole_m
from frontgis.history.lookup import held
from frontgis.history.settlements import LINE_M
from frontgis.model import HELD, AsOf, Side, Status

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

NONE: Final = -1
"""The version of a date before the first."""


@dataclass(frozen=True, slots=True)
class Located:
    """Hold one row a point: columns of equal length; rows before the first version have version −1 and NaN.

    `held_km` is the distance to the edge of held ground, negative inside it; `undecided` where any line of the
    version lies within 500 m and the point's own precision.
    """

    version: Numbers
    code: NDArray[np.uint8]
    since_after: Numbers
    since_by: Numbers
    unit: Numbers
    held_km: Floats
    undecided: NDArray[np.bool_]


def versions_at(composite: Composite, moments: list[AsOf]) -> Numbers:
    """Return for each moment the last version at or before its end, −1 where there is none."""
    ends = np.array([as_of.end.timestamp() for as_of in composite.as_of])
    return np.searchsorted(ends, [moment.end.timestamp() for moment in moments], side="right") - 1


def locate(
    composite: Composite,
    points: Floats,
    version: Numbers,
    plane: Plane,
    *,
    side: Side = Side.RU,
    precision_m: float = 0,
) -> Located:
    """Return what is known of points (n × 2, lon/lat), each in its version (−1: before the first)."""
    row = np.maximum(version, 0)
    own, since = _codes(composite, points, row)
    km, nearest = _distances(composite, points, version, plane, side)
    _past_slits(km, composite, points, np.where(held(side)[own], version, NONE), plane, side)
    return Located(
        version=version,
        code=own,
        since_after=since - 1,
        since_by=since,
        unit=composite.division.places(points),
        held_km=np.where(held(side)[own], -km, km),
        undecided=(nearest * 1000 <= LINE_M + precision_m) & (version >= 0),
    )


def _codes(composite: Composite, points: Floats, version: Numbers) -> tuple[NDArray[np.uint8], Numbers]:
    """Return the code of each point in its version, and the first version from which it had that code."""
    own, since = code_at(points, composite.first), np.zeros(len(points), dtype=np.int64)
    face, point = edges.tree(points).query(composite.geometry, predicate="intersects")
    own[point] = composite.code[version[point], face]
    turned = np.zeros(composite.code.shape, dtype=np.int64)
    flipped, which = composite.flips
    turned[flipped, which] = flipped
    since[point] = np.maximum.accumulate(turned, axis=0)[version[point], face]
    return own, since


def _distances(
    composite: Composite, points: Floats, version: Numbers, plane: Plane, side: Side
) -> tuple[Floats, Floats]:
    """Return the km to the edge of held ground and to the nearest line of any status, in each point's version."""
    held_km, any_km = np.full(len(points), np.nan), np.full(len(points), np.nan)
    metric = plane.project_all(np.asarray(shapely.points(points), dtype=object))
    order = np.argsort(version, kind="stable")
    starts = np.searchsorted(version[order], np.arange(len(composite.as_of) + 1))
    lines, present = _boundaries(composite, plane, side)
    for number, (bounds, bounds_held) in enumerate(present):
        rows = order[starts[number] : starts[number + 1]]
        if len(rows):
            any_km[rows] = _nearest_km(lines[bounds], metric[rows])
            same = np.array_equal(bounds, bounds_held)
            held_km[rows] = any_km[rows] if same else _nearest_km(lines[bounds_held], metric[rows])
    return held_km, any_km


def _past_slits(km: Floats, composite: Composite, points: Floats, version: Numbers, plane: Plane, side: Side) -> None:
    """Measure held points (the others have version −1) anew where several statuses are held: slits are no edge."""
    statuses = {status for part in (composite.first, *composite.deltas) for status in part} & HELD[side]
    for number in np.unique(version[version >= 0]) if len(statuses) > 1 else ():
        now = composite.edges_at(number)
        edge = whole_m([edges.polygons(now[status]) for status in sorted(statuses & now.keys())], plane).boundary
        rows = np.flatnonzero(version == number)
        km[rows] = (
            shapely.distance(plane.project_all(np.asarray(shapely.points(points[rows]), dtype=object)), edge) / 1000
        )


def _nearest_km(lines: NDArray[np.object_], points: NDArray[np.object_]) -> Floats:
    km = np.full(len(points), np.nan)
    if len(lines):
        (which, _), metres = shapely.STRtree(lines).query_nearest(points, all_matches=False, return_distance=True)
        km[which] = metres / 1000
    return km


def _boundaries(
    composite: Composite, plane: Plane, side: Side
) -> tuple[NDArray[np.object_], Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]]:
    """Return every boundary segment there ever was, in metres; version by version, which bound any and held ground."""
    parts = [
        (n, status, edge)
        for n, delta in enumerate((composite.first, *composite.deltas[1:]))
        for status, edge in delta.items()
    ]
    none = np.zeros((0, 2), dtype=np.uint64)
    ends = np.concatenate([none, *(np.stack([edge.low, edge.high], axis=1) for _, _, edge in parts)])
    once, place = np.unique(ends, axis=0, return_inverse=True)
    lines = plane.project_all(arrangement.segments(edges.unpack(once[:, 0]), edges.unpack(once[:, 1])))
    return lines, _present(len(composite.as_of), len(lines), parts, place.ravel(), held(side))


def _present(
    versions: int,
    lines: int,
    parts: Sequence[tuple[int, Status, EdgeSet]],
    place: Numbers,
    mine: NDArray[np.bool_],
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    count = np.zeros((len(CODES), lines), dtype=np.int32)
    begin = part = 0
    for version in range(versions):
        while part < len(parts) and parts[part][0] == version:
            _, status, edge = parts[part]
            count[CODES.index(status), place[begin : begin + len(edge)]] += edge.count.astype(np.int32)
            begin, part = begin + len(edge), part + 1
        yield (count != 0).any(axis=0), count[mine].sum(axis=0) != 0
