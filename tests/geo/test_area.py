"""Areas against GeographicLib on densified edges, and the laws of additivity."""

import itertools

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from frontgis.geo.area import area_km2, areas_km2


def densified_geodesic_km2(ring: np.ndarray, steps: int) -> float:
    polygon = Geodesic.WGS84.Polygon()
    for (lon, lat), (lon2, lat2) in itertools.pairwise(ring):
        for t in np.arange(steps) / steps:
            polygon.AddPoint(lat + t * (lat2 - lat), lon + t * (lon2 - lon))
    return abs(polygon.Compute(reverse=False, sign=True)[2]) / 1e6


def test_exact_equals_densified_geodesics_to_a_billionth():
    ring = np.array([(22.0, 44.5), (39.0, 45.2), (41.5, 51.0), (33.0, 53.5), (24.0, 50.0), (22.0, 44.5)])
    assert area_km2(shapely.Polygon(ring)) == pytest.approx(densified_geodesic_km2(ring, 20_000), rel=1e-9)


def test_the_three_methods_agree_where_edges_are_short():
    circle = shapely.segmentize(shapely.Point(37, 48).buffer(0.5, quad_segs=64), 0.005)
    exact, geodesic, plane = (area_km2(circle, method=m) for m in ("exact", "geodesic", "equal-area"))
    assert geodesic == pytest.approx(exact, rel=1e-6)
    assert plane == pytest.approx(exact, rel=1e-6)


def test_holes_and_orientation():
    shell = [(30, 50), (31, 50), (31, 51), (30, 51)]
    hole = [(30.2, 50.2), (30.4, 50.2), (30.4, 50.4), (30.2, 50.4)]
    whole = area_km2(shapely.Polygon(shell)) - area_km2(shapely.Polygon(hole))
    assert area_km2(shapely.Polygon(shell, [hole])) == pytest.approx(whole, rel=1e-12)
    assert area_km2(shapely.Polygon(shell[::-1], [hole[::-1]])) == pytest.approx(whole, rel=1e-12)
    assert areas_km2([]).shape == (0,)
    collection = shapely.GeometryCollection([shapely.Point(0, 0), shapely.Polygon(shell, [hole])])
    assert area_km2(collection) == pytest.approx(whole, rel=1e-12)
    assert area_km2(shapely.Point(30, 50)) == 0


@given(st.floats(22, 40), st.floats(44, 52), st.floats(0.01, 2), st.floats(0.01, 2), st.floats(0.05, 0.95))
def test_a_cut_polygon_keeps_its_area(west, south, width, height, cut):
    whole = shapely.box(west, south, west + width, south + height)
    line = west + cut * width
    parts = [
        shapely.box(west, south, line, south + height),
        shapely.box(line, south, west + width, south + height),
    ]
    assert areas_km2(parts).sum() == pytest.approx(area_km2(whole), rel=1e-12, abs=1e-9)
