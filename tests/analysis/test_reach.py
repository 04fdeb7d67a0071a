"""Regions in reach and the distances of plants, against geodesics taken directly."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod

from frontgis.analysis import plants, reach
from frontgis.catalog import shipped
from frontgis.catalog.systems import systems
from frontgis.history import History
from frontgis.model import Side, Status
from tests.builders import snapshot

CATALOG = shipped()
GEOD = Geod(ellps="WGS84")
HELD = shapely.box(37, 47, 38.5, 48)
CROSSED = shapely.box(35.2, 51.0, 35.4, 51.3)
HISTORY = History.of(
    [
        snapshot("2025-01-01", [(Status.OCCUPIED, HELD)]),
        snapshot("2025-02-01", [(Status.OCCUPIED, HELD), (Status.INCURSION_UA, CROSSED)]),
    ]
)
ISKANDER = systems(CATALOG)["iskander-m"]


def test_a_greater_range_reaches_more_of_every_region() -> None:
    near, far = (
        {row.region: row for row in reach.rows(HISTORY, "2025-01-01", [replace(ISKANDER, range_km=km)], side=Side.RU)}
        for km in (150.0, 400.0)
    )
    assert near.keys() < far.keys()
    assert all(far[key].share >= row.share - 1e-4 for key, row in near.items())
    assert all(0 < row.share <= 1 + 1e-9 and row.share_from_held <= row.share + 1e-3 for row in far.values())


def test_a_region_is_in_reach_where_its_nearest_point_is() -> None:
    found = reach.rows(HISTORY, "2025-01-01", [replace(ISKANDER, behind_km=0.0)], side=Side.RU)
    units = reach.regions(CATALOG)
    source = shapely.get_coordinates(shapely.segmentize(HELD.boundary, 0.05))
    inside = {row.region for row in found if row.share_from_held > 1e-6}
    for name in ("UA-51", "UA-18", "UA-46", "RO-TL", "PL-18"):
        shape = shapely.simplify(units.geometry[units.ids.index(name)], 0.01)
        edge = shapely.get_coordinates(shape)
        lon, lat = np.repeat(edge, len(source), axis=0).T
        km = np.min(GEOD.inv(lon, lat, *np.tile(source, (len(edge), 1)).T)[2]) / 1000
        assert (name in inside) == (km < ISKANDER.range_km), (name, km)


def test_states_that_the_layer_cuts_and_a_sides_own_are_left_out() -> None:
    named = {row.region for row in reach.rows(HISTORY, "2025-01-01", [ISKANDER], side=Side.RU, by="countries")}
    assert {"POL", "BLR", "LTU", "UKR"} <= named
    assert not {"RUS", "TUR", "DEU", "KAZ"} & named


def test_a_plant_is_as_far_as_the_nearest_held_ground() -> None:
    rows = {(row.plant, row.date): row for row in plants.rows(HISTORY, "first", "latest")}
    layer = CATALOG.layer("plants")
    lonlat = dict(zip(layer.column("id"), zip(layer.column("lon"), layer.column("lat"), strict=True), strict=True))
    edge = shapely.get_coordinates(shapely.segmentize(CROSSED.boundary, 0.001))
    lon, lat = np.tile(lonlat["kursk"], (len(edge), 1)).T
    direct = np.min(GEOD.inv(lon, lat, *edge.T)[2]) / 1000
    now, before = rows["kursk", "2025-02-01"], rows["kursk", "2025-01-01"]
    assert now.front_km == now.ua_km == pytest.approx(direct, rel=1e-3)
    assert before.ua_km is None
    assert before.front_km == before.ru_km
    assert now.status is Status.UNMAPPED


def test_a_plant_inside_held_ground_is_so_many_km_from_its_edge() -> None:
    around = snapshot("2025-01-01", [(Status.OCCUPIED, shapely.box(34.3, 47.2, 34.9, 47.512 + 0.09))])
    row = next(row for row in plants.rows(History.of([around]), "first", "latest") if row.plant == "zaporizhzhia")
    assert row.status is Status.OCCUPIED
    assert row.ru_km == pytest.approx(-10.0, abs=0.1)
    assert row.front_km == pytest.approx(10.0, abs=0.1)
