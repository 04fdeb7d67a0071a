"""Odesa's distance to held coast on two dates, by the command line and apart from it from the files themselves."""

import json

import pytest
import shapely
from geographiclib.geodesic import Geodesic

from frontgis.analysis.naval import expose
from frontgis.catalog import shipped
from frontgis.model import Side

ODESA, IZMAIL = (30.75, 46.49), (28.84, 45.33)
OCCUPIED = ("#a52714", "#880e4f")
LINES_APART_KM = 1.0
ISLAND_APART_KM = 1.5  # the source draws Snake Island larger than it is


def km(answer, place, coast="ru"):
    (found,) = [row for row in answer["rows"] if (row["place"], row["coast_held_by"]) == (place, coast)]
    return found["km"]


def rings(path, *, fills=None):
    """Yield the outer rings of a file as it lies on the disk, of all polygons or of those with a fill."""
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        if fills is None or feature["properties"].get("fill") in fills:
            yield from outer(feature["geometry"])


def outer(geometry):
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from outer(part)
    polygons = {"Polygon": lambda: [geometry["coordinates"]], "MultiPolygon": lambda: geometry["coordinates"]}
    for polygon in polygons.get(geometry["type"], list)():
        yield [position[:2] for position in polygon[0]]


def nearest_km(place, outlines):
    """Return the geodesic km to the nearest of the outlines' edges, vertices every 0.002 degree."""
    nearest = min(
        (shapely.segmentize(shapely.LineString(ring), 0.002) for ring in outlines),
        key=lambda line: line.distance(shapely.Point(place)),
    )
    return min(Geodesic.WGS84.Inverse(place[1], place[0], lat, lon)["s12"] for lon, lat in nearest.coords) / 1000


def test_odesa_on_28_march_2025(ask, archives):
    answer = ask("deepstate-daily", "naval", "--on", "2025-03-28")
    from_file = nearest_km(ODESA, rings(archives / "deepstate-daily" / "deepstatemap_data_20250329.geojson"))
    assert from_file == pytest.approx(59.2, abs=0.1)
    assert km(answer, "Odesa") == pytest.approx(from_file, abs=LINES_APART_KM)
    assert km(answer, "Odesa") == pytest.approx(59.26, abs=0.01)


def test_odesa_and_izmail_before_snake_island_was_retaken(ask, archives):
    answer = ask("deepstate", "naval", "--on", "2022-06-15")
    file = archives / "deepstate" / answer["as_of"]["on"]["file"]
    outlines = list(rings(file, fills=OCCUPIED))
    assert nearest_km(ODESA, outlines) == pytest.approx(59.2, abs=0.1)
    assert km(answer, "Odesa") == pytest.approx(nearest_km(ODESA, outlines), abs=LINES_APART_KM)
    assert nearest_km(IZMAIL, outlines) == pytest.approx(105.8, abs=0.1)
    assert km(answer, "Izmail") == pytest.approx(nearest_km(IZMAIL, outlines), abs=ISLAND_APART_KM)
    after = ask("deepstate", "naval", "--on", "2025-03-28")
    assert km(after, "Izmail") > 2 * km(answer, "Izmail")


def test_two_sources_agree_on_the_distance_of_one_day(ask):
    daily, full = (ask(source, "naval", "--on", "2025-03-28") for source in ("deepstate-daily", "deepstate"))
    for place in ("Odesa", "Chornomorsk", "Pivdennyi", "Izmail"):
        assert km(daily, place) == pytest.approx(km(full, place), abs=LINES_APART_KM)


def test_exposure_fell_when_snake_island_was_left(full):
    before, after = (expose(full.snapshot(day), shipped()) for day in ("2022-06-15", "2022-07-15"))
    assert before.count(Side.RU).sum() > after.count(Side.RU).sum()
    assert len(before.coast[Side.UA]) < len(before.waters.coast)
