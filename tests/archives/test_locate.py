"""Dated points in the real daily archive against brute force."""

import numpy as np
import pytest

from frontgis.history import locate
from frontgis.history.composite import CODES
from tests import oracles


def test_located_points_are_those_of_brute_force(daily):
    random = np.random.default_rng(11)
    points = np.column_stack([random.uniform(34, 38.5, 1000), random.uniform(46.8, 50.3, 1000)])
    version = random.integers(0, len(daily.versions), 1000)
    plane = daily.catalog.plane()
    found = locate.locate(daily.composite(), points, version, plane)
    for row in np.argsort(version, kind="stable"):
        snapshot = daily.snapshot(daily.versions[version[row]].as_of)
        assert CODES[found.code[row]] is oracles.status_at(snapshot, points[row])
        assert found.held_km[row] == pytest.approx(oracles.held_km(snapshot, points[row], plane), abs=1e-3)
        assert found.undecided[row] == (oracles.line_m(snapshot, points[row], plane) <= 500)
