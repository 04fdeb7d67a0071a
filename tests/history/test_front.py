"""The front of a drawn-up coast, border and river, against lengths from GeographicLib."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from frontgis.catalog import Units
from frontgis.geo.plane import Plane, length_km
from frontgis.geo.polygons import multipolygon
from frontgis.history import front
from frontgis.history.division import Division
from frontgis.model import Side, Status
from tests.builders import snapshot


def dense(shape):
    """Return a shape with vertices so near that its edges are the same in every projection."""
    return shapely.segmentize(shape, 0.02)


PLANE = Plane("+proj=laea +lat_0=48.5 +lon_0=34 +datum=WGS84 +units=m")
SETTING = front.Setting(
    state=dense(shapely.box(30, 45, 38, 52)),
    abroad=dense(shapely.box(38, 45, 42, 52)),
    sea=dense(shapely.box(30, 43, 42, 45)),
    rivers=shapely.LineString([(34, 45), (34, 47)]),
    plane=PLANE,
)


def geodesic_km(*points):
    return sum(Geodesic.WGS84.Inverse(b, a, d, c)["s12"] for (a, b), (c, d) in pairwise(points)) / 1000


def by_kind(regions, *, side=Side.RU):
    made = snapshot("2025-01-01", [(status, dense(ground)) for status, ground in regions])
    found = front.line(made, SETTING, tolerance_m=0, side=side)
    return {part.kind: part.km for part in found.parts}


def test_coast_and_quiet_border_are_no_front():
    held = shapely.box(35, 45, 38, 48)
    assert by_kind([(Status.OCCUPIED, held)]) == {
        "unmapped": pytest.approx(geodesic_km((35, 45), (35, 48), (38, 48)), abs=3)
    }


def test_what_lies_beyond_names_the_kind():
    held = shapely.box(34, 45, 38, 48)
    found = by_kind([(Status.OCCUPIED, held), (Status.CONTESTED, shapely.box(34, 48, 36, 48.2))])
    assert found["river"] == pytest.approx(geodesic_km((34, 45), (34, 47)), abs=7)
    assert found["contested"] == pytest.approx(geodesic_km((34, 48), (36, 48)), abs=0.2)
    assert found["unmapped"] == pytest.approx(geodesic_km((34, 47), (34, 48)) + geodesic_km((36, 48), (38, 48)), abs=7)


def test_fighting_beyond_the_border_makes_it_front():
    held = shapely.box(35, 45, 38, 48)
    beyond = shapely.box(38, 46, 39, 47)
    found = by_kind([(Status.OCCUPIED, held), (Status.INCURSION_UA, beyond)])
    assert found["border"] == pytest.approx(geodesic_km((38, 46), (38, 47)), abs=2.5)
    assert found["incursion"] == pytest.approx(geodesic_km((38, 46), (39, 46), (39, 47), (38, 47)), abs=2.5)


def test_ground_held_by_nobody_has_no_front():
    assert by_kind([(Status.LIBERATED, shapely.box(35, 45, 36, 46))]) == {}


@given(st.integers(3, 40), st.sampled_from([0, 100, 1000, 5000]))
def test_a_coarser_line_is_no_longer_and_units_sum_to_the_whole(teeth, tolerance):
    top = [(35 + 2 * n / teeth, 48 + 0.02 * (n % 2)) for n in range(teeth + 1)]
    held = dense(shapely.Polygon([(37, 47), (35, 47), *top]))
    made = snapshot("2025-01-01", [(Status.OCCUPIED, held)])
    fine = front.line(made, SETTING, tolerance_m=0)
    coarse = front.line(made, SETTING, tolerance_m=tolerance)
    assert coarse.km <= fine.km + 1e-6
    halves = [multipolygon(shapely.box(30, 45, 36, 52)), multipolygon(shapely.box(36, 45, 37, 52))]
    units = Units(("W", "E"), ("West", "East"), np.array(halves, dtype=object), "halves")
    rows = coarse.table(Division(units, SETTING.sea))
    assert sum(row.km for row in rows) == pytest.approx(coarse.km, rel=1e-4)  # a straight cut of a geodesic
    assert sum(row.km for row in coarse.table()) == pytest.approx(coarse.km, rel=1e-12)


def test_length_is_that_of_the_geodesic():
    points = [(30.75, 46.49), (33.52, 44.62), (36.1, 45.3)]
    assert length_km(shapely.LineString(points)) == pytest.approx(geodesic_km(*points), rel=1e-9)


def test_a_slit_between_two_kinds_of_held_ground_is_no_front():
    before, since = shapely.box(35, 45, 36, 48), shapely.box(36.0003, 45, 38, 48)
    whole = by_kind([(Status.OCCUPIED, shapely.box(35, 45, 38, 48))])
    parted = by_kind([(Status.OCCUPIED_BEFORE_2022, before), (Status.OCCUPIED, since)])
    assert parted == {kind: pytest.approx(km, abs=0.2) for kind, km in whole.items()}


def test_ground_of_the_other_side_whose_parts_overlap_in_the_plane_is_mended():
    south, north = shapely.box(34, 45, 38, 46), shapely.box(35.9, 46.0001, 36.1, 46.5)
    across = shapely.Polygon([(36, 45.5), (37, 46.0002), (36, 46.3), (35, 46.0002)])
    held = shapely.MultiPolygon([south, north])
    assert not PLANE.project(held).is_valid
    made = snapshot("2025-01-01", [(Status.OCCUPIED, held), (Status.CONTESTED, across.difference(held))])
    assert front.line(made, SETTING, tolerance_m=0, side=Side.UA).parts == ()


def test_a_slit_of_millimetres_is_no_front_either():
    slits = [[(35 + n * 0.1, 46), (35.0000001 + n * 0.1, 46), (35.02 + n * 0.1, 46.01)] for n in range(1, 9)]
    whole, slit = shapely.box(35, 45, 36, 47), shapely.Polygon(shapely.box(35, 45, 36, 47).exterior, slits)
    expected = by_kind([(Status.OCCUPIED, whole)])
    assert by_kind([(Status.OCCUPIED, slit)]) == {kind: pytest.approx(km, abs=0.01) for kind, km in expected.items()}
