"""Laws of the composite, on generated maps whose lines cross each other from day to day."""

import itertools
import random

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.catalog import Units
from frontgis.geo import edges
from frontgis.geo.area import area_km2
from frontgis.geo.polygons import multipolygon
from frontgis.history import change, composite, lookup
from frontgis.history.division import Division
from frontgis.history.insertion import insert
from frontgis.model import PRECEDENCE, Side, Status
from tests.builders import snapshot, units

UNITS = Units(
    ("A", "B"),
    ("Aland", "Beland"),
    np.array(
        [
            shapely.MultiPolygon([shapely.box(36, 47, 37.13, 49), shapely.box(35, 48, 35.5, 49)]),
            shapely.MultiPolygon([shapely.box(37.13, 47, 38.4, 49), shapely.box(38.5, 47, 38.8, 49)]),
        ],
        dtype=object,
    ),
    "two",
)
DIVISION = Division(UNITS, shapely.MultiPolygon([shapely.box(36, 46, 37.6, 47), shapely.box(37.6, 46, 39, 47)]))
STATUSES = (Status.OCCUPIED, Status.CONTESTED, Status.LIBERATED)

blobs = st.tuples(
    st.sampled_from(STATUSES), st.floats(36.2, 38.2), st.floats(46.8, 48.8), st.floats(0.05, 0.6), st.integers(3, 9)
)
days = st.lists(st.lists(blobs, max_size=4), min_size=2, max_size=5)


def made(day, found):
    """Return a snapshot of regular polygons on the grid; where they overlap the first status in precedence keeps it."""
    taken, regions = shapely.MultiPolygon(), []
    for status in PRECEDENCE:
        shapes = [ring(*shape) for what, *shape in found if what is status]
        ground = shapely.set_precision(shapely.difference(shapely.union_all(shapes), taken), 1e-6)
        if not ground.is_empty:
            regions.append((status, multipolygon(ground)))
        taken = shapely.union(taken, ground)
    return snapshot(f"2025-01-{day:02}", regions)


def ring(lon, lat, radius, corners):
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False) + lon
    return shapely.Polygon(np.column_stack([lon + radius * np.cos(turn), lat + 0.7 * radius * np.sin(turn)]).round(6))


def history(found):
    return [made(number, shapes) for number, shapes in enumerate(found, 1)]


def table(moved):
    return {(row.unit, row.before, row.after): row.km2 + row.noise_km2 for row in moved.rows()}


def overlaid(before, after):
    rows = change.between(before, after).table(DIVISION)
    return {(row.unit, row.before, row.after): row.km2 + row.noise_km2 for row in rows}


def close(one, other, within):
    return all(abs(one.get(key, 0) - other.get(key, 0)) <= within for key in one | other)


@settings(max_examples=60)
@given(days)
def test_every_change_is_that_of_the_direct_overlay(found):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    for a, b in itertools.combinations(range(len(snapshots)), 2):
        assert close(table(lookup.moved(whole, a, b)), overlaid(snapshots[a], snapshots[b]), 0.01)


@settings(max_examples=60)
@given(days, st.randoms(use_true_random=False))
def test_one_by_one_in_any_order_is_at_once(found, chance):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    order = chance.sample(snapshots, len(snapshots))
    grown = composite.build(order[:1], DIVISION)
    for late in order[1:]:
        grown = insert(grown, late)
    assert grown.as_of == whole.as_of
    assert np.allclose(grown.base, whole.base, atol=1e-6)
    for a, b in itertools.combinations(range(len(snapshots)), 2):
        one, other = lookup.moved(grown, a, b), lookup.moved(whole, a, b)
        assert np.allclose(one.real, other.real, atol=1e-6)
        assert np.allclose(one.noise, other.noise, atol=1e-6)
    assert all(close_edges(grown.edges_at(v), whole.edges_at(v)) for v in range(len(snapshots)))


def close_edges(one, other):
    return one.keys() == other.keys() and all(len(edges.difference(one[status], other[status])) == 0 for status in one)


@settings(max_examples=40)
@given(days, days)
def test_a_rewritten_day_replaces_the_old_one(found, rewritten):
    count = min(len(found), len(rewritten))
    snapshots, again = history(found)[:count], history(rewritten)[:count]
    which = random.Random(count).randrange(count)
    grown = insert(composite.build(snapshots, DIVISION), again[which])
    wanted = composite.build([*snapshots[:which], again[which], *snapshots[which + 1 :]], DIVISION)
    assert np.allclose(grown.base, wanted.base, atol=1e-6)
    for a, b in itertools.combinations(range(count), 2):
        assert np.allclose(lookup.moved(grown, a, b).real, lookup.moved(wanted, a, b).real, atol=1e-6)


def test_the_only_day_can_be_rewritten_and_followed():
    old, new, later = (
        snapshot(day, [(Status.OCCUPIED, shapely.box(36, 47, east, 48))])
        for day, east in (("2025-01-01", 37), ("2025-01-01", 37.5), ("2025-01-02", 38))
    )
    grown = insert(composite.build([old], DIVISION), new)
    assert grown.base.sum() == pytest.approx(area_km2(shapely.box(36, 47, 37.5, 48)))
    wanted = composite.build([new, later], DIVISION)
    assert table(lookup.moved(insert(grown, later), 0, 1)) == pytest.approx(table(lookup.moved(wanted, 0, 1)))


@settings(max_examples=40)
@given(days)
def test_a_day_comes_back_as_it_was_on_the_grid(found):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    for version, told in enumerate(snapshots):
        wanted = composite.edges_of(told)
        assert close_edges(whole.edges_at(version), {status: edge for status, edge in wanted.items() if len(edge)})
        for status, ground in whole.on(version).items():
            assert close_edges({status: edges.of(ground)}, {status: wanted[status]})


@settings(max_examples=40)
@given(days)
def test_series_end_in_the_areas_of_the_last_day_and_add_up(found):
    snapshots = history(found)
    found_series = lookup.series(composite.build(snapshots, DIVISION))
    for version, told in enumerate(snapshots):
        for status in STATUSES:
            expected = area_km2(told.ground({status}))
            km2 = found_series.km2[version, :, composite.CODES.index(status)].sum()
            assert km2 == pytest.approx(expected, abs=0.01)
    steps = list(itertools.pairwise(range(len(snapshots))))
    whole = found_series.composite
    for a, b in steps:
        moved = lookup.moved(whole, a, b)
        assert found_series.gained[b].sum() == pytest.approx(moved.gained(Side.RU), abs=1e-9)
        assert found_series.lost[b].sum() == pytest.approx(moved.lost(Side.RU), abs=1e-9)


def test_units_of_several_parts_cut_the_ground_as_any():
    west = shapely.union_all([shapely.box(36, 47, 37, 49), shapely.box(38.5, 47, 38.6, 47.1)])
    east = shapely.union_all([shapely.box(37, 47, 38, 49), shapely.box(38.7, 47, 38.8, 47.1)])
    division = Division(units(west=west, east=east), shapely.box(36, 46, 39, 47))
    days = [snapshot(f"2025-01-0{n}", [(Status.OCCUPIED, shapely.box(36.5, 47.5, 37 + n / 4, 48))]) for n in (1, 2)]
    first = snapshot("2024-12-31", [(Status.OCCUPIED, shapely.box(36.1, 47.1, 36.2, 47.2))])
    moved = lookup.moved(composite.build([first, *days], division), 0, 2)
    assert moved.gains(Side.RU)[:2] == pytest.approx(
        [area_km2(shapely.box(36.5, 47.5, 37, 48)), area_km2(shapely.box(37, 47.5, 37.5, 48))]
    )


held_blobs = st.lists(blobs.map(lambda shape: (Status.OCCUPIED, *shape[1:])), min_size=1, max_size=3)


@settings(max_examples=40)
@given(held_blobs, st.lists(held_blobs, min_size=2, max_size=4))
def test_polygons_of_one_status_may_overlap_and_stay(still, moving):
    snapshots = [
        snapshot(f"2025-01-{day:02}", [(what, ring(*shape)) for what, *shape in (*still, *shapes)])
        for day, shapes in enumerate(moving, 1)
    ]
    whole = composite.build(snapshots, DIVISION)
    for a, b in itertools.combinations(range(len(snapshots)), 2):
        assert close(table(lookup.moved(whole, a, b)), overlaid(snapshots[a], snapshots[b]), 0.01)
