"""Cells: they divide the land among its places, never overlap, and stop at borders and rivers."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.analysis.cells import NOBODY, neighbours, partition

KM = 1000.0
COUNCILS = np.array([shapely.box(x * KM, y * KM, (x + 10.2) * KM, (y + 10.1) * KM) for x in (0, 10) for y in (0, 10)])
HOME, ABROAD = shapely.box(0, 0, 20 * KM, 20 * KM), shapely.box(20 * KM, 0, 60 * KM, 20 * KM)
LANDS = np.array([HOME, ABROAD])
RIVER = shapely.LineString([(4 * KM, -1), (4 * KM, 20 * KM + 1)])
NONE = shapely.LineString()

spots = st.tuples(st.integers(300, 39_000), st.integers(300, 19_700)).filter(lambda p: abs(p[0] - 20_000) > 400)
places = st.lists(spots, min_size=1, max_size=8, unique=True).map(lambda found: np.array(found, dtype=np.float64))


@settings(deadline=None)
@given(places, st.booleans())
def test_cells_divide_the_land_and_each_holds_its_place(points, parted):
    cells = partition(COUNCILS, LANDS, points, RIVER if parted else NONE)
    home = cells.shape[cells.country == 0]
    assert all(shapely.coverage_is_valid(cells.shape[cells.country == country]) for country in (0, 1))
    assert abs(shapely.area(home).sum() - HOME.area) < 1
    assert shapely.area(shapely.intersection(home, ABROAD)).sum() == 0
    for place, point in enumerate(points):
        of = np.flatnonzero(cells.place == place)
        assert len(of) == 1
        assert shapely.intersects_xy(cells.shape[of[0]], *point)


def test_abroad_a_cell_reaches_ten_kilometres():
    points = np.array([[30 * KM, 10 * KM]])
    cells = partition(COUNCILS, LANDS, points, NONE)
    mine = cells.shape[cells.place == 0][0]
    assert shapely.hausdorff_distance(mine, shapely.Point(points[0])) <= 10 * KM + 1
    assert mine.area > 250 * KM**2


def test_a_river_parts_a_council_and_its_neighbours():
    points = np.array([[2 * KM, 5 * KM]])
    cells = partition(COUNCILS, LANDS, points, RIVER)
    pairs, metres = neighbours(cells, RIVER)
    assert (cells.place == NOBODY).sum() == 5
    assert (metres > 0).all()
    west = cells.point[:, 0] < 4 * KM
    assert (west[pairs[:, 0]] == west[pairs[:, 1]]).all()


def test_places_on_one_spot_share_a_cell():
    points = np.array([[2 * KM, 5 * KM], [2 * KM, 5 * KM], [3 * KM, 5 * KM]])
    cells = partition(COUNCILS, LANDS, points, NONE)
    assert sorted(cells.place[cells.place != NOBODY]) == [0, 2]
