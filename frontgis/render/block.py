"""A scene as the page's data block: geometry as short text, names already placed."""

from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from frontgis.maps.scene import Scene
from frontgis.maps.words import day
from frontgis.render import encode, naming
from frontgis.render.escape import plain
from frontgis.render.relief import shade

MIN_ZOOM: Final = 5
MAX_ZOOM: Final = 12


def data(scene: Scene) -> dict[str, Any]:
    """Return everything the page's script needs, ready for JSON; the same scene gives the same block."""
    west, south, east, north = scene.box
    return {
        "scale": encode.SCALE,
        "origin": [round((west + east) / 2, 3), round((south + north) / 2, 3)],
        "view": [round(value, 4) for value in scene.extent],
        "focus": [round(value, 4) for value in scene.focus],
        "box": [round(value, 4) for value in scene.box],
        "shapes": {ground.name: _shape(ground.geometry) for ground in scene.grounds if not ground.geometry.is_empty},
        "labels": [_row(name) for name in naming.by_zoom(scene, range(MIN_ZOOM, MAX_ZOOM + 1))],
        "relief": _relief(scene),
        "statuses": {status: plain(words) for status, words in scene.statuses},
        "units": {row.unit: [round(value, 3) for value in row.box] for row in scene.rows},
        "words": _words(scene),
    }


def _shape(geometry: BaseGeometry) -> dict[str, Any]:
    closed = geometry.geom_type in ("Polygon", "MultiPolygon")
    return {"closed": closed, "paths": encode.paths(geometry)}


def _relief(scene: Scene) -> dict[str, Any] | None:
    if scene.relief is None:
        return None
    return {"box": [round(value, 5) for value in scene.relief.box], "source": shade(scene.relief)}


def _words(scene: Scene) -> dict[str, str]:
    return {
        "unmapped": plain(scene.unmapped),
        "gained": f"newly held since {day(scene.before.date)}",
        "lost": f"no longer held since {day(scene.before.date)}",
        "finer": "Closer than the source draws",
        "version": plain(scene.attributions[0]),
    }


def _row(name: naming.Named) -> list[Any]:
    """Return a name as text, style, layer, lon, lat, dx, dy, angle, first and last zoom, box."""
    spot = name.spot
    place = [round(name.lon, 5), round(name.lat, 5), round(spot.dx, 1), round(spot.dy, 1), round(name.angle, 3)]
    return [name.text, name.style, name.layer, *place, spot.first, name.last, [round(side, 1) for side in spot.box]]
