"""Cells round places: the council that a place lies in, shared out where it has several; abroad, the nearest place.

A cell is the ground that a statement about its place speaks for. Cells do not overlap, no cell crosses a state border,
and none crosses a barrier (a great river) but for ground too small to matter.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.geo.polygons import mend, multipolygon

if TYPE_CHECKING:
    from collections.abc import Callable

Shapes: TypeAlias = NDArray[np.object_]
Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]

GRID_M: Final = 1.0
NOBODY: Final = -1

_GAP_M: Final = 1500.0
"""Councils as packaged leave gaps; narrower ones than this belong to the neighbour with the longest border."""

_ALONE_M: Final = 1000.0
_REACH_M: Final = 10_000.0
_SMALL_M2: Final = 200_000.0


@dataclass(frozen=True)
class Cells:
    """Hold cells that do not overlap (metres): `point` is where each speaks from, `place` whose it is (−1: nobody's).

    `country` tells apart the cells on either side of a state border.
    """

    shape: Shapes
    point: Floats
    place: Numbers
    country: Numbers

    def __len__(self) -> int:
        return len(self.shape)


def partition(
    councils: Shapes, lands: Shapes, points: Floats, barrier: BaseGeometry, bed: BaseGeometry | None = None
) -> Cells:
    """Return the cells of points (n × 2) in countries; `councils` divide the first of `lands`, all in metres.

    In the other lands a place's cell is what lies nearest to it and within 10 km. The `bed` of the barrier is in no
    cell; a place in it or in no council has 1 km round it.
    """
    home, *abroad = lands
    dry = home if bed is None else shapely.difference(home, bed)
    at_home = _alone(*_shared(_cut(_clean(councils), dry), points), points, home)
    parts = [at_home, *(_nearest(points, land) for land in abroad)]
    divided = [_divided(shape, place, barrier) for shape, place in parts]
    country = np.repeat(np.arange(len(parts)), [len(shape) for shape, _ in divided])
    shape, place = (np.concatenate([part[n] for part in divided]) for n in range(2))
    return _cells(shape, place, country, points)


def _divided(shape: Shapes, place: Numbers, barrier: BaseGeometry) -> tuple[Shapes, Numbers]:
    """Return the cells of one country without overlaps, cut along a barrier."""
    shape, source = _banks(shape, barrier)
    shape = _clean(shape)
    there = ~shapely.is_empty(shape)
    return shape[there], place[source][there]


def _clean(shapes: Shapes) -> Shapes:
    """Return polygons on a grid of 1 m without overlaps, edges matched, narrow gaps given away."""
    snapped = shapely.set_precision(np.array([multipolygon(mend(shape)) for shape in shapes], dtype=object), GRID_M)
    clean: Callable[..., Shapes] = shapely.coverage_clean  # type: ignore[attr-defined] # newer than the stubs
    return clean(snapped, gap_width=_GAP_M)


def _cut(shapes: Shapes, land: BaseGeometry) -> Shapes:
    """Return what of each polygon lies in a land."""
    shapely.prepare(land)
    found = shapes.copy()
    for index in np.flatnonzero(~shapely.contains_properly(land, shapes)):
        found[index] = multipolygon(shapely.intersection(shapes[index], land))
    return found[~shapely.is_empty(found)]


def _shared(councils: Shapes, points: Floats) -> tuple[Shapes, Numbers]:
    """Return councils with the places in them, those of several places divided by nearness, those of none nobody's."""
    which, point = shapely.STRtree(_points(points)).query(councils, predicate="contains")
    shapes, places = [], []
    for index, council in enumerate(councils):
        inside = _apart(point[which == index], points)
        if len(inside) < 2:  # noqa: PLR2004 - one place has the council for itself
            shapes.append(council)
            places.append(int(inside[0]) if len(inside) else NOBODY)
            continue
        for place, ground in zip(inside, _voronoi(points[inside], council), strict=True):
            shapes.append(ground)
            places.append(int(place))
    return np.array(shapes, dtype=object), np.array(places, dtype=np.int64)


def _alone(shapes: Shapes, places: Numbers, points: Floats, home: BaseGeometry) -> tuple[Shapes, Numbers]:
    """Return cells with those of the places at home that are in none: 1 km round them, taken from the others."""
    left = np.setdiff1d(np.flatnonzero(np.isfinite(points).all(axis=1)), places)
    spots = _points(points[left])
    near = np.unique(shapely.STRtree(shapes).query(spots, predicate="dwithin", distance=_ALONE_M)[0])
    left = _apart(np.concatenate([places[places != NOBODY], left[near]]), points)[len(places[places != NOBODY]) :]
    left = left[shapely.contains(home, _points(points[left]))]
    round_ = shapely.intersection(shapely.buffer(_points(points[left]), _ALONE_M), home)
    rest = shapely.difference(shapes, shapely.union_all(round_)) if len(left) else shapes
    return np.concatenate([rest, np.asarray(round_, dtype=object)]), np.concatenate([places, left])


def _apart(which: Numbers, points: Floats) -> Numbers:
    """Return the chosen points without those that lie where an earlier one does."""
    _, first = np.unique(np.round(points[which]), axis=0, return_index=True)
    return np.asarray(which[np.sort(first)])


def _nearest(points: Floats, land: BaseGeometry) -> tuple[Shapes, Numbers]:
    """Return for the places in a land what of it lies nearest to each, within 10 km."""
    every = _points(points)
    shapely.prepare(land)
    inside = _apart(np.flatnonzero(shapely.contains(land, every)), points)
    if not len(inside):
        return np.zeros(0, dtype=object), np.zeros(0, dtype=np.int64)
    near = shapely.intersection(shapely.buffer(every[inside], _REACH_M), land)
    ground = _voronoi(points[inside], shapely.box(*shapely.total_bounds(near)))
    return np.asarray(shapely.intersection(ground, near), dtype=object), inside


def _voronoi(points: Floats, within: BaseGeometry) -> Shapes:
    """Return for each point (n × 2) what of a polygon lies nearest to it."""
    if len(points) == 1:
        return np.array([within], dtype=object)
    found = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=within, ordered=True)
    return np.asarray(shapely.intersection(shapely.get_parts(found), within), dtype=object)


def _banks(shapes: Shapes, barrier: BaseGeometry) -> tuple[Shapes, Numbers]:
    """Return polygons with those that a barrier crosses cut along it, and which one each part comes from."""
    source = np.arange(len(shapes))
    crossed = shapely.STRtree(shapes).query(barrier, predicate="crosses") if not barrier.is_empty else source[:0]
    parts, of = [np.delete(shapes, crossed)], [np.delete(source, crossed)]
    for index in np.sort(crossed):
        lines = shapely.union_all([shapes[index].boundary, shapely.intersection(barrier, shapes[index])])
        faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
        faces = faces[shapely.intersects(shapes[index], shapely.point_on_surface(faces))]
        large = shapely.area(faces) >= _SMALL_M2
        pieces = faces[large] if large.sum() > 1 else shapes[index : index + 1]
        parts.append(pieces)
        of.append(np.full(len(pieces), index))
    return np.concatenate(parts), np.concatenate(of)


def _cells(shape: Shapes, place: Numbers, country: Numbers, points: Floats) -> Cells:
    """Return cells; of the parts of a divided cell the one with the place in it keeps the place."""
    own = np.flatnonzero(place != NOBODY)
    away = own[~shapely.intersects(shape[own], _points(points[place[own]]))]
    place = place.copy()
    place[away] = NOBODY
    _, first = np.unique(place, return_index=True)  # a place on the barrier itself lies in two
    place[np.setdiff1d(np.arange(len(place)), first)] = NOBODY
    point = shapely.get_coordinates(shapely.point_on_surface(shape))
    named = place != NOBODY
    point[named] = points[place[named]]
    return Cells(shape, point, place, country)


def _points(points: Floats) -> Shapes:
    return np.asarray(shapely.points(points), dtype=object)


def neighbours(cells: Cells, barrier: BaseGeometry) -> tuple[Numbers, Floats]:
    """Return the pairs (n × 2) of cells of one country that lie side by side, and how far apart their points are.

    Cells parted by a barrier are no neighbours.
    """
    one, other = shapely.STRtree(cells.shape).query(cells.shape, predicate="intersects")
    chosen = (one < other) & (cells.country[one] == cells.country[other])
    one, other = one[chosen], other[chosen]
    between = np.asarray(shapely.linestrings(np.stack([cells.point[one], cells.point[other]], axis=1)), dtype=object)
    shapely.prepare(barrier)
    open_ = ~shapely.intersects(barrier, between)
    return np.column_stack([one, other])[open_], shapely.length(between[open_])
