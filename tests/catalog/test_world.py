"""The generated world is a plausible theatre: a coverage, valid snapshots, all that a story needs."""

from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.catalog import Catalog
from frontgis.catalog.world import generate, write
from frontgis.model import Status


@pytest.fixture(scope="module")
def world():
    return generate()


def on_the_grid(snapshot):
    grounds = snapshot.by_status.items()
    return {status: shapely.set_precision(ground, 1e-6).normalize() for status, ground in grounds}


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_units_tile_the_states_and_leave_the_sea_for_any_seed(seed):
    land = generate(seed, days=1).land
    assert shapely.coverage_is_valid([*land.units, land.sea])
    tiled = shapely.union_all([*land.units, land.sea])
    assert shapely.symmetric_difference(tiled, land.frame).area < 1e-4 * land.frame.area
    assert land.frame.contains(land.box)
    home = land.units[:9]
    assert shapely.symmetric_difference(shapely.union_all(home), land.home).area == pytest.approx(0, abs=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_snapshots_are_valid_and_statuses_never_overlap_for_any_seed(seed):
    for snapshot in generate(seed, days=12).snapshots:
        shapes = [region.geometry for region in snapshot.regions]
        assert shapely.is_valid(shapes).all()
        assert all(shapely.intersection(one, other).area == 0 for one, other in combinations(shapes, 2))


def test_the_same_seed_gives_the_same_world_and_another_seed_another():
    hashes = [[s.geometry_hash for s in generate(seed, days=5).snapshots] for seed in (7, 7, 8)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_every_status_comes_and_only_land_has_one(world):
    seen = {status for snapshot in world.snapshots for status in snapshot.by_status}
    assert seen == set(Status) - {Status.UNMAPPED}
    land = shapely.union_all([world.land.home, world.land.abroad]).buffer(1e-6)
    assert all(land.covers(shapely.union_all([*s.by_status.values()])) for s in world.snapshots)


def test_there_is_a_gap_a_repeated_day_a_rounding_day_and_a_late_version(world):
    dated = sorted(world.snapshots, key=lambda snapshot: snapshot.as_of)
    days = [snapshot.as_of.date for snapshot in dated]
    assert max((later - earlier).days for earlier, later in pairwise(days)) == 4
    repeated = [b.as_of for a, b in pairwise(dated) if a.geometry_hash == b.geometry_hash]
    assert [str(as_of) for as_of in repeated] == ["2024-03-06", "2024-03-07", "2024-03-21"]
    (late,) = [(a, b) for a, b in pairwise(dated) if a.as_of == b.as_of]
    assert late[0].geometry_hash != late[1].geometry_hash
    assert sorted(s.provenance.published.date.isoformat() for s in late) == ["2024-03-27", "2024-03-31"]


def test_the_rounding_day_changes_bytes_but_nothing_on_the_grid(world):
    by_day = {str(snapshot.as_of): snapshot for snapshot in world.snapshots}
    before, rounded = by_day["2024-03-22"], by_day["2024-03-23"]
    assert before.geometry_hash != rounded.geometry_hash
    degrees = shapely.get_coordinates([region.geometry for region in rounded.regions])
    assert np.array_equal(degrees, np.round(degrees, 6))
    assert on_the_grid(before) == on_the_grid(rounded)


def test_most_edges_are_the_same_from_day_to_day(world):
    for before, after in pairwise(world.snapshots[:-1]):
        old, new = (
            {tuple(v) for v in shapely.get_coordinates([r.geometry for r in s.regions]).round(6).tolist()}
            for s in (before, after)
        )
        assert len(old & new) > 0.85 * len(old)


def test_the_layers_open_as_a_catalog(world, tmp_path):
    write(world.land, tmp_path)
    catalog = Catalog(tmp_path)
    theatre = catalog.theatre()
    assert (theatre.state, theatre.sides["ru"], theatre.sides["ua"]) == ("MER", "Tarsk", "Merevia")
    units = catalog.units(theatre.units)
    assert len(units.ids) == len(set(units.ids)) == 13
    assert shapely.coverage_is_valid(units.geometry)
    assert all("no real place" in catalog.card(name).attribution for name in catalog.names() if name != "theatre")
    places = catalog.settlements()
    assert len(places.id) == len(set(places.id)) == 78
    inside = [
        units.geometry[units.ids.index(unit)].contains(shapely.Point(lon, lat))
        for unit, lon, lat in zip(places.unit, places.lon, places.lat, strict=True)
    ]
    assert all(inside)


def test_the_layers_are_the_same_bytes_each_time(world, tmp_path):
    for name in ("one", "two"):
        write(world.land, tmp_path / name)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
