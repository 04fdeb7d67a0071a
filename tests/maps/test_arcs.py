"""The arcs of a history bound, in every version, the very ground that its snapshot shows."""

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.history import History
from frontgis.history.composite import CODES
from frontgis.history.setting import front_setting
from frontgis.maps.arcs import Arcs, arcs
from frontgis.model import Status


@pytest.fixture(scope="session")
def drawn(history: History) -> Arcs:
    return arcs(history.composite(), front_setting(history.catalog))


def ground(history: History, drawn: Arcs, version: int, status: Status) -> BaseGeometry:
    """Return the polygons within the arcs that have the status on one side only."""
    code = history.composite().code[version]
    one, other = (np.where(side < 0, -1 - side, code[np.maximum(side, 0)]) for side in (drawn.left, drawn.right))
    mine = CODES.index(status)
    lines = [
        shapely.LineString(drawn.points[drawn.start[arc] : drawn.start[arc + 1]])
        for arc in np.flatnonzero((one == mine) != (other == mine))
    ]
    return shapely.build_area(shapely.node(shapely.MultiLineString(lines)))


@pytest.mark.parametrize("place", [0, 7, -1])
def test_arcs_bound_each_versions_ground(history: History, drawn: Arcs, place: int) -> None:
    version = range(len(history.versions))[place]
    shown = history.snapshot(history.versions[version].as_of).by_status
    above: BaseGeometry = shapely.MultiPolygon()
    for status in (code for code in CODES if code in shown):
        own = shapely.difference(shown[status], above)
        apart = shapely.symmetric_difference(own, ground(history, drawn, version, status))
        assert apart.area <= 1e-6 * own.length, status
        above = shapely.union(above, shown[status])


def test_every_arc_parts_two_grounds_and_moves_on(drawn: Arcs) -> None:
    assert (drawn.left < drawn.right).all()
    assert (np.diff(drawn.start) >= 2).all()
    assert drawn.start[-1] == len(drawn.points)
