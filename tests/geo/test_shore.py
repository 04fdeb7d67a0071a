"""Distances to a shore in the plane of the shipped waters, against geodesics."""

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from frontgis.analysis.waters import waters_of
from frontgis.catalog import shipped
from frontgis.geo import shore
from frontgis.geo.plane import length_km

HALF_PIECE_M = 250
WITHIN = 0.0003


@pytest.fixture(scope="module")
def waters():
    return waters_of(shipped())


def lonlat(plane, shapes):
    return np.array([plane.unproject(shape).coords[0] for shape in shapes])


def test_distances_to_the_states_coast_are_geodesic(waters):
    cells = waters.points[:: len(waters.points) // 80]
    coast = waters.coast[waters.ours]
    found = shore.nearest_m(cells, coast)
    ends = waters.plane.unproject(shapely.multipoints(shapely.get_coordinates(coast)))
    marks = np.unique(shapely.get_coordinates(ends), axis=0)
    geod = Geod(ellps="WGS84")
    for (lon, lat), metres in zip(lonlat(waters.plane, cells), found, strict=True):
        many = np.full(len(marks), lon), np.full(len(marks), lat)
        least = geod.inv(*many, marks[:, 0], marks[:, 1])[2].min()
        assert metres <= least * (1 + WITHIN)
        assert least * (1 - WITHIN) <= np.hypot(metres, HALF_PIECE_M)


def test_a_distance_is_that_to_the_nearest_point_by_geographiclib(waters):
    cells = waters.points[:: len(waters.points) // 40]
    coast = waters.coast[waters.ours]
    ends = lonlat(waters.plane, shore.nearest_points(cells, coast))
    for metres, (a, b), (c, d) in zip(shore.nearest_m(cells, coast), lonlat(waters.plane, cells), ends, strict=True):
        assert metres == pytest.approx(Geodesic.WGS84.Inverse(b, a, d, c)["s12"], rel=WITHIN, abs=0.01)


def test_odesa_to_sevastopol():
    there = Geodesic.WGS84.Inverse(46.49, 30.75, 44.62, 33.52)["s12"] / 1000
    assert there == pytest.approx(299.9, abs=0.05)
    assert length_km(shapely.LineString([(30.75, 46.49), (33.52, 44.62)])) == pytest.approx(there, abs=1e-6)


COORDINATE = st.integers(-1000, 1000).map(float)
LINE = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=6, unique=True).map(shapely.LineString)


@settings(max_examples=50)
@given(LINE, LINE, st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=5))
def test_more_shore_is_never_farther(one, other, places):
    points = shapely.points(np.array(places))
    less, more = shore.pieces(one, step_m=100), shore.pieces(shapely.multilinestrings([one, other]), step_m=100)
    near = shore.nearest_m(points, more)
    assert (near <= shore.nearest_m(points, less) + 1e-9).all()
    assert near == pytest.approx(shapely.distance(points, shapely.union_all([one, other])), abs=1e-6)


def test_without_a_shore_all_is_infinitely_far():
    assert np.isinf(shore.nearest_m(shapely.points(np.zeros((2, 2))), np.zeros(0, dtype=object))).all()


def test_pieces_are_short_and_keep_the_length():
    line = shapely.MultiLineString([[(0, 0), (1234, 0)], [(0, 10), (0, 90), (50, 90)]])
    found = shore.pieces(line, step_m=100)
    assert shapely.length(found).max() <= 100
    assert shapely.length(found).sum() == pytest.approx(line.length)
