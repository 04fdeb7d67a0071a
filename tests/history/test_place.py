"""One place, and all settlements, through time, against the snapshots asked one by one."""

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from frontgis.catalog import Settlements
from frontgis.geo import edges
from frontgis.geo.plane import Plane
from frontgis.history import composite, locate, place, settlements
from frontgis.history.composite import CODES
from frontgis.model import Status
from tests import oracles
from tests.builders import snapshot
from tests.laws.test_composite_laws import DIVISION, days, history

PLANE = Plane("+proj=laea +lat_0=48.5 +lon_0=34 +datum=WGS84 +units=m")
HELD = shapely.box(35, 47, 38, 49)
DAYS = [
    snapshot("2025-01-01", [(Status.CONTESTED, shapely.box(34, 47, 35, 49))]),
    snapshot("2025-01-02", [(Status.CONTESTED, shapely.box(34, 47, 35, 49))]),
    snapshot("2025-01-05", [(Status.OCCUPIED, shapely.box(34, 47, 38, 49))]),
    snapshot("2025-01-06", [(Status.OCCUPIED, HELD)]),
]
WHOLE = composite.build(DAYS, DIVISION)
SLIT = [(Status.OCCUPIED_BEFORE_2022, shapely.box(35, 47, 36, 49)), (Status.OCCUPIED, shapely.box(36.0003, 47, 38, 49))]


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


def scattered(seed, count):
    random = np.random.default_rng(seed)
    return np.column_stack([random.uniform(36, 38.4, count), random.uniform(46.5, 49, count)])


def through(snapshots, lonlat):
    return place.through(composite.build(snapshots, DIVISION), lonlat, PLANE)


def test_spells_are_intervals_between_versions():
    told = through(DAYS, (34.5, 48))
    spells = told.spells(["grey", "grey", "red", ""])
    assert [(spell.status, spell.status_source_words) for spell in spells] == [
        (Status.CONTESTED, "grey"),
        (Status.OCCUPIED, "red"),
        (Status.UNMAPPED, ""),
    ]
    assert [(str(s.from_after), str(s.from_by), str(s.to_after), str(s.to_by)) for s in spells] == [
        ("None", "2025-01-01", "2025-01-02", "2025-01-05"),
        ("2025-01-02", "2025-01-05", "2025-01-05", "2025-01-06"),
        ("2025-01-05", "2025-01-06", "2025-01-06", "None"),
    ]
    assert [(s.front_km_first, s.front_km_last) for s in spells] == [
        (None, None),
        (told.front_km[2], told.front_km[2]),
        (told.front_km[3], told.front_km[3]),
    ]


def test_other_words_for_one_status_are_another_spell():
    spells = through(DAYS, (34.5, 48)).spells(["grey", "unknown", "red", ""])
    assert [spell.status_source_words for spell in spells] == ["grey", "unknown", "red", ""]


def test_the_words_are_those_of_the_region_under_the_place():
    assert place.words(DAYS, (34.5, 48), through(DAYS, (34.5, 48)).status) == ["contested", "contested", "occupied", ""]


@effort(max_examples=40)
@given(days, st.integers(0, 2**32 - 1))
def test_a_place_is_in_each_version_what_its_snapshot_says(found, seed):
    snapshots = history(found)
    for lonlat in scattered(seed, 4).tolist():
        told = through(snapshots, lonlat)
        assert list(told.status) == [oracles.status_at(one, lonlat) for one in snapshots]
        expected = [oracles.held_km(one, lonlat, PLANE) for one in snapshots]
        assert told.front_km == pytest.approx([np.nan if km is None else km for km in expected], abs=1e-3, nan_ok=True)
        for version, one in enumerate(snapshots):
            metres = oracles.line_m(one, lonlat, PLANE)
            assert told.line_km(version) == (pytest.approx(metres / 1000) if np.isfinite(metres) else None)


@effort(max_examples=40)
@given(days, st.integers(0, 2**32 - 1))
def test_a_place_is_where_its_point_is_located_on_every_date(found, seed):
    whole = composite.build(history(found), DIVISION)
    every = np.arange(len(found))
    for lonlat in scattered(seed, 4):
        located = locate.locate(whole, np.tile(lonlat, (len(found), 1)), every, PLANE)
        told = place.through(whole, tuple(lonlat), PLANE)
        assert [CODES[code] for code in located.code] == list(told.status)
        assert np.array_equal(located.held_km, told.front_km, equal_nan=True)


@effort(max_examples=40)
@given(days, st.integers(0, 2**32 - 1))
def test_distances_tell_every_version_by_the_last_one_told(found, seed):
    told = through(history(found), tuple(scattered(seed, 1)[0]))
    steps = {step.as_of: step.front_km for step in told.distances()}
    last = None
    for as_of, km in zip(told.as_of, told.front_km, strict=True):
        last = steps.get(as_of, last)
        assert last is None if np.isnan(km) else last == pytest.approx(km, abs=1e-3)
    assert told.as_of[0] in steps


@pytest.mark.parametrize(("lon", "sign"), [(34.9, 1), (35.1, -1)])
def test_distance_to_held_ground_is_geodesic_and_negative_inside(lon, sign):
    expected = Geodesic.WGS84.Inverse(48, lon, 48, 35)["s12"] / 1000
    assert through(DAYS, (lon, 48)).front_km[3] == pytest.approx(sign * expected, rel=0.002)


def test_a_slit_between_two_held_statuses_is_no_edge_to_what_lies_inside():
    told = [snapshot("2025-01-07", SLIT)]
    for lon in (35.9, 36.1):
        expected = through(DAYS, (lon, 48)).front_km[3]
        assert expected < -60
        assert through(told, (lon, 48)).front_km[0] == pytest.approx(expected, rel=1e-6)
    assert 0 < through(told, (36.0001, 48)).front_km[0] < 0.01


def test_past_a_slit_the_distance_follows_the_edge_from_day_to_day():
    moving = [
        snapshot(f"2025-01-{day:02}", [SLIT[0], (Status.OCCUPIED, shapely.box(36.0003, 47, east, 49))])
        for day, east in enumerate((38, 38, 36.5, 36.3, 37), 1)
    ]
    told = through(moving, (36.1, 48))
    assert told.front_km == pytest.approx([oracles.held_km(one, (36.1, 48), PLANE) for one in moving], abs=1e-3)
    assert len({round(km) for km in told.front_km}) == 4


def test_where_nothing_is_held_there_is_no_distance():
    assert np.isnan(through(DAYS, (34.5, 48)).front_km[0])
    assert through([snapshot("2025-01-01", [])], (34.5, 48)).line_km(0) is None


def test_settlements_near_the_line_are_undecided():
    near, far = (35.005, 48.0), (36.0, 48.0)
    rows = settlements.statuses(WHOLE, 3, gazetteer(near, far), PLANE)
    assert [(row.status, row.undecided) for row in rows] == [(Status.OCCUPIED, True), (Status.OCCUPIED, False)]
    (wide, _) = settlements.statuses(WHOLE, 3, gazetteer((35.05, 48.0), far, precision_m=5000), PLANE)
    assert wide.undecided


@effort(max_examples=40)
@given(days, st.integers(0, 2**32 - 1), st.sampled_from([0.0, 2_000.0, 10_000.0]))
def test_the_interval_table_tells_every_settlement_on_every_date(found, seed, precision_m):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    places = gazetteer(*scattered(seed, 12), precision_m=precision_m)
    told = settlements.through(whole, places, PLANE)
    for version, one in enumerate(snapshots):
        now = (told.first <= version) & (version <= told.last)
        assert told.settlement[now].tolist() == list(range(12))
        rows = settlements.statuses(whole, version, places, PLANE)
        for row, code, undecided in zip(rows, told.code[now], told.undecided[now], strict=True):
            assert row.status is CODES[code] is oracles.status_at(one, (row.lon, row.lat))
            assert row.undecided == undecided == (oracles.line_m(one, (row.lon, row.lat), PLANE) <= precision_m + 500)
    same = told.settlement[1:] == told.settlement[:-1]
    assert (told.first[1:][same] == told.last[:-1][same] + 1).all()
    turned = (told.code[1:] != told.code[:-1]) | (told.undecided[1:] != told.undecided[:-1])
    assert turned[same].all()


@effort(max_examples=40)
@given(days)
def test_a_settlement_on_a_line_has_one_status_whatever_is_asked(found):
    whole = composite.build(history(found), DIVISION)
    nodes = [edges.unpack(edge.low) for version in (whole.first, *whole.deltas) for edge in version.values()]
    points = np.concatenate([[(37.0, 48.0)], *nodes])[:60]
    told = settlements.through(whole, gazetteer(*points), PLANE)
    for version in range(len(found)):
        now = (told.first <= version) & (version <= told.last)
        rows = settlements.statuses(whole, version, gazetteer(*points), PLANE)
        assert [row.status for row in rows] == [CODES[code] for code in told.code[now]]
        located = locate.locate(whole, points, np.full(len(points), version), PLANE)
        assert [row.status for row in rows] == [CODES[code] for code in located.code]


@effort(max_examples=40)
@given(days, st.integers(0, 2**32 - 1))
def test_settlements_that_changed_are_those_whose_ground_did(found, seed):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    places = gazetteer(*scattered(seed, 40))
    rows = settlements.changed(whole, 0, len(found) - 1, places, PLANE)
    ends = [settlements.statuses(whole, version, places, PLANE) for version in (0, len(found) - 1)]
    pairs = [(a, b) for a, b in zip(*ends, strict=True) if a.status is not b.status]
    expected = [(a.id, a.status, b.status, a.undecided or b.undecided) for a, b in pairs]
    assert [(row.id, row.before, row.after, row.undecided) for row in rows] == expected


def test_a_settlement_without_a_position_has_no_status():
    rows = settlements.statuses(WHOLE, 0, gazetteer((np.nan, np.nan), (34.5, 48)), PLANE)
    assert [row.id for row in rows] == ["place-1"]
    told = settlements.through(WHOLE, gazetteer((np.nan, np.nan), (34.5, 48)), PLANE)
    assert set(told.settlement.tolist()) == {1}
