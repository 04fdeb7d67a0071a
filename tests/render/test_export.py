"""Exports: RFC 7946 GeoJSON, and the same features in every other form."""

import json
from itertools import pairwise

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from frontgis.model import InputError, UsageError
from frontgis.render import features
from frontgis.render.export import write
from frontgis.render.geojson import geojson
from frontgis.render.table import Table

SUFFIXES = [".geojson", ".parquet", ".gpkg", ".kml", ".csv"]


@pytest.fixture(scope="module")
def tables(history, credit):
    return {
        "control": features.control(history.snapshot("latest"), credit=credit, history=history.id),
        "change": features.change(history.compare("first", "latest"), credit=credit, history=history.id),
        "front": features.front(history.front_line("latest"), credit=credit, history=history.id),
        "layer": features.layer("oblasts", history.catalog.layer("oblasts")),
        "places": features.layer("settlements", history.catalog.layer("settlements")),
    }


NAMES = ["control", "change", "front", "layer", "places"]


def rings(geometry):
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    return polygons.get(geometry["type"], [])


def twice_area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))


def numbers(coordinates):
    if isinstance(coordinates, list):
        for item in coordinates:
            yield from numbers(item)
    else:
        yield coordinates


@pytest.mark.parametrize("name", NAMES)
def test_geojson_is_rfc_7946(tables, name):
    data = json.loads(geojson(tables[name]))
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    assert data["features"]
    for feature in data["features"]:
        geometry = feature["geometry"]
        assert shape(geometry).is_valid
        for polygon in rings(geometry):
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in polygon)
            assert twice_area(polygon[0]) > 0
            assert all(twice_area(hole) < 0 for hole in polygon[1:])
        found = list(numbers(geometry["coordinates"]))
        assert all(number == round(number, 7) for number in found)
        west, south, east, north = feature["bbox"]
        assert -180 <= west == min(found[::2]) <= east == max(found[::2]) <= 180
        assert -90 <= south == min(found[1::2]) <= north == max(found[1::2]) <= 90
    boxes = np.array([feature["bbox"] for feature in data["features"]])
    assert data["bbox"] == [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_and_the_file_carry_licence_and_attribution(tables, name):
    data = json.loads(geojson(tables[name]))
    assert data["licence"]
    assert data["attribution"]
    for feature in data["features"]:
        assert feature["properties"]["licence"] == data["licence"]
        assert "no real place" in feature["properties"]["attribution"]


def test_control_says_status_words_date_source_and_area(tables, history):
    data = json.loads(geojson(tables["control"]))
    wanted = {"status", "status_source_words", "as_of", "source", "licence", "attribution", "history", "area_km2"}
    assert all(feature["properties"].keys() == wanted for feature in data["features"])
    areas = {row.status: row.km2 for row in history.area("latest").itertuples()}
    assert {f["properties"]["status"]: f["properties"]["area_km2"] for f in data["features"]} == pytest.approx(areas)
    assert [f["properties"]["status"] for f in data["features"]] == sorted(areas)


def test_change_sums_to_its_figures(tables, history):
    change = history.compare("first", "latest")
    rows = [feature["properties"] for feature in json.loads(geojson(tables["change"]))["features"]]
    held = {"occupied", "occupied_before_2022", "incursion_ru"}
    gained = [r["km2"] for r in rows if r["after"] in held and r["before"] not in held and not r["noise"]]
    assert sum(gained) == pytest.approx(change.gained_km2)
    assert {(row["a"], row["b"]) for row in rows} == {("2024-03-01", "2024-04-04")}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", NAMES)
def test_every_format_holds_the_same_rows_and_the_same_bytes_twice(tables, tmp_path, name, suffix):
    table = tables[name]
    paths = [tmp_path / turn / f"{name}{suffix}" for turn in ("one", "two")]
    for path in paths:
        write(path, table)
        assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if suffix == ".csv":
        assert len(paths[0].read_text("utf-8").splitlines()) == len(table) + 1
        return
    read = geopandas.read_parquet if suffix == ".parquet" else geopandas.read_file
    found = read(paths[0])
    assert len(found) == len(table)
    assert found.crs.to_epsg() == 4326
    wanted = shapely.area(table.geometry).sum(), shapely.length(table.geometry).sum()
    got = shapely.area(found.geometry.array).sum(), shapely.length(found.geometry.array).sum()
    assert got == pytest.approx(wanted, rel=1e-5)


def test_layer_metadata_survives_in_geopackage_and_geoparquet(tables, tmp_path):
    for suffix in (".gpkg", ".parquet"):
        write(tmp_path / f"control{suffix}", tables["control"])
    assert pyogrio.read_info(tmp_path / "control.gpkg")["layer_metadata"]["licence"] == "CC0 1.0"
    assert geopandas.read_parquet(tmp_path / "control.parquet").attrs["licence"] == "CC0 1.0"


def test_an_unknown_suffix_lists_the_known(tables, tmp_path):
    with pytest.raises(UsageError, match=r"'\.xyz'.*\.geojson, .*\.csv"):
        write(tmp_path / "c.xyz", tables["control"])
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_line(tables, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "file" / "c.geojson", tables["control"])


@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_matter(order):
    squares = [shapely.box(x, 0, x + 1, 1) for x in range(4)]
    columns = {"status": ["b", "a", "a", "b"]}
    shuffled = Table("t", {"status": [columns["status"][i] for i in order]}, np.array([squares[i] for i in order]))
    straight = Table("t", columns, np.array(squares))
    from frontgis.render.table import ordered

    assert geojson(ordered(shuffled, "status")) == geojson(ordered(straight, "status"))


def test_a_table_without_places_has_null_geometry_and_no_bbox():
    table = Table("names", {"name": ["x"]}, np.array([None], dtype=object), {"licence": "CC0"})
    data = json.loads(geojson(table))
    assert "bbox" not in data
    assert data["features"] == [{"type": "Feature", "properties": {"name": "x"}, "geometry": None}]


def test_nothing_is_written_as_an_empty_collection():
    empty = Table("change", {"km2": []}, np.array([], dtype=object), {"licence": "CC0"})
    assert json.loads(geojson(empty)) == {"type": "FeatureCollection", "licence": "CC0", "features": []}
