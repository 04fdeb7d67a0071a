"""Boundaries as signed edges on a fixed grid: what two maps do not share is all that changed.

A polygon set is its directed boundary edges, interior on the left, vertices rounded to 1e-6 degree. An edge is kept
undirected (from the lesser end to the greater) with a signed count, so that the opposite edges of neighbours cancel
and the difference of two sets is a subtraction of counts; what is left forms closed chains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

GRID: Final = 1_000_000
"""Steps of the grid in a degree."""

_EAST, _NORTH = 180 * GRID, 90 * GRID
_BITS: Final = np.uint64(28)
_MASK: Final = np.uint64((1 << 28) - 1)

Nodes: TypeAlias = NDArray[np.uint64]
Counts: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Course: TypeAlias = tuple[Nodes, Nodes]


@dataclass(frozen=True, slots=True)
class EdgeSet:
    """Hold n edges: `low` and `high` are packed grid nodes, low < high; `count` is signed, never 0.

    A positive count runs from low to high. The edges are in order of (low, high).
    """

    low: Nodes
    high: Nodes
    count: Counts

    def __len__(self) -> int:
        return len(self.count)

    @property
    def start(self) -> Floats:
        """Return the lon/lat of the lesser ends (n × 2, degrees)."""
        return unpack(self.low)

    @property
    def end(self) -> Floats:
        """Return the lon/lat of the greater ends (n × 2, degrees)."""
        return unpack(self.high)


def pack(lonlat: Floats) -> Nodes:
    """Return the grid nodes nearest to positions (n × 2, degrees), each packed in one integer."""
    steps = np.rint(lonlat * GRID).astype(np.int64)
    lon, lat = (steps[:, 0] + _EAST).astype(np.uint64), (steps[:, 1] + _NORTH).astype(np.uint64)
    return (lon << _BITS) | lat


def unpack(nodes: Nodes) -> Floats:
    """Return the positions (n × 2, degrees) of packed nodes.

    >>> unpack(pack(np.array([[37.1234567, -48.0]])))
    array([[ 37.123457, -48.      ]])
    """
    lon, lat = (nodes >> _BITS).astype(np.int64) - _EAST, (nodes & _MASK).astype(np.int64) - _NORTH
    return np.column_stack([lon, lat]) / GRID


def of(ground: BaseGeometry | Sequence[BaseGeometry]) -> EdgeSet:
    """Return the boundary edges of polygons, interior on the left.

    >>> west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    >>> len(of(west)), len(of([west, east]))
    (4, 6)
    """
    return along(course(ground))


def along(drawn: Course) -> EdgeSet:
    """Return the edges of a boundary as it is drawn."""
    return _net(*drawn)


def course(ground: BaseGeometry | Sequence[BaseGeometry]) -> Course:
    """Return the starts and the ends of the boundary edges of polygons in the order in which they are drawn."""
    parts = _parts(ground)
    rings = shapely.get_rings(shapely.orient_polygons(parts, exterior_cw=False))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    nodes = pack(points)
    follows = (ring[1:] == ring[:-1]) & (nodes[1:] != nodes[:-1])
    return nodes[:-1][follows], nodes[1:][follows]


def between(before: Course, after: Course) -> EdgeSet:
    """Return the difference of two boundaries; edges with which both begin or end alike are left aside unsorted.

    >>> one, other = shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 2)
    >>> len(between(course(one), course(other))) == len(difference(of(one), of(other)))
    True
    """
    short = min(len(before[0]), len(after[0]))
    unlike = (before[0][:short] != after[0][:short]) | (before[1][:short] != after[1][:short])
    head = int(unlike.argmax()) if unlike.any() else short
    old, new = ([side[len(side) - short + head :] for side in one] for one in (before, after))
    unlike = ((old[0] != new[0]) | (old[1] != new[1]))[::-1]
    tail = int(unlike.argmax()) if unlike.any() else short - head
    gone, come = ([side[head : len(side) - tail] for side in one] for one in (before, after))
    return _net(np.concatenate([gone[1], come[0]]), np.concatenate([gone[0], come[1]]))


def _parts(ground: BaseGeometry | Sequence[BaseGeometry]) -> NDArray[np.object_]:
    parts = shapely.get_parts(ground)
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    return parts


def _net(start: Nodes, end: Nodes) -> EdgeSet:
    forward = start < end
    low, high = np.where(forward, start, end), np.where(forward, end, start)
    return _summed(low, high, np.where(forward, 1, -1).astype(np.int64))


def _summed(low: Nodes, high: Nodes, count: Counts) -> EdgeSet:
    order = np.lexsort((high, low))
    low, high, count = low[order], high[order], count[order]
    first = _first(low, high)
    if first.all():
        return EdgeSet(low, high, count)
    starts = np.flatnonzero(first)
    total = np.add.reduceat(count, starts)
    left = total != 0
    return EdgeSet(low[starts][left], high[starts][left], total[left])


def _first(low: Nodes, high: Nodes) -> NDArray[np.bool_]:
    """Tell which edges, in order, are not the same as the one before."""
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return first


def ends(parts: Sequence[EdgeSet]) -> tuple[Nodes, Nodes]:
    """Return the lesser and the greater end of every edge of the parts, each edge once, in order."""
    none = np.zeros(0, np.uint64)
    low, high = (np.concatenate([none, *(getattr(part, name) for part in parts)]) for name in ("low", "high"))
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    once = _first(low, high)
    return low[once], high[once]


def total(parts: Sequence[EdgeSet]) -> EdgeSet:
    """Return the edges of all parts, with their counts added."""
    if not parts:
        return EdgeSet(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int64))
    return _summed(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("low", "high", "count")))


def difference(before: EdgeSet, after: EdgeSet) -> EdgeSet:
    """Return what must be added to `before` to make `after`; its closed chains bound all that changed."""
    gone, come = _unshared(before, after)
    return _summed(
        np.concatenate([before.low[gone], after.low[come]]),
        np.concatenate([before.high[gone], after.high[come]]),
        np.concatenate([-before.count[gone], after.count[come]]),
    )


def _unshared(one: EdgeSet, other: EdgeSet) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which edges of each the other has not got alike: both are in order, so ends are found by searching."""
    lacks, lacked = np.ones(len(one), dtype=bool), np.ones(len(other), dtype=bool)
    open_, at = np.arange(len(one)), np.searchsorted(other.low, one.low)
    while len(open_):
        there = at < len(other)
        open_, at = open_[there], at[there]
        alike = one.low[open_] == other.low[at]
        open_, at = open_[alike], at[alike]
        met = one.high[open_] == other.high[at]
        same = met & (one.count[open_] == other.count[at])
        lacks[open_[same]] = lacked[at[same]] = False
        open_, at = open_[~met], at[~met] + 1
    return lacks, lacked


def winding(points: Floats, edges: EdgeSet, index: shapely.STRtree | None = None) -> NDArray[np.int64]:
    """Return how often the edges wind round each point (n × 2, degrees); no point may lie on an edge.

    `index` is the points' own `tree`, where they are asked about more than once.

    >>> winding(np.array([[0.5, 0.5], [1.5, 0.5]]), of(shapely.box(0, 0, 1, 1)))
    array([1, 0])
    """
    total = np.zeros(len(points), dtype=np.int64)
    start, end = edges.start, edges.end
    point, edge = near(index or tree(points), start, end)
    np.add.at(total, point, crossings(points[point], start[edge], end[edge], edges.count[edge]))
    return total


def tree(points: Floats) -> shapely.STRtree:
    """Return an index of points (n × 2)."""
    return shapely.STRtree(np.asarray(shapely.points(points), dtype=object))


def near(points: shapely.STRtree, start: Floats, end: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the (point, edge) pairs where a ray eastward from an indexed point can meet the edge."""
    south, north = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    west = np.full(len(start), -181.0)
    reach = shapely.box(west, south, np.maximum(start[:, 0], end[:, 0]), north)
    edge, point = points.query(reach)
    return point, edge


def crossings(points: Floats, start: Floats, end: Floats, count: Counts) -> Counts:
    """Return the signed crossings of each eastward ray with its edge (row by row)."""
    up = (start[:, 1] <= points[:, 1]) & (points[:, 1] < end[:, 1])
    down = (end[:, 1] <= points[:, 1]) & (points[:, 1] < start[:, 1])
    along, off = end - start, points - start
    left = along[:, 0] * off[:, 1] - along[:, 1] * off[:, 0]
    return np.where(up & (left > 0), count, np.where(down & (left < 0), -count, 0))


def polygons(edges: EdgeSet) -> BaseGeometry:
    """Return the ground whose boundary the edges are: every face that they wind round a positive number of times."""
    if not len(edges):
        return shapely.MultiPolygon()
    lines = shapely.linestrings(np.stack([edges.start, edges.end], axis=1))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    held = shapely.union_all(faces[winding(inside, edges) > 0])
    return shapely.MultiPolygon(list(shapely.get_parts(held)))
