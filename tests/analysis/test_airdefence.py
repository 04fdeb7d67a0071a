"""Coverage: its laws on made-up ground, against direct geodesics, and what its input may be."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from frontgis.analysis import airdefence
from frontgis.catalog import shipped
from frontgis.catalog.systems import of_side, sites_from_file, systems
from frontgis.geo.area import area_km2
from frontgis.history import History
from frontgis.model import InputError, NotFoundError, Side, Status
from tests.builders import snapshot

KNOWN = systems(shipped())
BUK = KNOWN["buk-m3"]
LESS, MORE = shapely.box(37, 47.2, 38.0, 48.5), shapely.box(36.5, 47.0, 38.0, 48.8)
HISTORY = History.of(
    snapshot(day, [(Status.OCCUPIED, ground)]) for day, ground in (("2025-01-01", LESS), ("2025-02-01", MORE))
)


@lru_cache
def coverage(day: str, side: Side = Side.RU) -> airdefence.Coverage:
    return airdefence.coverage(HISTORY, day, side=side)


def km2(cover: airdefence.Cover, day: str = "2025-01-01") -> float:
    return float(coverage(day).target.areas(cover.geometry).sum())


def grown(less: airdefence.Cover, more: airdefence.Cover) -> float:
    """Return the km² that the lesser cover has and the greater lacks, over that of the greater."""
    lacking = shapely.difference(less.geometry, more.geometry)
    return float(coverage("2025-01-01").target.areas(lacking).sum()) / km2(more)


@settings(max_examples=8)
@given(st.floats(5, 300), st.floats(1.05, 2))
def test_coverage_grows_with_range(km: float, factor: float) -> None:
    near, far = (coverage("2025-01-01").cover(replace(BUK, range_km=r), 10_000) for r in (km, km * factor))
    assert grown(near, far) < 1e-4
    assert km2(far) > km2(near)


@settings(max_examples=8)
@given(st.floats(10, 3000), st.floats(1, 5))
def test_coverage_grows_with_the_height_of_the_target(altitude: float, factor: float) -> None:
    long = replace(BUK, range_km=300.0)
    low, high = (coverage("2025-01-01").cover(long, metres) for metres in (altitude, altitude * factor))
    assert grown(low, high) < 1e-3
    assert high.radius_km >= low.radius_km


@settings(max_examples=8)
@given(st.floats(0, 60), st.floats(2, 40))
def test_coverage_shrinks_with_the_distance_behind_the_line(behind: float, more: float) -> None:
    near, far = (coverage("2025-01-01").cover(replace(BUK, behind_km=n), 3000) for n in (behind, behind + more))
    assert grown(far, near) < 1e-3
    assert km2(far) < km2(near)


@pytest.mark.parametrize("altitude", airdefence.ALTITUDES_M)
def test_coverage_grows_with_held_ground(altitude: float) -> None:
    before, after = (coverage(day).cover(BUK, altitude) for day in ("2025-01-01", "2025-02-01"))
    moved = airdefence.moved([before], [after], coverage("2025-02-01").target)[0]
    assert moved.gained_km2 > 1000
    assert moved.lost_km2 < 0.001 * moved.gained_km2


def test_ground_within_range_of_a_place_well_behind_the_line_is_covered() -> None:
    system = replace(BUK, behind_km=20.0)
    ground = coverage("2025-01-01").cover(system, 10_000).geometry
    geod, launch = Geod(ellps="WGS84"), (37.5, 47.85)
    azimuths = np.arange(0, 360, 5)
    lon, lat, _ = geod.fwd(*np.tile(launch, (len(azimuths), 1)).T, azimuths, np.full(len(azimuths), 69_650))
    assert shapely.contains_xy(ground, lon, lat).all()
    west = geod.fwd(*np.array((37.0, 47.85)), 270, 1000 * (70 - 20) * 1.02)
    assert not shapely.contains_xy(ground, west[0], west[1])


def test_nothing_is_reached_above_the_greatest_altitude_nor_past_the_horizon() -> None:
    osa, long = KNOWN["osa-akm"], KNOWN["s-400-40n6"]
    assert airdefence.radius_km(osa, osa.altitude_max_m + 1) == 0
    assert coverage("2025-01-01").cover(osa, 10_000).geometry.is_empty
    assert airdefence.radius_km(long, 50) == pytest.approx(55.2, abs=0.05)
    assert airdefence.radius_km(long, 10_000) == 400


def test_overlaps_add_up_and_no_more_than_the_sum_is_covered() -> None:
    chosen = of_side(KNOWN, Side.RU, "air_defence", ["s-400-48n6", "buk-m3", "tor-m2", "osa-akm"])
    found = coverage("2025-01-01")
    covers = found.covers(chosen, (500.0, 10_000.0))
    for altitude in (500.0, 10_000.0):
        here = [cover for cover in covers if cover.altitude_m == altitude]
        areas = [row.km2 for _, row in airdefence.rows(here, found.target)]
        counts = airdefence.overlap(here, found.target)
        assert sum(row.classes * row.km2 for row in counts) == pytest.approx(sum(areas), rel=1e-9)
        assert max(areas) - 1e-6 <= sum(row.km2 for row in counts) <= sum(areas)


def test_units_sum_to_the_state_and_a_side_never_counts_more_than_there_is() -> None:
    covers = coverage("2025-01-01").covers([BUK], (3000.0,))
    by_unit = airdefence.coverage(HISTORY, "2025-01-01", side=Side.RU, by="oblasts")
    units = [row for _, row in airdefence.rows(covers, by_unit.target) if row.unit.startswith("UA")]
    whole = airdefence.rows(covers, coverage("2025-01-01").target)[0][1]
    assert sum(row.km2 for row in units) == pytest.approx(whole.km2, rel=1e-9)
    assert sum(row.settlements for row in units) == whole.settlements
    assert sum(row.population for row in units) == whole.population
    assert all(0 < (row.share or 0) <= 1 + 1e-9 for row in units)
    assert whole.not_held_km2 < whole.km2


def test_each_side_stands_on_its_own_ground() -> None:
    ru, ua = (coverage("2025-01-01", side).ground for side in Side)
    kyiv, belgorod, held = (shapely.Point(xy) for xy in ((30.52, 50.45), (36.6, 50.6), (37.5, 48.0)))
    assert ua.ground.contains(kyiv)
    assert not ru.ground.contains(kyiv)
    assert ru.ground.contains(shapely.union_all([belgorod, held]))
    assert not ua.ground.intersects(held)
    assert ru.taken_back(40).contains(held) is False
    assert area_km2(shapely.intersection(ru.ground, ua.ground)) < 1  # outlines are taken to 100 m


def test_the_assumed_distance_is_varied() -> None:
    found = airdefence.spread(coverage("2025-01-01"), [BUK], (3000.0,))
    assert [row.behind_km for row in found] == [BUK.behind_km * factor for factor in airdefence.SPREAD]
    assert [row.km2 for row in found] == sorted((row.km2 for row in found), reverse=True)


def test_a_class_of_the_other_side_or_role_is_not_found() -> None:
    for name in ("patriot-pac2", "bastion-p", "s-500"):
        with pytest.raises(NotFoundError, match="s-400-40n6"):
            of_side(KNOWN, Side.RU, "air_defence", [name])


HEAD = "id,class,lon,lat,valid_from,valid_to\n"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("a,s-500,34.12,45.3,2024-01-01,2024-05-01\n", "no class 's-500'"),
        ("a,buk-m3,10.0,45.3,2024-01-01,2024-05-01\n", "outside the theatre"),
        ("a,buk-m3,east,45.3,2024-01-01,2024-05-01\n", "outside the theatre"),
        ("a,buk-m3,34.12,45.3,2024-01-01,\n", "validity is open"),
        ("a,buk-m3,34.12,45.3,2024-01-01,2025-01-10\n", "less than 30 days"),
        ("a,buk-m3,34.12,45.3,2024-03-01,2024-02-01\n", "before valid_from"),
        ("a,buk-m3,34.12,45.3,spring,2024-02-01\n", "is no day"),
        (
            "a,buk-m3,34.12,45.3,2024-01-01,2024-03-01\na,buk-m3,34.2,45.3,2024-02-01,2024-04-01\n",
            "two validities of 'a' overlap",
        ),
    ],
)
def test_a_users_place_is_past_dated_and_of_a_known_class(tmp_path: Path, lines: str, why: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(InputError, match=why) as error:
        sites_from_file(path, shipped(), known=date(2025, 2, 1))
    assert "\n" not in str(error.value)


def test_a_users_places_are_coarse_and_stand_for_their_class(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + "a,buk-m3,37.5678,47.9123,2024-12-01,2025-01-02\n", encoding="utf-8")
    sites = sites_from_file(path, shipped(), known=date(2025, 2, 1))
    assert (sites[0].lon, sites[0].lat) == (37.6, 47.9)
    found = airdefence.coverage(HISTORY, "2025-01-01", side=Side.RU, sites=sites)
    drawn = found.cover(BUK, 10_000).geometry
    assert shapely.contains_xy(drawn, 37.6, 47.9)
    assert drawn.area < coverage("2025-01-01").cover(BUK, 10_000).geometry.area / 5
    later = airdefence.coverage(HISTORY, "2025-02-01", side=Side.RU, sites=sites)
    assert later.cover(BUK, 10_000).geometry.is_empty
