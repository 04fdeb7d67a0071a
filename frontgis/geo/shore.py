"""The nearest shore: lines as short straight pieces in a plane, and how far points lie from them."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]

_NODE: Final = 4
"""Children a node of the tree has: with few, the search for one nearest piece passes most of them over."""


def pieces(lines: BaseGeometry, *, step_m: float) -> Shapes:
    """Return lines (in metres) as straight pieces of two vertices, none longer than `step_m`."""
    parts = shapely.get_parts(shapely.segmentize(lines, step_m))
    points, part = shapely.get_coordinates(parts, return_index=True)
    joined = part[1:] == part[:-1]
    ends = np.stack([points[:-1][joined], points[1:][joined]], axis=1)
    return np.asarray(shapely.linestrings(ends), dtype=object)


def middles(lines: Shapes) -> Shapes:
    """Return the middle of each straight piece as a point."""
    return np.asarray(shapely.line_interpolate_point(lines, 0.5, normalized=True), dtype=object)


def nearest_m(points: Shapes, lines: Shapes) -> Floats:
    """Return how far each point lies from the nearest piece, in metres of their plane; infinite where there is none.

    >>> nearest_m(shapely.points([[0.0, 3.0]]), pieces(shapely.LineString([(0, 0), (9, 0)]), step_m=1)).tolist()
    [3.0]
    """
    if not len(lines):
        return np.full(len(points), np.inf)
    found = shapely.STRtree(lines, node_capacity=_NODE).nearest(points)
    return np.asarray(shapely.distance(points, lines[found]), dtype=np.float64)


def nearest_points(points: Shapes, lines: Shapes) -> Shapes:
    """Return the point of the nearest piece that is nearest to each point; there must be a piece."""
    found = shapely.STRtree(lines, node_capacity=_NODE).nearest(points)
    return np.asarray(shapely.get_point(shapely.shortest_line(points, lines[found]), 1), dtype=object)
