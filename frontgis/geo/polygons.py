"""Polygons without meaning: taking them out of mixed results, mending rings, telling slivers."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import areas_km2

THIN_M: Final = 0.1


def polygons_of(geometry: BaseGeometry) -> NDArray[np.object_]:
    """Return the polygons of any geometry, collections opened and points and lines left out."""
    parts = shapely.get_parts(np.atleast_1d(shapely.get_parts(geometry)))
    return np.asarray(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON], dtype=object)


def multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    """Return the polygons of any geometry as one multipolygon."""
    return MultiPolygon(list(polygons_of(geometry)))


def mend(geometry: BaseGeometry) -> BaseGeometry:
    """Return valid polygons by the rule `make_valid`: GEOS's structure method, collapsed parts dropped.

    >>> bowtie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    >>> mend(bowtie).is_valid
    True
    """
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def thickness_m(polygons: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return twice the area over the perimeter of each polygon, in metres: the width of a thin one."""
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    perimeter = np.array([geod.geometry_length(polygon.boundary) for polygon in polygons])
    area = areas_km2(polygons) * 1e6
    width: NDArray[np.float64] = np.divide(2 * area, perimeter, out=np.zeros(len(polygons)), where=perimeter > 0)
    return width
