"""A scene as the page's data block: geometry as short text, names already placed."""

from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.maps import paths
from frontgis.maps.scene import Scene
from frontgis.maps.words import day
from frontgis.render import encode, labels, mercator
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
        "labels": place_names(scene),
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


def candidates(scene: Scene) -> tuple[list[labels.Candidate], np.ndarray, list[str]]:
    """Return the scene's names, the weightiest first, with their lon/lat and layers."""
    places = sorted(scene.places, key=lambda place: (-place.weight, place.name, place.lon))
    rows = [(labels.Candidate(plain(name.text), name.style, name.first, name.last, name.angle), name.lon, name.lat,
             "borders" if name.style == "unit" else "names") for name in scene.names]  # fmt: skip
    rows += [
        (labels.Candidate(plain(place.name), place.style, place.first, MAX_ZOOM), place.lon, place.lat, "settlements")
        for place in places
    ]
    order = {
        "gained": 0,
        "lost": 0,
        "city": 1,
        "country": 1,
        "sea": 1,
        "seat": 2,
        "town": 3,
        "unit": 4,
        "river": 5,
        "village": 6,
    }
    rows.sort(key=lambda row: order[row[0].style])
    lonlat = np.array([(lon, lat) for _, lon, lat, _ in rows], dtype=np.float64).reshape(-1, 2)
    return [row[0] for row in rows], lonlat, [row[3] for row in rows]


def place_names(scene: Scene) -> list[list[Any]]:
    """Return a row a placed name: text, style, layer, lon, lat, dx, dy, angle, first and last zoom, box."""
    wanted, lonlat, layers = candidates(scene)
    front = front_lines(scene)
    levels = [
        labels.Level(
            zoom,
            mercator.pixels(lonlat, zoom),
            frozenset().union(*(labels.cells(mercator.pixels(line, zoom)) for line in front)),
        )
        for zoom in range(MIN_ZOOM, MAX_ZOOM + 1)
    ]
    rows = []
    for index, spot in enumerate(labels.place(wanted, levels)):
        if spot is None:
            continue
        name = wanted[index]
        lon, lat = (round(value, 5) for value in lonlat[index].tolist())
        box = [round(value, 1) for value in spot.box]
        rows.append([name.text, name.style, layers[index], lon, lat, round(spot.dx, 1), round(spot.dy, 1),
                     round(name.angle, 3), spot.first, name.last, box])  # fmt: skip
    return rows


def front_lines(scene: Scene) -> list[np.ndarray]:
    """Return the front's lines as lon/lat coordinates."""
    parts = [ground.geometry for ground in scene.grounds if ground.name.startswith("front_")]
    return [line for part in parts for _, line in paths.lines(shapely.simplify(part, 0.002))]
