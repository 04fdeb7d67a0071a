"""Dated points against brute force: the snapshot of the day, point by point."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.geo.plane import Plane
from frontgis.history import composite, locate, spells
from frontgis.history.composite import CODES
from frontgis.model import AsOf, Status
from tests import oracles
from tests.builders import snapshot
from tests.laws.test_composite_laws import DIVISION, days, history

PLANE = Plane("+proj=laea +lat_0=48 +lon_0=37 +datum=WGS84 +units=m")


@settings(max_examples=40)
@given(days, st.integers(0, 2**32 - 1))
def test_located_points_are_those_of_brute_force(found, seed):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    random = np.random.default_rng(seed)
    points = np.column_stack([random.uniform(36, 38.4, 12), random.uniform(46.5, 49, 12)])
    version = random.integers(-1, len(snapshots), 12)
    located = locate.locate(whole, points, version, PLANE)
    for row, (lonlat, number) in enumerate(zip(points, version, strict=True)):
        if number < 0:
            assert np.isnan(located.held_km[row])
            continue
        _, from_by, _, _, status = oracles.spells(snapshots[: number + 1], lonlat)[-1]
        assert CODES[located.code[row]] is status
        assert whole.as_of[located.since_by[row]] == from_by
        expected = oracles.held_km(snapshots[number], lonlat, PLANE)
        if expected is None:
            assert np.isnan(located.held_km[row])
        else:
            assert located.held_km[row] == pytest.approx(expected, abs=1e-3)
        assert located.undecided[row] == (oracles.line_m(snapshots[number], lonlat, PLANE) <= 500)


def test_a_slit_between_two_held_statuses_is_no_edge_to_what_lies_inside():
    parts = [
        (Status.OCCUPIED_BEFORE_2022, shapely.box(35, 47, 36, 49)),
        (Status.OCCUPIED, shapely.box(36.0003, 47, 38, 49)),
    ]
    told = snapshot("2025-01-01", parts)
    points = np.array([(35.9, 48), (36.1, 48), (36.0001, 48), (34, 48)])
    located = locate.locate(composite.build([told], DIVISION), points, np.zeros(4, dtype=np.int64), PLANE)
    expected = [oracles.held_km(told, point, PLANE) for point in points]
    assert located.held_km == pytest.approx(expected, abs=1e-3)
    assert located.held_km[0] < -60


@settings(max_examples=40)
@given(days, st.integers(0, 2**32 - 1))
def test_spells_are_those_of_the_place(found, seed):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    random = np.random.default_rng(seed)
    points = np.column_stack([random.uniform(36, 38.4, 8), random.uniform(46.5, 49, 8)])
    told = spells.of(spells.at(whole, points))
    for number, lonlat in enumerate(points):
        mine = told.owner == number
        found = zip(told.first[mine], told.last[mine], told.code[mine], strict=True)
        expected = [
            (from_by, to_after, status) for _, from_by, to_after, _, status in oracles.spells(snapshots, lonlat)
        ]
        assert [(whole.as_of[first], whole.as_of[last], CODES[code]) for first, last, code in found] == expected


def test_a_moment_means_the_last_version_by_its_end():
    snapshots = history([[], [], []])
    whole = composite.build(snapshots, DIVISION)
    moments = [AsOf.parse(text) for text in ("2024-12-31", "2025-01-02", "2025-01-02T12:00Z", "2026-01-01")]
    assert locate.versions_at(whole, moments).tolist() == [-1, 1, 0, 2]


def test_where_nothing_is_mapped_there_is_no_distance():
    whole = composite.build(history([[], []]), DIVISION)
    located = locate.locate(whole, np.array([[37.0, 48.0]]), np.array([1]), PLANE)
    assert CODES[located.code[0]] is Status.UNMAPPED
    assert np.isnan(located.held_km[0])
    assert not located.undecided[0]
