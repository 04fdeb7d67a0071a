"""Snapshots on the grid of 1e-6 degree, on which change is told."""

from dataclasses import replace
from functools import lru_cache

import shapely

from frontgis.geo import edges
from frontgis.geo.polygons import multipolygon
from frontgis.model import Region, Snapshot


@lru_cache(maxsize=16)
def on_grid(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot with its ground on the grid, one region a status: a pure function of the snapshot."""
    regions = []
    for status in sorted({region.status for region in snapshot.regions}):
        shapes = [region.geometry for region in snapshot.regions if region.status is status]
        ground = edges.polygons(edges.of(shapely.GeometryCollection(shapes)))
        if not ground.is_empty:
            regions.append(Region(status, str(status), multipolygon(ground)))
    return replace(snapshot, regions=tuple(regions))
