"""Buffers that are true on the ellipsoid: ground in small pieces, each in an azimuthal plane of its own.

In an azimuthal equidistant plane a circle round a point s km from the centre is off by (s / R)² / 6, whatever its
radius: 0.02 % at 230 km, the farthest that a piece reaches. Simplifying at a part of the radius and drawing arcs by
chords add about as much each, so that the edge lies within 0.1 % of the radius.
"""

import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.geo.plane import Plane
from frontgis.model import InputError

ACCURACY: Final = 0.001
"""The edge of a buffer lies within this part of its radius."""

_SIMPLER: Final = ACCURACY / 4
_ARC: Final = 24
_CELL_DEG: Final = (4.0, 3.0)
_STEP_DEG: Final = 0.25
_KM_IN_DEGREE: Final = 111.4
_HALF_TURN: Final = 180.0
_POLAR_DEG: Final = 85.0


def buffer(ground: BaseGeometry, km: float, *, within: BaseGeometry | None = None) -> BaseGeometry:
    """Return the ground (polygons or points, lon/lat) and what lies within km of it along a geodesic.

    With `within`, only that ground is filled truly; beyond it what is returned may lack something.
    Raises InputError for a negative or infinite distance, for positions past 85 degrees of latitude, and where the
    buffer would cross the 180th meridian.

    >>> west, south, east, north = buffer(shapely.Point(34, 48), 400).bounds
    >>> round(east - west, 2), round(north - south, 2)
    (10.73, 7.19)
    """
    if not (math.isfinite(km) and km >= 0):
        raise InputError(f"a distance must be 0 km or more, not {km:g}")
    if km == 0 or ground.is_empty:
        return ground
    _check(ground, km)
    plain = shapely.simplify(ground, km * _SIMPLER / _KM_IN_DEGREE)
    cells = _edge_cells(plain)
    if within is not None:
        cells = cells[_dwithin(shapely.difference(within, plain), cells, km)]
    pieces = shapely.segmentize(shapely.intersection(plain, cells), _STEP_DEG)
    return shapely.union_all([plain, *(_grown(piece, km) for piece in pieces)])


def _check(ground: BaseGeometry, km: float) -> None:
    west, south, east, north = ground.bounds
    reach = 1.01 * km / _KM_IN_DEGREE
    latitude = max(abs(south), abs(north)) + reach
    sine = math.sin(math.radians(reach)) / math.cos(math.radians(max(abs(south), abs(north))))
    if latitude > _POLAR_DEG or sine >= 1 or max(abs(west), abs(east)) + math.degrees(math.asin(sine)) > _HALF_TURN:
        raise InputError(f"a buffer of {km:g} km reaches past {_POLAR_DEG:g} degrees of latitude or round the globe")


def _edge_cells(ground: BaseGeometry) -> NDArray[np.object_]:
    """Return the cells that the edge of ground meets: what lies deeper adds nothing."""
    west, south, east, north = ground.bounds
    width, height = _CELL_DEG
    columns = np.arange(math.floor(west / width), math.ceil(east / width) + 1) * width
    rows = np.arange(math.floor(south / height), math.ceil(north / height) + 1) * height
    corners = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    cells = np.asarray(shapely.box(*corners.T, *(corners + _CELL_DEG).T), dtype=object)
    shapely.prepare(ground)
    return cells[shapely.intersects(ground, cells) & ~shapely.contains_properly(ground, cells)]


def _dwithin(ground: BaseGeometry, cells: NDArray[np.object_], km: float) -> NDArray[np.bool_]:
    """Tell which cells may lie within km of ground, by degrees of longitude as short as they get."""
    shortest = np.abs(shapely.bounds(cells)[:, [1, 3]]).max(axis=1) + km / _KM_IN_DEGREE
    degrees = 1.02 * km / (_KM_IN_DEGREE * np.cos(np.radians(np.minimum(shortest, _POLAR_DEG))))
    shapely.prepare(ground)
    return np.asarray(shapely.dwithin(ground, cells, degrees))


def _grown(piece: BaseGeometry, km: float) -> BaseGeometry:
    west, south, east, north = piece.bounds
    plane = Plane(f"+proj=aeqd +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84 +units=m +no_defs")
    round_ = shapely.buffer(plane.project(piece), km * 1000, quad_segs=_ARC)
    return plane.unproject(shapely.segmentize(round_, _STEP_DEG * _KM_IN_DEGREE * 1000))
