"""Ranges against the figures of the neighbouring versions, asked one by one."""

import pytest
import shapely

from frontgis.geo.area import area_km2
from frontgis.history import History, sure
from frontgis.model import Status
from tests.builders import snapshot

WIDTHS = {"2025-01-01": 1.0, "2025-01-02": 1.2, "2025-01-03": 1.1, "2025-01-05": 1.6, "2025-01-06": 1.5}
GREY = shapely.box(39, 48, 39.4, 49)


def held(width):
    return shapely.box(37, 48, 37 + width, 49)


HISTORY = History.of(
    [snapshot(day, [(Status.OCCUPIED, held(width)), (Status.CONTESTED, GREY)]) for day, width in WIDTHS.items()]
)


def km2(width):
    return area_km2(held(width))


def test_area_ranges_over_definition_and_neighbours():
    found = sure.area(HISTORY, "2025-01-02")
    assert found.timing == sure.Range(pytest.approx(km2(1.0)), pytest.approx(km2(1.2)))
    assert found.definition == sure.Range(pytest.approx(km2(1.2)), pytest.approx(km2(1.2) + area_km2(GREY)))


def test_the_first_version_has_one_neighbour():
    assert sure.area(HISTORY, "first").timing == sure.Range(pytest.approx(km2(1.0)), pytest.approx(km2(1.2)))


def test_change_ranges_over_neighbours_of_both_ends():
    gained, lost = sure.change(HISTORY, HISTORY.compare("2025-01-02", "2025-01-05"))
    flows = [km2(b) - km2(a) for a in (1.0, 1.2, 1.1) for b in (1.1, 1.6, 1.5)]
    assert gained.timing.high == pytest.approx(max(flows))
    assert gained.timing.low == pytest.approx(max(0.0, min(flows)), abs=1e-6)
    assert lost.timing.high == pytest.approx(max(0.0, -min(flows)), abs=1e-6)
    assert gained.definition == sure.Range(pytest.approx(km2(1.6) - km2(1.2)), pytest.approx(km2(1.6) - km2(1.2)))


def test_ground_taken_from_the_grey_zone_widens_the_definition():
    taken = History.of(
        [
            snapshot("2025-01-01", [(Status.OCCUPIED, held(1)), (Status.CONTESTED, shapely.box(38, 48, 38.4, 49))]),
            snapshot("2025-01-02", [(Status.OCCUPIED, held(1.4))]),
        ]
    )
    gained, _ = sure.change(taken, taken.compare("first", "latest"))
    assert gained.definition.low == pytest.approx(0, abs=1e-6)
    assert gained.definition.high == pytest.approx(km2(1.4) - km2(1.0))
