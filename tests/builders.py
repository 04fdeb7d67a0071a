"""Small files and snapshots for tests, made here and nowhere traced."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.archive import Store
from frontgis.geo.polygons import multipolygon
from frontgis.model import AsOf, Provenance, Region, Snapshot, Status

BOX = (21.0, 43.0, 43.0, 54.0)


def square(west: float, south: float, size: float = 1.0) -> shapely.Polygon:
    return shapely.box(west, south, west + size, south + size)


def daily(*polygons: BaseGeometry) -> bytes:
    """Return a file as deepstate-daily writes it."""
    geometry = json.loads(shapely.to_geojson(shapely.MultiPolygon(polygons)))
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def full(*features: tuple[BaseGeometry | dict[str, Any], str, str]) -> bytes:
    """Return a file as deepstate writes it: (geometry, label, fill) each."""
    found = []
    for geometry, label, fill in features:
        shape = geometry if isinstance(geometry, dict) else json.loads(shapely.to_geojson(geometry))
        found.append({"type": "Feature", "geometry": shape, "properties": {"name": label, "fill": fill}})
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


def snapshot(day: str, regions: Iterable[tuple[Status, BaseGeometry]], *, source: str = "made") -> Snapshot:
    """Return a snapshot of the given ground; the regions must not overlap."""
    as_of = AsOf.parse(day)
    found = tuple(Region(status, str(status), multipolygon(ground)) for status, ground in regions)
    return Snapshot(source, as_of, found, Provenance(f"{day}.geojson", "0" * 64, as_of))


def let_through(archive: Path, source: str = "deepstate-daily") -> None:
    """Accept all that the gate holds: made-up ground leaps as no front does."""
    store = Store.open(archive)
    while waiting := sorted(AsOf.parse(entry.as_of) for entry in store.waiting(source)):
        store.accept(source, waiting[0], "made up for a test")
