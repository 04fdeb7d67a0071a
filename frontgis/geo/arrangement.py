"""Planar arrangements: lines noded once, the faces between them, and which faces share which sides."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes: TypeAlias = NDArray[np.object_]
Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sides:
    """Hold the sides between faces: the two faces of each (n × 2, −1 where there is none) and its length in metres."""

    faces: Numbers
    length_m: Floats


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Hold the neighbours of every face, face after face: those of face f stand from `start[f]` to `start[f + 1]`."""

    start: Numbers
    other: Numbers
    length_m: Floats
    perimeter_m: Floats

    def of(self, face: Numbers) -> tuple[Numbers, Numbers, Floats]:
        """Return for every neighbour of the given faces: whose it is (a place in `face`), which, the shared length."""
        degree = self.start[face + 1] - self.start[face]
        owner = np.repeat(np.arange(len(face)), degree)
        first = np.repeat(self.start[face] - np.cumsum(degree) + degree, degree)
        place = first + np.arange(len(owner))
        return owner, self.other[place], self.length_m[place]


def neighbours(found: Sides, count: int) -> Neighbours:
    """Return the neighbours of `count` faces."""
    both = (found.faces >= 0).all(axis=1)
    pairs, length = found.faces[both], found.length_m[both]
    one, other = np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.argsort(one, kind="stable")
    twice = np.concatenate([length, length])
    ends, rim = found.faces.ravel(), np.repeat(found.length_m, 2)
    return Neighbours(
        start=np.searchsorted(one[order], np.arange(count + 1)),
        other=other[order],
        length_m=twice[order],
        perimeter_m=np.bincount(ends[ends >= 0], rim[ends >= 0], minlength=count).astype(np.float64),
    )


def faces(lines: Shapes) -> Shapes:
    """Return the polygons between lines, noded where they cross; dangling ends bound nothing."""
    if not len(lines):
        return np.zeros(0, dtype=object)
    noded = shapely.get_parts(shapely.union_all(lines))
    return np.asarray(shapely.get_parts(shapely.polygonize(noded)), dtype=object)


def segments(start: Floats, end: Floats) -> Shapes:
    """Return straight lines between positions (n × 2 each)."""
    if not len(start):
        return np.zeros(0, dtype=object)
    return np.asarray(shapely.linestrings(np.stack([start, end], axis=1)), dtype=object)


def borders(polygons: Shapes) -> Shapes:
    """Return every boundary segment of (multi)polygons, each once though two share it.

    >>> len(borders(np.array([shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)])])))
    8
    """
    start, end, _ = _pieces(polygons)
    first, _ = _once(start, end)
    return segments(start[first], end[first])


def inside(polygons: Shapes) -> Floats:
    """Return a point in the interior of each polygon (n × 2)."""
    return shapely.get_coordinates(shapely.point_on_surface(polygons))


def sides(polygons: Shapes) -> Sides:
    """Return which of the polygons of an arrangement lie on either side of each boundary segment."""
    from pyproj import Geod

    start, end, face = _pieces(polygons)
    first, which = _once(start, end)
    both = np.full((len(first), 2), -1, dtype=np.int64)
    both[:, 0] = face[first]
    second = np.ones(len(face), dtype=bool)
    second[first] = False
    both[which[second], 1] = face[second]
    _, _, length = Geod(ellps="WGS84").inv(start[first, 0], start[first, 1], end[first, 0], end[first, 1])
    return _joined(both, np.asarray(length, dtype=np.float64))


def _joined(both: Numbers, length: Floats) -> Sides:
    key = (both[:, 0] + 1) * (both.max(initial=0) + 2) + both[:, 1] + 1
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return Sides(both[first], np.bincount(which, length, minlength=len(first)).astype(np.float64))


def _pieces(polygons: Shapes) -> tuple[Floats, Floats, Numbers]:
    parts, polygon = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    return points[:-1][follows], points[1:][follows], polygon[part[ring[:-1][follows]]]


def _once(start: Floats, end: Floats) -> tuple[Numbers, Numbers]:
    """Return of segments, whichever way they run, the first of each, and for every one which of those it is."""
    every = np.concatenate([start, end])
    points, node = np.unique(every[:, 0] + 1j * every[:, 1], return_inverse=True)
    one, other = node[: len(start)], node[len(start) :]
    key = np.minimum(one, other) * len(points) + np.maximum(one, other)
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return first, which


def components(count: int, pairs: Numbers) -> Numbers:
    """Return the least member of each one's component, where pairs (n × 2) are joined.

    >>> components(5, np.array([[0, 1], [1, 3]]))
    array([0, 0, 2, 0, 4])
    """
    label = np.arange(count)
    one, other = pairs[:, 0], pairs[:, 1]
    while len(one):
        np.minimum.at(label, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(label, label[label]):
            label = label[label]
        one, other = label[one], label[other]
        apart = one != other
        one, other = one[apart], other[apart]
    return label
