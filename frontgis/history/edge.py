"""How far points lie from the edge of held ground, past the slits that a source leaves between two held statuses."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon

from frontgis.geo.polygons import multipolygon, polygons_of
from frontgis.history.composite import Composite, held
from frontgis.history.lines import Lines, Stands
from frontgis.history.spells import in_version
from frontgis.model import HELD, Side

Shapes: TypeAlias = NDArray[np.object_]
Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

SLIT_M: Final = 100.0
"""Other ground narrower than this between held ground is a slit, and its rims are no edge to what lies inside."""

_PROBES_M: Final = (SLIT_M / 2, SLIT_M, 2.5 * SLIT_M)
_NO_M: Final = 1e-3
_EARTH_M: Final = 4e7


@dataclass(frozen=True)
class Edge:
    """Hold the edge of a side's ground through time, by the lines that bound it; points are in metres."""

    composite: Composite
    lines: Lines
    side: Side = Side.RU

    @cached_property
    def outer(self) -> Stands:
        """Return when each line bounded held ground of any status against other ground."""
        return self.lines.around(HELD[self.side])

    def km(self, points: Shapes, version: Numbers, inside: Bools) -> Floats:
        """Return the km from points to the edge in each one's version, negative for those inside.

        It is NaN where the version is −1 or nothing is held.
        """
        metres, line = self.nearest(points, version)
        rows = np.flatnonzero(inside & (line >= 0))
        rows = rows[self.rims(points[rows], line[rows], version[rows])]
        metres[rows] = [self.past_slits(points[row], int(version[row]), metres[row]) for row in rows.tolist()]
        return np.where(inside, -metres, metres) / 1000

    def nearest(self, points: Shapes, version: Numbers) -> tuple[Floats, Numbers]:
        """Return the metres to the nearest line of each point's version, and that line; NaN and −1 without one."""
        metres, line = np.full(len(points), np.nan), np.full(len(points), -1, dtype=np.int64)
        for number in np.unique(version[version >= 0]):
            rows, there = np.flatnonzero(version == number), self.outer.at(number)
            if len(there):
                tree = shapely.STRtree(self.lines.shapes[there])
                (which, found), far = tree.query_nearest(points[rows], all_matches=False, return_distance=True)
                metres[rows[which]], line[rows[which]] = far, there[found]
        return metres, line

    def rims(self, points: Shapes, line: Numbers, version: Numbers) -> Bools:
        """Tell the points inside whose nearest line may be a slit's: no wide other ground lies straight beyond it.

        A source that knows one held status leaves no slits between several.
        """
        if len(HELD[self.side] & self.lines.statuses) < 2:  # noqa: PLR2004 - several
            return np.zeros(len(points), dtype=bool)
        ends = shapely.get_coordinates(shapely.shortest_line(points, self.lines.shapes[line])).reshape(-1, 2, 2)
        ahead = ends[:, 1] - ends[:, 0]
        ahead /= np.maximum(np.hypot(*ahead.T), _NO_M)[:, None]
        narrow = np.ones(len(points), dtype=bool)
        for metres in _PROBES_M:
            rows = np.flatnonzero(narrow)
            probe = np.asarray(shapely.points(ends[rows, 1] + metres * ahead[rows]), dtype=object)
            clear = ~self._near(probe, version[rows])
            rows, probe = rows[clear], self.lines.plane.unproject_all(probe[clear])
            code, _ = in_version(self.composite, shapely.get_coordinates(probe), version[rows])
            narrow[rows[~held(self.side)[code]]] = False
        return narrow

    def _near(self, points: Shapes, version: Numbers) -> Bools:
        """Tell the points that a line of their version comes nearer to than half the width of a slit."""
        point, line = self.lines.tree.query(points, predicate="dwithin", distance=SLIT_M / 2 - _NO_M)
        found = np.zeros(len(points), dtype=bool)
        found[point[self.outer.stood(line, version[point])]] = True
        return found

    def past_slits(self, point: Point, version: int, least_m: float) -> float:
        """Return the metres from a point inside to the nearest other ground that is no slit, looking ever farther."""
        reach = 2 * least_m + 10 * SLIT_M
        while reach < _EARTH_M:
            box = shapely.box(point.x - reach, point.y - reach, point.x + reach, point.y + reach)
            metres = float(shapely.distance(point, _wide(box, self._within(box, version), point)))
            if metres + 2 * SLIT_M <= reach:  # NaN where there is none
                return metres
            reach *= 2
        return least_m

    def _within(self, box: Polygon, version: int) -> Shapes:
        """Return the lines of a version in a box and a little around it."""
        line = np.sort(self.lines.tree.query(shapely.buffer(box, SLIT_M, join_style="mitre")))
        return np.asarray(self.lines.shapes[line[self.outer.stood(line, np.full(len(line), version))]])


def _wide(box: Polygon, lines: Shapes, inside: Point) -> MultiPolygon:
    """Return the other ground in a box that is as wide as no slit; the way to it crosses an odd number of lines."""
    rims = shapely.line_merge(MultiLineString(list(lines))).buffer(SLIT_M / 2)
    parts = polygons_of(box.difference(rims))
    ways = [LineString([inside, part.representative_point()]) for part in parts]
    other = [np.count_nonzero(shapely.intersects(way, lines)) % 2 == 1 for way in ways]
    wide = MultiPolygon(list(parts[np.array(other, dtype=bool)]))
    return multipolygon(wide.buffer(SLIT_M / 2, join_style="mitre"))
