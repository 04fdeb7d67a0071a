"""Geometry taken apart into its rings and lines, and put together from coordinates."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def lines(geometry: BaseGeometry) -> list[tuple[bool, NDArray[np.float64]]]:
    """Return every ring (True) and line (False) of a geometry as its lon/lat coordinates."""
    found: list[tuple[bool, NDArray[np.float64]]] = []
    for part in shapely.get_parts(geometry, return_index=False):
        if part.geom_type == "Polygon":
            found += [(True, shapely.get_coordinates(ring)) for ring in shapely.get_rings(part)]
        elif part.geom_type in ("LineString", "LinearRing"):
            found.append((False, shapely.get_coordinates(part)))
        elif part.geom_type not in ("Point", "MultiPoint"):
            found += lines(part)
    return found


def points(xy: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return a point a row."""
    return np.asarray(shapely.points(xy.reshape(-1, 2)), dtype=object)
