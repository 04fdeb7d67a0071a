"""Snapshots on the grid of 1e-6 degree, on which change is told."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from frontgis.geo import edges
from frontgis.geo.arrangement import components
from frontgis.geo.polygons import multipolygon
from frontgis.model import Region, Snapshot, Status


def course_of(snapshot: Snapshot, status: Status) -> edges.Course:
    """Return the boundary of a status on the grid as it is drawn; polygons of it that overlap are joined before."""
    shapes = [region.geometry for region in snapshot.regions if region.status is status]
    return edges.course(shapes if len(shapes) == 1 else _apart(shapes))


def edges_of(snapshot: Snapshot, status: Status) -> edges.EdgeSet:
    """Return the boundary edges of a status on the grid."""
    return edges.along(course_of(snapshot, status))


def _apart(shapes: list[MultiPolygon]) -> list[BaseGeometry]:
    """Return the polygons of valid shapes, those that overlap joined; those of one shape never do."""
    parts, shape = shapely.get_parts(shapes, return_index=True)
    one, other = shapely.STRtree(parts).query(parts)
    larger = np.argsort(shapely.get_num_coordinates(parts), kind="stable").argsort()
    pairs = np.column_stack([one, other])[(larger[one] > larger[other]) & (shape[one] != shape[other])]
    left, right = parts[pairs.T]
    shapely.prepare(left)
    pairs = pairs[shapely.intersects(left, right) & ~shapely.touches(left, right)]
    label = components(len(parts), pairs)
    joined = np.unique(label[pairs[:, 0]])
    alone = parts[~np.isin(label, joined)]
    return [*alone, *(shapely.union_all(parts[label == number]) for number in joined)]


@lru_cache(maxsize=16)
def on_grid(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot with its ground on the grid, one region a status: a pure function of the snapshot."""
    regions = []
    for status in sorted({region.status for region in snapshot.regions}):
        ground = edges.polygons(edges_of(snapshot, status))
        if not ground.is_empty:
            regions.append(Region(status, str(status), multipolygon(ground)))
    return replace(snapshot, regions=tuple(regions))
