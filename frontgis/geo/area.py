"""Areas on the WGS 84 ellipsoid, by three named methods.

`exact` follows RFC 7946: an edge is straight in longitude and latitude. The area between such an edge and
the equator is an integral of the authalic function q (Snyder, Map Projections, 1987, eq. 3-12), taken by
three-point Gauss quadrature; it is additive over edges, so parts sum to wholes to rounding error.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from pyproj import Transformer

Geometries: TypeAlias = NDArray[np.object_] | Sequence[BaseGeometry]
Floats: TypeAlias = NDArray[np.float64]

Method = Literal["exact", "geodesic", "equal-area"]

_SEMI_MAJOR_M: Final = 6_378_137.0
_FLATTENING: Final = 1 / 298.257223563
_E2: Final = _FLATTENING * (2 - _FLATTENING)
_E: Final = math.sqrt(_E2)
_GAUSS_NODES: Final = np.array([-math.sqrt(0.6), 0.0, math.sqrt(0.6)])
_GAUSS_WEIGHTS: Final = np.array([5.0, 8.0, 5.0]) / 18.0


def _q(sine: Floats) -> Floats:
    part = sine / (1 - _E2 * sine * sine) + np.arctanh(_E * sine) / _E
    return np.asarray((1 - _E2) * part, dtype=np.float64)


def edge_areas_km2(start: Floats, end: Floats) -> Floats:
    """Return the signed km² between each edge (n × 2 lon/lat, degrees) and the equator; eastward is negative.

    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    >>> round(float(edge_areas_km2(square[:-1], square[1:]).sum()), 3)
    12308.464
    """
    width = np.radians(end[:, 0] - start[:, 0])
    middle = (start[:, 1] + end[:, 1]) / 2
    half = (end[:, 1] - start[:, 1]) / 2
    latitude = middle[:, None] + half[:, None] * _GAUSS_NODES
    mean_q = _q(np.sin(np.radians(latitude))) @ _GAUSS_WEIGHTS
    return np.asarray(-width * mean_q * (_SEMI_MAJOR_M**2 / 2e6), dtype=np.float64)


def _exact(polygons: NDArray[np.object_]) -> Floats:
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    inside = ring_of[1:] == ring_of[:-1]
    edges = edge_areas_km2(points[:-1][inside], points[1:][inside])
    return np.bincount(polygon_of[ring_of[:-1][inside]], edges, minlength=len(polygons)).astype(np.float64)


def _geodesic(polygons: NDArray[np.object_]) -> Floats:
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    return np.array([geod.geometry_area_perimeter(polygon)[0] / 1e6 for polygon in polygons])


@cache
def _equal_area_transformer() -> "Transformer":
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", "EPSG:6933", always_xy=True)


def _equal_area(polygons: NDArray[np.object_]) -> Floats:
    def to_plane(lonlat: Floats) -> Floats:
        return np.column_stack(_equal_area_transformer().transform(lonlat[:, 0], lonlat[:, 1]))

    plane = shapely.transform(polygons, to_plane)
    return np.asarray(shapely.area(plane) / 1e6, dtype=np.float64)


_METHODS: Final[dict[Method, Callable[[NDArray[np.object_]], Floats]]] = {
    "exact": _exact,
    "geodesic": _geodesic,
    "equal-area": _equal_area,
}

METHOD_WORDS: Final[dict[Method, str]] = {
    "exact": "WGS 84 ellipsoid, edges straight in longitude and latitude (RFC 7946)",
    "geodesic": "WGS 84 ellipsoid, geodesic edges",
    "equal-area": "EPSG:6933, vertices projected as they stand",
}


def areas_km2(geometries: Geometries, *, method: Method = "exact") -> Floats:
    """Return the km² of the polygons in each geometry (lon/lat degrees); points and lines count 0.

    >>> areas_km2([shapely.box(0, 0, 1, 1)]).round(3)
    array([12308.464])
    """
    parts, part_of = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    deeper, deeper_of = shapely.get_parts(parts, return_index=True)
    flat = shapely.get_type_id(deeper) == shapely.GeometryType.POLYGON
    polygons = shapely.orient_polygons(deeper[flat], exterior_cw=False)
    return np.bincount(part_of[deeper_of[flat]], _METHODS[method](polygons), minlength=len(geometries)).astype(
        np.float64
    )


def area_km2(geometry: BaseGeometry, *, method: Method = "exact") -> float:
    """Return the km² of the polygons in one geometry (lon/lat degrees)."""
    return float(areas_km2([geometry], method=method)[0])
