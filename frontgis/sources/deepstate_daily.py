"""Daily files of cyterat/deepstate-map-data: one multipolygon of occupied ground, named by day of capture."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from shapely import MultiPolygon

from frontgis.model import AsOf, Region, RejectedError, Status
from frontgis.sources import _geojson, _repeated
from frontgis.sources.adapter import Adapter, Reading

_NAME: Final = re.compile(r"deepstatemap_data_(\d{8})")


def read(data: bytes, name: str) -> Reading:
    """Read one file; its content speaks of the day before the one in its name (captured about 03:00 UTC)."""
    captured = _captured(name)
    document, ground = _repeated.cut_out(data)
    found = _geojson.features(document)
    if len(found) != 1:
        raise RejectedError("one-feature", f"the file has {len(found)} features where one multipolygon is due")
    kind = _geojson.kind(found[0], number=1)
    if ground is None or kind != "MultiPolygon" or found[0]["geometry"].get("coordinates") != []:
        ground = MultiPolygon(_geojson.polygons(_geojson.features(data)[0]["geometry"], where="feature 1"))
    region = Region(Status.OCCUPIED, "occupied", ground)
    return Reading(
        as_of=AsOf.day(captured - timedelta(days=1)),
        published=AsOf.instant(datetime(captured.year, captured.month, captured.day, 3, tzinfo=UTC)),
        regions=(region,),
    )


def _captured(name: str) -> date:
    match = _NAME.search(name)
    try:
        return date.fromisoformat(match.group(1)) if match else _no_day(name)
    except ValueError:
        return _no_day(name)


def _no_day(name: str) -> date:
    raise RejectedError("no-date", f"{name} does not say its day: name it deepstatemap_data_YYYYMMDD.geojson")


ADAPTER: Final = Adapter(
    name="deepstate-daily",
    title="DeepState, daily files of cyterat/deepstate-map-data",
    reads="deepstatemap_data_YYYYMMDD.geojson; as-of = file day − 1",
    suffixes=(".geojson", ".json"),
    licence="GPL-3.0 stated for the repository; DeepState is not named as licensor: ask before publishing",
    attribution="DeepState (deepstatemap.live), through cyterat/deepstate-map-data",
    endpoint="github:cyterat/deepstate-map-data",
    precision="lines lie 0.7–1.2 km from those of other providers on average",
    maps="occupied ground only; the grey zone and ground of Russia held by Ukraine are not in this source",
    read=read,
)
