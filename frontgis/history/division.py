"""Units of a theatre as an exhaustive division of any ground: the units, the sea, and what lies outside."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Units
from frontgis.geo import arrangement
from frontgis.geo.area import Method, areas_km2
from frontgis.geo.polygons import multipolygon
from frontgis.history.later import Later

SEA: Final = "sea"
OUTSIDE: Final = "outside"
NOISE: Final = "noise"

_SETTLED: Final = 1e-9
"""Ground whose parts in units sum to the whole within this share has no part in the sea or outside."""


@dataclass(frozen=True)
class Division:
    """Divide ground among units; what lies in none of them is `sea` or `outside`."""

    units: Units
    sea: Later[BaseGeometry] = Later()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the units, then `sea` and `outside`: the columns of `shares`."""
        return (*self.units.ids, SEA, OUTSIDE)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the units, then those of `sea` and `outside`."""
        return (*self.units.names, "sea", "outside all units")

    @cached_property
    def whole(self) -> BaseGeometry:
        """Return the union of the units."""
        units = self.units.geometry
        return shapely.coverage_union_all(units) if shapely.coverage_is_valid(units) else shapely.union_all(units)

    @cached_property
    def km2(self) -> NDArray[np.float64]:
        """Return the area of each unit."""
        return areas_km2(self.units.geometry)

    @cached_property
    def borders(self) -> NDArray[np.object_]:
        """Return the border segments of the units and the sea, each once."""
        return arrangement.borders(np.append(self.units.geometry, [self.sea]))

    @cached_property
    def border_tree(self) -> shapely.STRtree:
        """Return an index of the border segments."""
        return shapely.STRtree(self.borders)

    def places(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the column of `ids` in which each point (n × 2, lon/lat) lies."""
        found = np.full(len(points), len(self.ids) - 1, dtype=np.int64)
        shapes = np.asarray(shapely.points(points), dtype=object)
        shapely.prepare(self.sea)
        found[shapely.intersects(self.sea, shapes)] = len(self.ids) - 2
        unit, point = shapely.STRtree(shapes).query(self.units.geometry, predicate="contains")
        found[point] = unit
        return found

    def shares(self, geometries: NDArray[np.object_], *, method: Method = "exact") -> NDArray[np.float64]:
        """Return the km² of each geometry in each unit, in the sea and outside (rows by columns of `ids`)."""
        result = np.zeros((len(geometries), len(self.ids)))
        of, unit = shapely.STRtree(self.units.geometry).query(geometries, predicate="intersects")
        pieces = shapely.intersection(geometries[of], self.units.geometry[unit])
        result[of, unit] = areas_km2(pieces, method=method)
        wholes = areas_km2(geometries, method=method)
        for index in np.flatnonzero(wholes - result.sum(axis=1) > _SETTLED * wholes):
            rest = multipolygon(shapely.difference(geometries[index], self.whole))
            wet = shapely.intersection(rest, self.sea)
            result[index, -2:] = areas_km2([wet, shapely.difference(rest, self.sea)], method=method)
        return result
