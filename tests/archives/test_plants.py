"""The Kursk plant and the front, told by the history and apart from it from the archive's own file."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import shapely
from pyproj import Geod

from frontgis.analysis import plants

PLANT = (35.606, 51.675)
INCURSION = "#01579b"


def file_of(folder, day):
    """Return the last file by the end of a day; files are named by the second of their capture."""
    end = (datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)).timestamp()
    return max((path for path in folder.glob("*.geojson") if int(path.stem) < end), key=lambda path: int(path.stem))


@pytest.mark.parametrize(("day", "km"), [("2024-08-20", 46.9), ("2025-03-28", 62.3)])
def test_the_kursk_plant_is_as_far_from_ukraine_s_ground_as_the_file_says(archives, full, day, km):
    row = next(row for row in plants.rows(full, day, day) if row.plant == "kursk")
    assert row.ua_km == pytest.approx(km, abs=0.1)
    near = []
    for feature in json.loads(file_of(archives / "deepstate", day).read_text("utf-8"))["features"]:
        if feature["geometry"]["type"].endswith("Polygon") and feature["properties"]["fill"] == INCURSION:
            shape = shapely.force_2d(shapely.from_geojson(json.dumps(feature["geometry"])))
            edge = shapely.get_coordinates(shapely.segmentize(shape.boundary, 0.002))
            lon, lat = np.tile(PLANT, (len(edge), 1)).T
            near.append(np.min(Geod(ellps="WGS84").inv(lon, lat, *edge.T)[2]) / 1000)
    assert row.ua_km == pytest.approx(min(near), rel=1e-3)
