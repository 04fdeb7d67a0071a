"""The shipped layers are what their cards say, and lie where the world has them."""

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import rasterio
import shapely

from frontgis.catalog import Catalog
from frontgis.geo.area import areas_km2

HOME = 27
NEXT_DOOR = 6
# Areas as published by the State Statistics Service, as remembered: a few per cent of slack is meant.
PUBLISHED_KM2 = {"UA-65": 28_461, "UA-48": 24_598, "UA-43": 26_081, "UA-14": 26_517, "UA-23": 27_180, "UA-63": 31_415}
POINTS = {
    "Sevastopol": (33.52, 44.61, "UA-40"),
    "Simferopol": (34.10, 44.95, "UA-43"),
    "Kerch": (36.47, 45.35, "UA-43"),
    "Tuzla": (36.55, 45.265, "UA-43"),
    "Kinburn spit": (31.728, 46.509, "UA-48"),
    "Slavutych": (30.75, 51.52, "UA-32"),
    "Kyiv": (30.52, 50.45, "UA-30"),
    "Odesa": (30.74, 46.486, "UA-51"),
    "Snake Island": (30.204, 45.255, "UA-51"),
    "Enerhodar": (34.66, 47.49, "UA-23"),
    "Sudzha": (35.271, 51.191, "RU-KRS"),
    "Belgorod": (36.58, 50.60, "RU-BEL"),
    "western Syvash": (34.60, 46.05, "UA-65"),
    "eastern Syvash": (34.75, 45.85, "UA-43"),
    "Dnipro-Buh liman": (31.90, 46.60, "UA-48"),
    "Kakhovka reservoir": (34.30, 47.45, "UA-23"),
}


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return Catalog(root / "layers")


def test_every_card_describes_its_file(catalog: Catalog) -> None:
    for name in catalog.names():
        card = catalog.card(name)
        path = catalog.root / card.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == card.sha256, name
        for field in ("title", "kind", "source", "version", "licence", "built", "accuracy"):
            assert getattr(card, field), (name, field)
        if path.suffix == ".parquet":
            assert set(pq.read_schema(path).names) == set(card.columns), name
            assert len(catalog.layer(name)) == card.rows, name


def test_the_layers_are_small(catalog: Catalog) -> None:
    sizes = {path.name: path.stat().st_size for path in catalog.root.iterdir()}
    assert max(sizes.values()) <= 5e6
    assert sum(sizes.values()) <= 25e6


def test_geometry_is_geoparquet_on_the_grid(catalog: Catalog) -> None:
    for name in catalog.names():
        path = catalog.root / catalog.card(name).file
        if path.suffix != ".parquet":
            continue
        about = json.loads(pq.read_schema(path).metadata[b"geo"])
        assert about["version"] == "1.1.0", name
        geometry = catalog.layer(name).geometry
        xy = shapely.get_coordinates(geometry)
        assert np.abs(xy * 1e6 - np.round(xy * 1e6)).max() < 1e-3, name
        if name != "councils":
            assert shapely.is_valid(geometry).all(), name


def test_units_sea_and_neighbours_are_one_coverage(catalog: Catalog) -> None:
    oblasts, regions = catalog.layer("oblasts").geometry, catalog.layer("regions").geometry
    sea = catalog.layer("sea").geometry
    assert shapely.coverage_is_valid(oblasts)
    assert shapely.coverage_is_valid(np.concatenate([oblasts, regions, sea]))
    assert shapely.coverage_is_valid(np.concatenate([catalog.layer("countries").geometry, sea]))


def test_units_fill_the_state(catalog: Catalog) -> None:
    oblasts, countries = catalog.layer("oblasts"), catalog.layer("countries")
    home = oblasts.geometry[np.array(oblasts.column("country")) == "UKR"]
    state = countries.geometry[countries.column("id").index("UKR")]
    assert areas_km2(home).sum() == pytest.approx(areas_km2(np.array([state])).sum(), abs=1e-6)


def test_there_are_27_units_and_6_next_door(catalog: Catalog) -> None:
    ids = catalog.units("oblasts").ids
    assert len(ids) == len(set(ids)) == HOME + NEXT_DOOR
    assert sum(bool(re.fullmatch(r"UA-\d\d", unit)) for unit in ids) == HOME
    assert {"UA-40", "UA-43"} <= set(ids)
    assert {unit for unit in ids if unit.startswith("RU-")} == {
        "RU-BEL", "RU-BRY", "RU-KDA", "RU-KRS", "RU-ROS", "RU-VOR",
    }  # fmt: skip


def test_areas_are_near_the_published_ones(catalog: Catalog) -> None:
    units = catalog.units("oblasts")
    area = dict(zip(units.ids, areas_km2(units.geometry).tolist(), strict=True))
    for unit, published in PUBLISHED_KM2.items():
        assert area[unit] == pytest.approx(published, rel=0.03), unit
    whole = sum(value for unit, value in area.items() if unit.startswith("UA-"))
    assert whole == pytest.approx(603_628, rel=0.001)


@pytest.mark.parametrize("place", POINTS)
def test_points_lie_in_their_unit(catalog: Catalog, place: str) -> None:
    lon, lat, unit = POINTS[place]
    units = catalog.units("oblasts")
    inside = shapely.contains_xy(units.geometry, lon, lat)
    assert [units.ids[i] for i in np.flatnonzero(inside)] == [unit]


def test_the_boundary_set_is_named(catalog: Catalog) -> None:
    assert "Crimea" in catalog.units("oblasts").boundary_set
    assert catalog.theatre().boundary_set == catalog.units("regions").boundary_set


@pytest.mark.parametrize("day", ["20240708", "20251231"])
def test_held_ground_lies_in_units(catalog: Catalog, archives: Path, day: str) -> None:
    path = archives / "deepstate-daily" / f"deepstatemap_data_{day}.geojson"
    held = shapely.from_geojson(json.dumps(json.loads(path.read_text())["features"][0]["geometry"]))
    units = shapely.coverage_union_all(catalog.units("oblasts").geometry)
    rest = shapely.difference(shapely.make_valid(held), units)
    at_sea = shapely.intersection(rest, catalog.layer("sea").geometry[0])
    ashore = shapely.difference(rest, catalog.layer("sea").geometry[0])
    assert areas_km2(shapely.get_parts(at_sea)).sum() <= 550
    assert areas_km2(shapely.get_parts(ashore)).sum() <= 60


def test_water_has_dates_and_a_river(catalog: Catalog) -> None:
    water = catalog.layer("water")
    last = dict(zip(water.column("name"), water.column("valid_to"), strict=True))
    assert last["Kakhovka Reservoir"] == "2023-06-06"
    river = dict(zip(water.column("name"), water.column("river"), strict=True))
    for name in ("Kyiv", "Kaniv", "Kremenchuk", "Kamianske", "Dnipro", "Kakhovka"):
        assert river[f"{name} Reservoir"] == "Dnipro"
    assert river["Dnipro-Buh Liman"] == "Dnipro"
    assert set(water.column("kind")) == {"lake", "reservoir", "river", "inner_sea"}


def test_inner_waters_lie_in_units_and_not_in_the_sea(catalog: Catalog) -> None:
    water = catalog.layer("water")
    inner = water.geometry[np.array(water.column("kind")) == "inner_sea"]
    wet = shapely.intersection(inner, catalog.layer("sea").geometry[0])
    assert shapely.area(wet).sum() < 3e-4  # square degrees, 2.5 km²: edges straight in another plane


def test_the_dnipro_comes_first_and_runs_through(catalog: Catalog) -> None:
    rivers = catalog.layer("rivers")
    dnipro = [i for i, name in enumerate(rivers.column("name")) if name == "Dnipro"]
    assert {rivers.column("rank")[i] for i in dnipro} == {0}
    course = shapely.union_all(rivers.geometry[dnipro])
    for lon, lat in ((30.56, 50.45), (34.30, 47.45), (35.08, 47.87), (32.62, 46.62)):
        assert shapely.distance(course, shapely.Point(lon, lat)) < 0.08


@pytest.mark.parametrize(
    ("river", "lon", "lat"),
    [("Oskil", 37.616, 49.710), ("Inhulets", 33.39, 47.91), ("Samara", 35.87, 48.53), ("Kalmius", 37.81, 47.99)],
)
def test_smaller_rivers_pass_their_towns(catalog: Catalog, river: str, lon: float, lat: float) -> None:
    rivers = catalog.layer("rivers")
    course = rivers.geometry[rivers.column("name").index(river)]
    assert shapely.distance(course, shapely.Point(lon, lat)) < 0.06


def test_councils_tell_where_a_point_lies(catalog: Catalog) -> None:
    councils = catalog.layer("councils")
    assert len(councils) == 10_375
    hits = np.flatnonzero(shapely.contains_xy(councils.geometry, 31.65, 46.50))
    assert ("Pokrovska", "UA-48") in {(councils.column("name")[i], councils.column("unit")[i]) for i in hits}


def test_relief_has_mountains_and_a_deep_sea(catalog: Catalog) -> None:
    with rasterio.open(catalog.path("relief")) as source:
        heights = source.read(1)
        assert source.crs.to_epsg() == 4326
        assert heights.dtype == np.int16
        assert heights.shape == (660, 1320)

        def at(lon: float, lat: float) -> int:
            return int(heights[source.index(lon, lat)])

        assert at(24.50, 48.16) > 1200  # Chornohora
        assert at(34.0, 43.5) < -1500  # Black Sea
        assert -20 < at(36.5, 46.2) < 0  # Sea of Azov
        assert 80 < at(36.2, 50.0) < 250  # Kharkiv
