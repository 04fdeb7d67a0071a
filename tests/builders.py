"""Small files and snapshots for tests, made here and nowhere traced."""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Units
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


def units(**shapes: BaseGeometry) -> Units:
    """Return units that are called as their ids."""
    return Units(tuple(shapes), tuple(shapes), np.array(list(shapes.values()), dtype=object), "made")
