import pytest
import shapely

from frontgis.model import AsOf, RejectedError, Status
from frontgis.sources import adapter
from tests.builders import daily, full, square

read = adapter("deepstate-daily").read
NAME = "deepstatemap_data_20250328.geojson"


def test_content_speaks_of_the_day_before_the_file():
    reading = read(daily(square(37, 48)), NAME)
    assert reading.as_of == AsOf.parse("2025-03-27")
    assert reading.published == AsOf.parse("2025-03-28T03:00:00Z")


def test_ground_keeps_every_coordinate():
    ground = shapely.Polygon([(37.1234567, 48), (38, 48.0000001), (37.5, 49)])
    (region,) = read(daily(ground), NAME).regions
    assert region.status is Status.OCCUPIED
    assert shapely.equals_exact(region.geometry, shapely.MultiPolygon([ground]))


@pytest.mark.parametrize(
    ("data", "name", "rule"),
    [
        (b"", NAME, "empty-file"),
        (daily(square(37, 48))[:-40], NAME, "no-json"),
        (b"[" * 200_000 + b"]" * 200_000, NAME, "no-json"),
        (b'{"type": "FeatureCollection", "features": []}', NAME, "no-features"),
        (b'{"type": "Topology"}', NAME, "no-collection"),
        (b"\x89PNG\r\n\x1a\n", NAME, "no-json"),
        (daily(square(37, 48)).replace(b"37.0", b"NaN"), NAME, "no-json"),
        (daily(square(37, 48)).replace(b"38.0, 49.0", b"38.0, 1e999"), NAME, "no-json"),
        (daily(square(37, 48)), "map.geojson", "no-date"),
        (daily(square(37, 48)), "deepstatemap_data_20251332.geojson", "no-date"),
        (full((shapely.Point(37, 48), "", "")), NAME, "no-polygon"),
        (daily(square(37, 48)).replace(b'"MultiPolygon"', b'"Polygon"'), NAME, "bad-ring"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null}]}', NAME, "null-geometry"),
        (full((square(37, 48), "", ""), (square(39, 48), "", "")), NAME, "one-feature"),
    ],
)
def test_a_bad_file_breaks_a_named_rule(data, name, rule):
    with pytest.raises(RejectedError) as error:
        read(data, name)
    assert error.value.rule == rule
    assert len(str(error.value).splitlines()) == 1


def test_a_ring_that_does_not_close_is_refused():
    data = daily(square(37, 48)).replace(b"[38.0, 48.0]]", b"[38.0, 48.5]]")
    assert data != daily(square(37, 48))
    with pytest.raises(RejectedError, match="does not close"):
        read(data, NAME)
