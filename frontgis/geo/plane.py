"""Metres: a plane for buffers and distances, geodesics for lengths."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from pyproj import Transformer

Shape = TypeVar("Shape", bound=BaseGeometry)


@dataclass(frozen=True)
class Plane:
    """Carry shapes between lon/lat degrees and a metric projection, given as a PROJ string."""

    crs: str

    @cached_property
    def _there(self) -> "Transformer":
        from pyproj import Transformer

        return Transformer.from_crs("OGC:CRS84", self.crs, always_xy=True)

    def project(self, shape: Shape) -> Shape:
        """Return a lon/lat shape in metres, vertices projected as they stand."""
        return shapely.transform(shape, self._forward)

    def project_all(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return lon/lat shapes in metres, vertices projected as they stand."""
        return np.asarray(shapely.transform(shapes, self._forward), dtype=object)

    def unproject(self, shape: Shape) -> Shape:
        """Return a shape in metres in lon/lat degrees."""
        return shapely.transform(shape, self._back)

    def unproject_all(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes in metres in lon/lat degrees."""
        return np.asarray(shapely.transform(shapes, self._back), dtype=object)

    def _forward(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._there.transform(lonlat[:, 0], lonlat[:, 1]))

    def _back(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._there.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))


def length_km(line: BaseGeometry) -> float:
    """Return the geodesic length on the WGS 84 ellipsoid of a lon/lat line.

    >>> round(length_km(shapely.LineString([(30.75, 46.49), (33.52, 44.62)])), 1)
    299.9
    """
    from pyproj import Geod

    return float(Geod(ellps="WGS84").geometry_length(line)) / 1000
