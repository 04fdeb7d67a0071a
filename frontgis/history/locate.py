"""Where dated points lay: status, since when, distance to held ground, unit, for any table of events."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo.plane import Plane
from frontgis.history.composite import Composite, held
from frontgis.history.edge import Edge
from frontgis.history.lines import lines
from frontgis.history.settlements import LINE_M
from frontgis.history.spells import in_version
from frontgis.model import AsOf, Side

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

NONE: Final = -1
"""The version of a date before the first."""


@dataclass(frozen=True, slots=True)
class Located:
    """Hold one row a point: columns of equal length; rows before the first version have version −1 and NaN.

    `held_km` is the distance to the edge of held ground, negative inside it; `undecided` where any line of the
    version lies within 500 m and the point's own precision.
    """

    version: Numbers
    code: NDArray[np.uint8]
    since_after: Numbers
    since_by: Numbers
    unit: Numbers
    held_km: Floats
    undecided: NDArray[np.bool_]


def versions_at(composite: Composite, moments: list[AsOf]) -> Numbers:
    """Return for each moment the last version at or before its end, −1 where there is none."""
    ends = np.array([as_of.end.timestamp() for as_of in composite.as_of])
    return np.searchsorted(ends, [moment.end.timestamp() for moment in moments], side="right") - 1


def locate(
    composite: Composite,
    points: Floats,
    version: Numbers,
    plane: Plane,
    *,
    side: Side = Side.RU,
    precision_m: float = 0,
) -> Located:
    """Return what is known of points (n × 2, lon/lat), each in its version (−1: before the first).

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> history = History.of(growing(37.4, 37.5))
    >>> points = np.array([[37.45, 48.25], [37.45, 48.25]])
    >>> told = locate(history.composite(), points, np.array([0, 1]), history.catalog.plane())
    >>> told.since_by, told.held_km.round(1), told.undecided
    (array([0, 1]), array([ 3.7, -3.7]), array([False, False]))
    """
    code, since = in_version(composite, points, np.maximum(version, 0))
    drawn, metric = lines(composite, plane), plane.project_all(np.asarray(shapely.points(points), dtype=object))
    return Located(
        version=version,
        code=code,
        since_after=since - 1,
        since_by=since,
        unit=composite.division.places(points),
        held_km=Edge(composite, drawn, side).km(metric, version, held(side)[code] & (version >= 0)),
        undecided=drawn.near_in(metric, version, LINE_M + precision_m),
    )
