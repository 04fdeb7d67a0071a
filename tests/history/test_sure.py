"""Ranges of made-up ground whose areas are known, in all and by unit."""

import numpy as np
import pytest
import shapely

from frontgis.geo.area import area_km2
from frontgis.history import lookup, sure
from frontgis.history.by_unit import change_by_unit, ground_by_unit
from frontgis.history.composite import build
from frontgis.history.control import ALL, area
from frontgis.history.division import Division
from frontgis.history.panel import series_rows
from frontgis.model import Side, Status
from tests.builders import snapshot, units

WIDTHS = {"2025-01-01": 1.0, "2025-01-02": 1.2, "2025-01-03": 1.1, "2025-01-05": 1.6, "2025-01-06": 1.5}
GREY = shapely.box(39, 48, 39.4, 49)
DIVISION = Division(
    units(west=shapely.box(36, 47, 38, 50), east=shapely.box(38, 47, 40, 50)), shapely.box(36, 46, 40, 47)
)


def held(width):
    return shapely.box(37, 48, 37 + width, 49)


def km2(width):
    return area_km2(held(width))


def about(low, high):
    return sure.Range(pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@pytest.fixture(scope="module")
def snapshots():
    return [snapshot(day, [(Status.OCCUPIED, held(w)), (Status.CONTESTED, GREY)]) for day, w in WIDTHS.items()]


@pytest.fixture(scope="module")
def whole(snapshots):
    return build(snapshots, DIVISION)


def test_area_ranges_over_definition_and_neighbours(whole):
    found = sure.area(whole, 1)
    assert found[ALL].timing == about(km2(1.0), km2(1.2))
    assert found[ALL].definition == about(km2(1.2), km2(1.2) + area_km2(GREY))
    assert found["west"] == sure.Sure(about(km2(1), km2(1)), about(km2(1), km2(1)))
    assert found["east"].timing == about(0, km2(1.2) - km2(1))


@pytest.mark.parametrize(("on", "low", "high"), [(0, 1.0, 1.2), (4, 1.5, 1.6)])
def test_the_first_and_the_last_version_have_one_neighbour(on, low, high, whole):
    assert sure.area(whole, on)[ALL].timing == about(km2(low), km2(high))


def test_change_ranges_over_neighbours_of_both_ends(whole):
    found = sure.change(whole, 1, 3)
    flows = [km2(b) - km2(a) for a in (1.0, 1.2, 1.1) for b in (1.1, 1.6, 1.5)]
    for unit in (ALL, "east"):
        assert found[unit].gained.timing == about(0, max(flows))
        assert found[unit].lost.timing == about(0, -min(flows))
        assert found[unit].net.timing == about(min(flows), max(flows))
        assert found[unit].gained.definition == about(km2(1.6) - km2(1.2), km2(1.6) - km2(1.2))
    assert found["west"].net == sure.Sure(about(0, 0), about(0, 0))


def test_ground_taken_from_the_grey_zone_widens_the_definition():
    before = [(Status.OCCUPIED, held(1)), (Status.CONTESTED, shapely.box(38, 48, 38.4, 49))]
    taken = build([snapshot("2025-01-01", before), snapshot("2025-01-02", [(Status.OCCUPIED, held(1.4))])], DIVISION)
    found = sure.change(taken, 0, 1)["east"]
    assert found.gained.definition == about(0, km2(1.4) - km2(1.0))
    assert found.lost.definition == about(0, 0)
    assert found.net.definition == about(0, km2(1.4) - km2(1.0))


def test_a_side_that_holds_ground_abroad_alone_is_not_asked_for_contested_ground_elsewhere():
    salient = shapely.box(38.5, 47, 39, 47.5)
    days = [
        snapshot("2025-01-01", [(Status.INCURSION_UA, salient), (Status.CONTESTED, shapely.box(36, 48, 39.4, 49))]),
        snapshot("2025-01-02", [(Status.CONTESTED, shapely.box(36, 48, 39.4, 49))]),
    ]
    found = build(days, DIVISION)
    held = sure.area(found, 0, side=Side.UA)
    assert held["west"].whole == about(0, 0)
    assert held["east"].definition == about(
        area_km2(salient), area_km2(salient) + area_km2(shapely.box(38, 48, 39.4, 49))
    )
    assert sure.change(found, 0, 1, side=Side.UA)[ALL].lost.definition == about(area_km2(salient), area_km2(salient))


def test_a_series_says_the_ranges_of_each_unit_and_version(whole):
    rows = {(row.date, row.unit, row.status): row for row in series_rows(lookup.series(whole))}
    row = rows["2025-01-05", "east", Status.OCCUPIED]
    assert (row.held, row.held_or_contested) == pytest.approx((km2(1.6) - km2(1), km2(1.6) - km2(1) + area_km2(GREY)))
    assert (row.held_timing_low, row.held_timing_high) == pytest.approx((km2(1.1) - km2(1), km2(1.6) - km2(1)))
    grey = rows["2025-01-05", "east", Status.CONTESTED]
    assert (grey.held, grey.held_or_contested) == (row.held, row.held_or_contested)


def test_units_hold_what_their_rows_sum_to(snapshots, whole):
    rows = area(snapshots[1], DIVISION)
    found = {unit.unit: unit for unit in ground_by_unit(rows, Side.RU, sure.area(whole, 1))}
    assert found.keys() == {"west", "east"}
    assert sum(unit.held for unit in found.values()) == pytest.approx(km2(1.2))
    assert found["east"].range.definition == about(km2(1.2) - km2(1), km2(1.2) - km2(1) + area_km2(GREY))
    assert ground_by_unit(rows, Side.UA, sure.area(whole, 1, side=Side.UA)) == ()


def test_without_ranges_by_unit_the_sums_stand_alone(whole):
    rows = list(lookup.moved(whole, 1, 3).rows())
    (east,) = change_by_unit(rows, Side.RU)
    assert (east.unit, east.range) == ("east", None)
    assert east.net == pytest.approx(km2(1.6) - km2(1.2))


def test_a_range_is_widened_to_hold_its_figure():
    found = sure.Sure(sure.Range(1, 2), sure.Range(1.5, 1.5))
    assert found.holding(0.5) == sure.Sure(sure.Range(0.5, 2), sure.Range(0.5, 1.5))
    assert found.whole == sure.Range(1, 2)
    assert np.isclose(found.holding(1.7).timing.high, 1.7)
