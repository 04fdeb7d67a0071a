"""Laws of change, on generated maps: a grid of cells, each of any status, cut by a wavy line."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.geo.area import area_km2
from frontgis.history import change, control
from frontgis.model import HELD, Side, Status
from tests.builders import snapshot

SIDE = 4
STATUSES = [Status.OCCUPIED, Status.OCCUPIED_BEFORE_2022, Status.CONTESTED, Status.LIBERATED, Status.INCURSION_UA]
CELLS = [
    shapely.box(36 + x / 3, 47 + y / 3, 36 + (x + 1) / 3, 47 + (y + 1) / 3) for x in range(SIDE) for y in range(SIDE)
]
maps = st.lists(st.sampled_from([*STATUSES, Status.UNMAPPED]), min_size=len(CELLS), max_size=len(CELLS))


def made(day, statuses):
    found = [
        (status, shapely.union_all([cell for cell, what in zip(CELLS, statuses, strict=True) if what is status]))
        for status in STATUSES
        if status in statuses
    ]
    return snapshot(day, found)


def by_pair(found):
    return {(row.before, row.after): row.km2 for row in found.table()}


@given(maps, maps)
def test_the_transition_table_is_the_count_of_cells(first, second):
    found = change.between(made("2025-01-01", first), made("2025-01-02", second))
    expected: dict = {}
    for cell, before, after in zip(CELLS, first, second, strict=True):
        if before is not after:
            expected[before, after] = expected.get((before, after), 0) + area_km2(cell)
    assert by_pair(found) == pytest.approx(expected, rel=1e-9)


@given(maps, maps)
def test_before_and_gains_and_losses_make_after(first, second):
    a, b = made("2025-01-01", first), made("2025-01-02", second)
    for side in Side:
        found = change.between(a, b, side=side)
        noise = found.noise_gained_km2 - found.noise_lost_km2
        expected = area_km2(a.ground(HELD[side])) + found.gained_km2 - found.lost_km2 + noise
        assert area_km2(b.ground(HELD[side])) == pytest.approx(expected, abs=1e-6)
    rows = change.between(a, b).table()
    for status in Status:
        if status is Status.UNMAPPED:
            continue
        came = sum(row.km2 + row.noise_km2 for row in rows if row.after is status)
        went = sum(row.km2 + row.noise_km2 for row in rows if row.before is status)
        assert area_km2(b.ground({status})) == pytest.approx(area_km2(a.ground({status})) + came - went, abs=1e-6)


@given(maps, maps)
def test_the_way_back_exchanges_before_and_after(first, second):
    a, b = made("2025-01-01", first), made("2025-01-02", second)
    there, back = change.between(a, b), change.between(b, a)
    assert by_pair(back) == pytest.approx({(y, x): km2 for (x, y), km2 in by_pair(there).items()}, rel=1e-9)
    assert back.gained_km2 == pytest.approx(there.lost_km2, rel=1e-9)


@settings(max_examples=40)
@given(maps, maps, maps)
def test_two_steps_compose_to_one(first, second, third):
    a, b, c = (made(f"2025-01-0{n}", found) for n, found in enumerate((first, second, third), 1))
    steps = [change.between(a, b), change.between(b, c)]
    net = sum(step.net_km2 for step in steps)
    assert change.between(a, c).net_km2 == pytest.approx(net, abs=1e-6)
    assert change.between(a, c).gained_km2 <= sum(step.gained_km2 for step in steps) + 1e-6


@given(maps)
def test_nothing_changes_against_itself(first):
    assert change.between(made("2025-01-01", first), made("2025-01-02", first)).pieces == ()


@given(st.integers(0, 2**32 - 1))
def test_rounding_is_noise_and_not_change(seed):
    random = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    radius = 0.5 + 0.1 * random.random(200)
    ring = np.column_stack([37 + radius * np.cos(angles), 48 + 0.7 * radius * np.sin(angles)])
    exact, rounded = (shapely.Polygon(points) for points in (ring, ring.round(6)))
    a = snapshot("2025-01-01", [(Status.OCCUPIED, exact)])
    b = snapshot("2025-01-02", [(Status.OCCUPIED, rounded)])
    found = change.between(a, b)
    assert (found.gained_km2, found.lost_km2) == (0, 0)
    assert 0 < found.noise_gained_km2 + found.noise_lost_km2 < 0.05
    assert control.area(b)[0].km2 - control.area(a)[0].km2 == pytest.approx(
        found.noise_gained_km2 - found.noise_lost_km2, abs=1e-6
    )


def test_gains_are_split_by_what_the_ground_was_before():
    left, right = CELLS[0], CELLS[-1]
    a = snapshot("2025-01-01", [(Status.CONTESTED, left)])
    b = snapshot("2025-01-02", [(Status.OCCUPIED, shapely.union(left, right))])
    found = change.between(a, b)
    assert found.gained_from_contested_km2 == pytest.approx(area_km2(left))
    assert found.gained_from_unmapped_km2 == pytest.approx(area_km2(right))
    assert found.gained_km2 == pytest.approx(area_km2(left) + area_km2(right))
    assert list(itertools.chain.from_iterable(p.bounds for p in found.gained.geoms))
