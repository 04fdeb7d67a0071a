"""The composite of the real archives against direct overlays on the grid."""

import csv
import random
from itertools import pairwise

import numpy as np
import pytest
import shapely

from frontgis.geo.area import area_km2
from frontgis.geo.polygons import mend
from frontgis.history import change, lookup
from frontgis.history.grid import on_grid
from frontgis.model import Side

DAILY = "deepstate-daily"


def table(rows):
    return {(row.unit, row.before, row.after): row.km2 + row.noise_km2 for row in rows}


def overlaid(history, found, a, b):
    ends = (on_grid(history.snapshot(found.as_of[version])) for version in (a, b))
    return table(change.between(*ends).table(found.division))


def test_every_day_is_that_of_others_within_the_grid(daily, tables):
    rows = list(csv.DictReader((tables / "deepstate-daily-days.csv").read_text("utf-8").splitlines()))[1:]
    found = daily.composite()
    noisy = {
        "2024-09-14",
        "2024-09-15",
        "2024-09-30",
        "2024-10-01",
        "2024-12-29",
        "2024-12-30",
        "2025-04-29",
        "2025-04-30",
        "2025-09-12",
    }
    unchanged = 0
    for (a, b), row in zip(pairwise(range(len(found.as_of))), rows, strict=True):
        moved = lookup.moved(found, a, b)
        within = 0.025 if row["file_day"] in noisy else 0.01
        noise = moved.noise.sum() / 2
        assert moved.gained(Side.RU) + noise == pytest.approx(float(row["gained_km2"]), abs=within)
        assert moved.lost(Side.RU) + noise == pytest.approx(float(row["lost_km2"]), abs=within)
        unchanged += moved.gained(Side.RU) == moved.lost(Side.RU) == 0
    assert unchanged == 69


@pytest.mark.parametrize("seed", range(8))
def test_any_change_by_oblast_is_that_of_the_direct_overlay(daily, seed):
    found, chance = daily.composite(), random.Random(seed)
    a, b = sorted(chance.sample(range(len(found.as_of)), 2))
    direct = overlaid(daily, found, a, b)
    ours = table(lookup.moved(found, a, b).rows())
    for key in direct | ours:
        assert ours.get(key, 0) == pytest.approx(direct.get(key, 0), abs=0.001)


def test_the_series_ends_in_the_areas_of_each_day(daily):
    rows = lookup.series(daily.composite())
    for version in range(0, len(daily.versions), 60):
        whole = sum(row.km2 for row in daily_area(daily, version))
        assert rows.km2[version][:, :-1].sum() == pytest.approx(whole, abs=0.006)


def daily_area(history, version):
    from frontgis.history import control

    return control.area(history.snapshot(history.versions[version].as_of))


@pytest.mark.slow
def test_every_day_by_oblast_is_that_of_the_direct_overlay(daily):
    found = daily.composite()
    whole = [0.0, 0.0]
    for a, b in pairwise(range(len(found.as_of))):
        direct = overlaid(daily, found, a, b)
        ours = table(lookup.moved(found, a, b).rows())
        for key in direct | ours:
            assert ours.get(key, 0) == pytest.approx(direct.get(key, 0), abs=0.001)
        whole[0] += sum(direct.values())
        whole[1] += sum(ours.values())
    assert whole[1] == pytest.approx(whole[0], abs=0.01)


@pytest.mark.parametrize("seed", range(2))
def test_every_settlement_has_the_status_of_the_ground_it_stands_on(full, seed):
    moment = random.Random(seed).choice(full.versions).as_of
    rows = [row for row in full.settlement_statuses(moment) if not row.undecided]
    points = shapely.points([(row.lon, row.lat) for row in rows])
    told = np.array([row.status for row in rows])
    for status, ground in full.snapshot(moment).by_status.items():
        shapely.prepare(ground)
        assert (shapely.contains(ground, points) == (told == status)).all()


@pytest.mark.parametrize("seed", range(2))
def test_the_settlements_that_changed_are_those_whose_statuses_differ(full, seed):
    a, b = sorted(version.as_of for version in random.Random(seed).sample(full.versions, 2))
    before, after = ({row.id: row.status for row in full.settlement_statuses(moment)} for moment in (a, b))
    found = {row.id: (row.before, row.after) for row in full.settlement_changes(a, b)}
    assert found == {key: (before[key], after[key]) for key in before if before[key] is not after[key]}


@pytest.mark.parametrize("seed", range(2))
def test_the_pieces_of_a_change_are_the_ground_that_the_overlay_finds(full, seed):
    a, b = sorted(version.as_of for version in random.Random(seed).sample(full.versions, 2))
    ours, direct = full.compare(a, b), change.between(*(on_grid(full.snapshot(moment)) for moment in (a, b)))
    for mine, theirs in ((ours.gained, direct.gained), (ours.lost, direct.lost)):
        assert area_km2(mend(shapely.symmetric_difference(mend(mine), mend(theirs)))) < 0.02
    assert ours.gained_km2 == pytest.approx(direct.gained_km2, abs=0.02)
    assert ours.lost_km2 == pytest.approx(direct.lost_km2, abs=0.02)
