"""Planes, snapping and simplifying shared by the layer modules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Geod, Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray

Geometries = Any  # an object array of shapely geometries

FRAME = (13.5, 40.5, 48.5, 57.5)
THEATRE = (21.0, 43.0, 43.0, 54.0)
PLANE = "+proj=laea +lat_0=48.5 +lon_0=32 +datum=WGS84 +units=m"
GRID_DEG = 1e-6
AREAL = 2  # the dimension of polygons
GEOD = Geod(ellps="WGS84")


@cache
def _transformer(forward: bool) -> Transformer:  # noqa: FBT001 — a cache key
    ends = ("EPSG:4326", PLANE) if forward else (PLANE, "EPSG:4326")
    return Transformer.from_crs(*ends, always_xy=True)


def _apply(geometry: Geometries, *, forward: bool) -> Any:
    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_transformer(forward).transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry, move)


def to_plane(geometry: Geometries) -> Any:
    """Project lon/lat degrees to the build's equal-area plane in metres."""
    return _apply(geometry, forward=True)


def to_lonlat(geometry: Geometries) -> Any:
    """Project metres of the build's plane to lon/lat, rounded to the shipped grid."""
    back = _apply(geometry, forward=False)
    return shapely.transform(back, lambda xy: np.round(xy, 6))


def polygons(geometry: Any) -> Any:
    """Return only the polygonal part of `geometry`, as one valid geometry."""
    valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(valid)))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == AREAL])


def area_km2(geometry: Any) -> float:
    """Return the geodesic area of a lon/lat geometry."""
    return abs(GEOD.geometry_area_perimeter(geometry)[0]) / 1e6


def clip_rings(rings: list[Any], box: tuple[float, float, float, float]) -> Any:
    """Build one valid lon/lat geometry from GeoJSON polygons, clipped to `box` before any repair.

    Repairing a whole country first takes minutes; clipping first takes seconds.
    """
    kept = []
    for rows in rings:
        shell = np.asarray(rows[0])[:, :2]
        low, high = shell.min(axis=0), shell.max(axis=0)
        if low[0] > box[2] or high[0] < box[0] or low[1] > box[3] or high[1] < box[1]:
            continue
        holes = [hole for hole in (np.asarray(row)[:, :2] for row in rows[1:]) if _meets(hole, box)]
        kept.append(shapely.clip_by_rect(shapely.Polygon(shell, holes), *box))
    parts = shapely.get_parts(np.array(kept, dtype=object))
    return (
        polygons(shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]))
        if len(parts)
        else shapely.MultiPolygon()
    )


def _meets(ring: NDArray[np.float64], box: tuple[float, float, float, float]) -> bool:
    low, high = ring.min(axis=0), ring.max(axis=0)
    return bool(low[0] <= box[2] and high[0] >= box[0] and low[1] <= box[3] and high[1] >= box[1])


def clean_coverage(geometry: Geometries) -> Any:
    """Snap a metre-plane coverage to whole metres and close its gaps and overlaps."""
    return snap_coverage(np.asarray(geometry, dtype=object), 1.0)


def snap_coverage(geometry: Geometries, grid: float) -> Any:
    """Snap a coverage to a grid in its own units and close its gaps and overlaps."""
    clean: Any = shapely.coverage_clean  # type: ignore[attr-defined]  # newer than the stubs
    return clean(shapely.set_precision(geometry, grid))
