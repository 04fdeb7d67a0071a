"""Units, sea and outside share any ground without a rest."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontgis.catalog import Units
from frontgis.geo.area import area_km2
from frontgis.history import control
from frontgis.history.division import Division
from frontgis.model import Status
from tests.builders import snapshot

UNITS = Units(
    ("A", "B"), ("Aland", "Beland"), np.array([shapely.box(30, 46, 32, 50), shapely.box(32, 46, 34, 50)], object), "two"
)
DIVISION = Division(UNITS, shapely.box(28, 44, 36, 46))
boxes = st.tuples(st.floats(28, 35), st.floats(44.2, 50), st.floats(0.01, 3), st.floats(0.01, 3))


@given(boxes)
def test_the_rows_sum_to_the_whole(made):
    west, south, width, height = made
    ground = shapely.box(west, south, west + width, south + height)
    rows = control.area(snapshot("2025-01-01", [(Status.OCCUPIED, ground)]), DIVISION)
    assert sum(row.km2 for row in rows) == pytest.approx(area_km2(ground), rel=1e-12, abs=1e-9)
    found = {row.unit: row.km2 for row in rows}
    assert abs(found["noise"]) < 1e-6
    for unit, shape in zip(UNITS.ids, UNITS.geometry, strict=True):
        assert found.get(unit, 0.0) == pytest.approx(area_km2(shapely.intersection(ground, shape)), rel=1e-9, abs=1e-9)
    assert found["sea"] == pytest.approx(area_km2(shapely.intersection(ground, DIVISION.sea)), rel=1e-9, abs=1e-9)


def test_a_share_is_of_the_units_own_area():
    half = shapely.box(30, 46, 31, 50)
    rows = {row.unit: row for row in control.area(snapshot("2025-01-01", [(Status.OCCUPIED, half)]), DIVISION)}
    assert rows["A"].share == pytest.approx(0.5)
    assert "B" not in rows
    assert rows["sea"].share is rows["outside"].share is rows["noise"].share is None
