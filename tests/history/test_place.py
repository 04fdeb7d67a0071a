"""One place, and all settlements, through time."""

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from shapely import Point

from frontgis.catalog import Settlements
from frontgis.geo.plane import Plane
from frontgis.history import place, settlements
from frontgis.model import Status
from tests.builders import snapshot

PLANE = Plane("+proj=laea +lat_0=48.5 +lon_0=34 +datum=WGS84 +units=m")
HELD = shapely.box(35, 47, 38, 49)
DAYS = [
    snapshot("2025-01-01", [(Status.CONTESTED, shapely.box(34, 47, 35, 49))]),
    snapshot("2025-01-02", [(Status.CONTESTED, shapely.box(34, 47, 35, 49))]),
    snapshot("2025-01-05", [(Status.OCCUPIED, shapely.box(34, 47, 38, 49))]),
    snapshot("2025-01-06", [(Status.OCCUPIED, HELD)]),
]


def gazetteer(*points, precision_m=100.0):
    count = len(points)
    lon, lat = np.array(points, dtype=float).T
    names = tuple(f"place-{number}" for number in range(count))
    blank = ("",) * count
    return Settlements(
        id=names, name=names, name_uk=names, name_ru=names, aliases=((),) * count, lon=lon, lat=lat,
        precision_m=np.full(count, precision_m), unit=blank, district=blank,
        population=np.zeros(count, np.int64), rank=np.zeros(count, np.int64),
        source=blank, is_section=np.zeros(count, bool),
    )  # fmt: skip


def test_spells_are_intervals_between_versions():
    spells = place.history(DAYS, Point(34.5, 48))
    assert [spell.status for spell in spells] == [Status.CONTESTED, Status.OCCUPIED, Status.UNMAPPED]
    assert [(str(s.from_after), str(s.from_by), str(s.to_after), str(s.to_by)) for s in spells] == [
        ("None", "2025-01-01", "2025-01-02", "2025-01-05"),
        ("2025-01-02", "2025-01-05", "2025-01-05", "2025-01-06"),
        ("2025-01-05", "2025-01-06", "2025-01-06", "None"),
    ]


@pytest.mark.parametrize(("lon", "sign"), [(34.9, 1), (35.1, -1)])
def test_distance_to_held_ground_is_geodesic_and_negative_inside(lon, sign):
    expected = Geodesic.WGS84.Inverse(48, lon, 48, 35)["s12"] / 1000
    assert place.held_km(DAYS[3], Point(lon, 48), PLANE) == pytest.approx(sign * expected, rel=0.002)


def test_a_slit_between_two_held_statuses_is_no_edge_to_what_lies_inside():
    parts = [
        (Status.OCCUPIED_BEFORE_2022, shapely.box(35, 47, 36, 49)),
        (Status.OCCUPIED, shapely.box(36.0003, 47, 38, 49)),
    ]
    told = snapshot("2025-01-01", parts)
    for lon in (35.9, 36.1):
        expected = place.held_km(DAYS[3], Point(lon, 48), PLANE)
        assert expected < -60
        assert place.held_km(told, Point(lon, 48), PLANE) == pytest.approx(expected, rel=1e-6)
    assert 0 < place.held_km(told, Point(36.0001, 48), PLANE) < 0.01


def test_where_nothing_is_held_there_is_no_distance():
    assert place.held_km(DAYS[0], Point(34.5, 48), PLANE) is None
    assert place.edge_km(snapshot("2025-01-01", []), Point(34.5, 48), PLANE) is None


def test_settlements_near_the_line_are_undecided():
    near, far = (35.005, 48.0), (36.0, 48.0)
    rows = settlements.statuses(DAYS[3], gazetteer(near, far), PLANE)
    assert [(row.status, row.undecided) for row in rows] == [(Status.OCCUPIED, True), (Status.OCCUPIED, False)]
    (wide, _) = settlements.statuses(DAYS[3], gazetteer((35.05, 48.0), far, precision_m=5000), PLANE)
    assert wide.undecided


def test_settlements_that_changed_are_those_whose_ground_did():
    random = np.random.default_rng(1)
    points = np.column_stack([random.uniform(33.5, 38.5, 300), random.uniform(46.5, 49.5, 300)])
    before, after = DAYS[1], DAYS[2]
    rows = settlements.changed(before, after, gazetteer(*points), PLANE)
    expected = {
        f"place-{number}"
        for number, (lon, lat) in enumerate(points)
        if place.history([before], Point(lon, lat))[0].status != place.history([after], Point(lon, lat))[0].status
    }
    assert {row.id for row in rows} == expected
    assert expected


def test_a_settlement_without_a_position_has_no_status():
    rows = settlements.statuses(DAYS[0], gazetteer((np.nan, np.nan), (34.5, 48)), PLANE)
    assert [row.id for row in rows] == ["place-1"]
