"""GeoJSON as it comes from outside: hostile until read, positions in lon/lat order."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import orjson
from shapely import LinearRing, Polygon

from frontgis.model import RejectedError

_RING_MIN: Final = 4
_LONLAT: Final = ((2,), (3,))


def features(data: bytes) -> list[dict[str, Any]]:
    """Return the features of a FeatureCollection; RejectedError where the bytes hold none."""
    if not data.strip():
        raise RejectedError("empty-file", "the file is empty: fetch it again")
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise RejectedError("no-json", f"the file is no whole JSON ({error}): fetch it again") from None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise RejectedError("no-collection", "the file is JSON, but no GeoJSON FeatureCollection")
    found = document.get("features")
    if not isinstance(found, list) or not all(isinstance(feature, dict) for feature in found):
        raise RejectedError("no-features", "'features' is not a list of features")
    if not found:
        raise RejectedError("no-features", "the list of features is empty: an empty map is never a true one")
    return found


def properties(feature: dict[str, Any]) -> dict[str, Any]:
    """Return a feature's properties, none being an empty table."""
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def kind(feature: dict[str, Any], *, number: int) -> str:
    """Return the type of a feature's geometry; RejectedError where it has none."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise RejectedError("null-geometry", f"feature {number} has no geometry")
    return str(geometry["type"])


def polygons(geometry: dict[str, Any], *, where: str) -> list[Polygon]:
    """Return the polygons of a Polygon, MultiPolygon or collection of them, z dropped, not yet valid.

    Raises RejectedError where anything else is found.
    """
    return list(_polygons(geometry, where))


def _polygons(geometry: dict[str, Any], where: str) -> Iterator[Polygon]:
    match geometry:
        case {"type": "Polygon", "coordinates": list(rings)}:
            yield _polygon(rings, where)
        case {"type": "MultiPolygon", "coordinates": list(parts)}:
            yield from (_polygon(rings, where) for rings in parts)
        case {"type": "GeometryCollection", "geometries": list(parts)}:
            for part in parts:
                yield from _polygons(part, where)
        case _:
            found = geometry.get("type") if isinstance(geometry, dict) else type(geometry).__name__
            raise RejectedError("no-polygon", f"{where} is {found!r} where ground, a polygon, is due")


def _polygon(rings: Any, where: str) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise RejectedError("bad-ring", f"{where} has a polygon without a ring")
    shell, *holes = (_ring(ring, where) for ring in rings)
    return Polygon(shell, holes)


def _ring(positions: Any, where: str) -> LinearRing:
    try:
        array = np.array(positions, dtype=np.float64)
    except (TypeError, ValueError):
        raise RejectedError("bad-ring", f"{where} has a ring that is no list of positions") from None
    if array.shape[1:] not in _LONLAT or len(array) < _RING_MIN:
        raise RejectedError("bad-ring", f"{where} has a ring of {len(array)} positions; a ring needs four")
    if not np.isfinite(array).all():
        raise RejectedError("bad-number", f"{where} has a coordinate that is no finite number")
    if not np.array_equal(array[0, :2], array[-1, :2]):
        raise RejectedError("open-ring", f"{where} has a ring that does not close")
    return LinearRing(array[:, :2])
