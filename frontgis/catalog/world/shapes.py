"""Lines and outlines that look drawn by nature: rough lines, blobs, cells (plane, km)."""

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

Vertex = tuple[float, float]


def rough(points: Sequence[Vertex], random: Random, *, roughness: float = 0.16, step: float = 1.2) -> list[Vertex]:
    """Return the line through the points with every segment broken by midpoint displacement to `step`."""
    line = [points[0]]
    for start, end in pairwise(points):
        line += [*_between(start, end, random, roughness, step), end]
    return line


def _between(start: Vertex, end: Vertex, random: Random, roughness: float, step: float) -> list[Vertex]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    if math.hypot(dx, dy) <= step:
        return []
    shift = roughness * (2 * random.random() - 1)
    middle = ((start[0] + end[0]) / 2 - shift * dy, (start[1] + end[1]) / 2 + shift * dx)
    before = _between(start, middle, random, roughness, step)
    return [*before, middle, *_between(middle, end, random, roughness, step)]


def blob(centre: Vertex, radius: float, random: Random, *, step: float = 0.7) -> Polygon:
    """Return a rough rounded outline of about the given radius."""
    corners = [
        (
            centre[0] + radius * (0.75 + 0.5 * random.random()) * math.cos(turn * math.tau / 9),
            centre[1] + radius * (0.75 + 0.5 * random.random()) * math.sin(turn * math.tau / 9),
        )
        for turn in range(9)
    ]
    return Polygon(rough([*corners, corners[0]], random, step=step))


def cell_borders(seeds: Sequence[Vertex], frame: Polygon, random: Random) -> list[LineString]:
    """Return the borders between the Voronoi cells of the seeds, rough alike for both cells, past the frame."""
    edges = shapely.voronoi_polygons(MultiPoint([*seeds]), extend_to=frame.buffer(20), only_edges=True)
    segments = sorted(
        tuple(sorted(pair))
        for edge in shapely.get_parts(edges)
        for pair in zip(edge.coords[:-1], edge.coords[1:], strict=True)
    )
    return [LineString(rough(segment, random, roughness=0.13)) for segment in segments]


def faces(lines: Sequence[LineString], *, grid: float) -> NDArray[np.object_]:
    """Return the polygons that the lines enclose, vertices on the grid, so that neighbours share theirs."""
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=grid)
    return np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def nearest(seeds: Sequence[Vertex], point: Point) -> int:
    """Return the index of the seed nearest to the point."""
    return min(range(len(seeds)), key=lambda index: math.dist(seeds[index], (point.x, point.y)))


def polygons(geometry: BaseGeometry) -> MultiPolygon:
    """Return a polygon or several as a multipolygon."""
    return MultiPolygon([part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)])
