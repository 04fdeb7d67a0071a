"""Laws of a history's answers: all of them carry the same numbers, and those are the direct overlay's."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.catalog import Units
from frontgis.geo.area import area_km2, areas_km2
from frontgis.history import History, change, composite, control, lookup
from frontgis.history.division import Division
from frontgis.history.grid import on_grid
from frontgis.history.insertion import insert
from frontgis.model import Side, Status
from tests.builders import snapshot
from tests.laws.test_composite_laws import DIVISION, close, days, history, overlaid

EXACT = 1e-6
THIRDS = Units(
    ("N", "M", "S"),
    ("North", "Middle", "South"),
    np.array([shapely.box(35, a, 40, a + 0.8) for a in (48.2, 47.4, 46.6)], dtype=object),
    "thirds",
)
sides = st.sampled_from(list(Side))


def table(rows):
    return {(row.unit, row.before, row.after): row.km2 + row.noise_km2 for row in rows}


def compared(snapshots, a, b, side=Side.RU):
    return lookup.compare(composite.build(snapshots, DIVISION), snapshots[a], snapshots[b], side=side)


@settings(max_examples=60)
@given(days, sides)
def test_a_change_is_that_of_the_direct_overlay(found, side):
    snapshots = history(found)
    for a, b in itertools.permutations((0, len(snapshots) - 1)):
        told = compared(snapshots, a, b, side)
        direct = change.between(on_grid(snapshots[a]), on_grid(snapshots[b]), side=side)
        assert close(table(told.table(DIVISION)), overlaid(snapshots[a], snapshots[b]), 0.01)
        assert told.gained_km2 + told.noise_gained_km2 == pytest.approx(
            direct.gained_km2 + direct.noise_gained_km2, abs=0.01
        )
        assert told.lost_km2 + told.noise_lost_km2 == pytest.approx(direct.lost_km2 + direct.noise_lost_km2, abs=0.01)
        assert told.span_days == direct.span_days


@settings(max_examples=60)
@given(days)
def test_the_pieces_are_the_ground_that_the_overlay_finds(found):
    snapshots = history(found)
    told = compared(snapshots, 0, -1)
    direct = change.between(on_grid(snapshots[0]), on_grid(snapshots[-1]))
    pairs = {(piece.before, piece.after) for piece in (*told.pieces, *direct.pieces)}
    for pair in pairs:
        ours, theirs = (
            shapely.union_all([piece.geometry for piece in one.pieces if (piece.before, piece.after) == pair])
            for one in (told, direct)
        )
        assert area_km2(shapely.symmetric_difference(ours, theirs)) < 0.01
    for piece in told.pieces:
        assert piece.geometry.is_valid
        assert area_km2(piece.geometry) == pytest.approx(piece.km2, abs=EXACT)


@settings(max_examples=60)
@given(days)
def test_every_table_of_a_change_sums_to_the_same_figures(found):
    told = compared(history(found), 0, -1)
    moved = sum(piece.km2 for piece in told.pieces)
    for division in (None, DIVISION, Division(THIRDS, shapely.box(36, 46, 39, 46.6))):
        rows = told.table(division)
        assert sum(row.km2 + row.noise_km2 for row in rows) == pytest.approx(moved, abs=EXACT)
        came = sum(row.km2 for row in rows if row.after is Status.OCCUPIED)
        went = sum(row.km2 for row in rows if row.before is Status.OCCUPIED)
        assert (came, went) == (pytest.approx(told.gained_km2, abs=EXACT), pytest.approx(told.lost_km2, abs=EXACT))
    gained = [piece.geometry for piece in told.pieces if told.gains(piece) and not piece.noise]
    assert areas_km2([told.gained]).sum() == pytest.approx(told.gained_km2, abs=EXACT)
    assert len(told.gained.geoms) == len(gained)


@settings(max_examples=60)
@given(days)
def test_a_table_by_the_units_of_the_history_is_the_look_up_to_the_last_bit(found):
    snapshots = history(found)
    whole = composite.build(snapshots, DIVISION)
    told = lookup.compare(whole, snapshots[0], snapshots[-1], side=Side.RU)
    moved = lookup.moved(whole, 0, len(snapshots) - 1)
    assert told.table(DIVISION) == moved.rows()
    assert (told.gained_km2, told.lost_km2) == (moved.gained(Side.RU), moved.lost(Side.RU))


@settings(max_examples=40)
@given(days)
def test_the_way_back_exchanges_before_and_after(found):
    snapshots = history(found)
    there, back = compared(snapshots, 0, -1), compared(snapshots, -1, 0)
    assert {(x, y): km2 for (_, y, x), km2 in ((key, km2) for key, km2 in table(back.table()).items())} == (
        pytest.approx({(x, y): km2 for (_, x, y), km2 in table(there.table()).items()}, abs=EXACT)
    )
    assert (back.gained_km2, back.lost_km2) == (pytest.approx(there.lost_km2), pytest.approx(there.gained_km2))
    shapes = [[(piece.geometry.wkb, piece.km2) for piece in one.pieces] for one in (there, back)]
    assert sorted(shapes[0]) == sorted(shapes[1])


@settings(max_examples=40)
@given(days, st.randoms(use_true_random=False))
def test_a_grown_history_changes_by_the_same_pieces(found, chance):
    snapshots = history(found)
    grown = composite.build(snapshots[:1], DIVISION)
    for late in chance.sample(snapshots[1:], len(snapshots) - 1):
        grown = insert(grown, late)
    whole = compared(snapshots, 0, -1)
    told = lookup.compare(grown, snapshots[0], snapshots[-1], side=Side.RU)
    for one, other in ((whole, told), (told, whole)):
        for piece in one.pieces:
            same = [p.geometry for p in other.pieces if (p.before, p.after) == (piece.before, piece.after)]
            assert area_km2(shapely.difference(piece.geometry, shapely.union_all(same))) < 0.001


@settings(max_examples=25)
@given(days, sides)
def test_areas_by_unit_are_those_of_the_series_and_sum_to_the_whole(found, side):
    snapshots = history(found)
    asked = History.of(snapshots)
    series = lookup.series(asked.composite(), side=side)
    for version, told in enumerate(snapshots):
        whole = {row.status: row.km2 for row in asked.areas(told.as_of)}
        assert whole == {row.status: row.km2 for row in control.area(told)}
        rows = asked.areas(told.as_of, by="oblasts")
        for status, km2 in whole.items():
            mine = [row for row in rows if row.status is status]
            assert sum(row.km2 for row in mine) == pytest.approx(km2, abs=EXACT)
            for row in mine[:-1]:
                place = asked.composite().ids.index(row.unit), composite.CODES.index(status)
                assert row.km2 == series.km2[(version, *place)]
        direct = {(row.unit, row.status): row.km2 for row in control.area(told, asked.theatre) if row.unit != "noise"}
        ours = {(row.unit, row.status): row.km2 for row in rows if row.unit != "noise"}
        assert close(ours, direct, 0.01)


@settings(max_examples=25)
@given(days)
def test_areas_by_other_units_sum_to_the_whole_too(found):
    snapshots = history(found)
    asked = History.of(snapshots)
    for told in snapshots:
        rows = asked.areas(told.as_of, by=THIRDS)
        for row in asked.areas(told.as_of):
            mine = {r.unit: r.km2 for r in rows if r.status is row.status}
            assert sum(mine.values()) == pytest.approx(row.km2, abs=EXACT)
            assert abs(mine["noise"]) < 0.01


def test_turnover_is_the_sum_of_the_steps_that_the_series_has():
    squares = [shapely.box(36, 47, east, 48) for east in (37, 37.6, 37.2, 37.9)]
    asked = History.of(
        [snapshot(f"2025-01-0{day}", [(Status.OCCUPIED, ground)]) for day, ground in enumerate(squares, 1)]
    )
    gained, lost = asked.turnover("first", "latest")
    series = lookup.series(asked.composite())
    assert (gained, lost) == (np.nansum(series.gained), np.nansum(series.lost))
    assert gained - lost == pytest.approx(asked.compare("first", "latest").net_km2, abs=EXACT)
