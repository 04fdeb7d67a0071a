"""A scene's names, set on a map's zooms or on a sheet of paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.maps import paths
from frontgis.maps.legend import FRONT_LAYERS
from frontgis.maps.scene import Scene
from frontgis.render import labels, mercator
from frontgis.render.escape import plain
from frontgis.render.sheet import Sheet

_ORDER: Final = ("city", "gained", "lost", "country", "sea", "seat", "town", "unit", "river", "village")
"""Which kind of name takes its spot first."""

_LAST: Final = 99
_SIMPLE_DEG: Final = 0.002


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold a name that the scene would like to show."""

    text: str
    style: str
    lon: float
    lat: float
    first: int
    last: int
    angle: float
    ring_m: float = 0.0
    marked: bool = False
    always: bool = False
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a name with its spot."""

    text: str
    style: str
    lon: float
    lat: float
    last: int
    angle: float
    ring_m: float
    grades: tuple[str, ...]
    spot: labels.Spot


def by_zoom(scene: Scene, zooms: Sequence[int]) -> list[Named]:
    """Return the names with spots that stay free of each other at every zoom from their first to their last."""
    wanted = _wanted(scene)
    lonlat, lines = _lonlat(wanted), _lines(scene)
    levels = [
        labels.Level(zoom, mercator.pixels(lonlat, zoom), _cells(mercator.pixels(line, zoom) for line in lines))
        for zoom in zooms
    ]
    return _named(wanted, levels)


def on_sheet(scene: Scene, sheet: Sheet, window: labels.Pixels, kept: tuple[labels.Pixels, ...]) -> list[Named]:
    """Return the names with spots inside a window of a picture and off the boxes to be kept free."""
    zoom = round(sheet.zoom)
    wanted = [name for name in _wanted(scene) if name.first <= zoom <= name.last]
    cells = _cells(sheet.pixels(line) for line in _lines(scene))
    return _named(wanted, [labels.Level(zoom, sheet.pixels(_lonlat(wanted)), cells, window, kept)])


def _wanted(scene: Scene) -> list[Wanted]:
    found = [
        Wanted(plain(name.text), name.style, name.lon, name.lat, name.first, name.last, name.angle)
        for name in scene.names
    ]
    places = sorted(scene.places, key=lambda place: (-place.weight, place.name, place.lon))
    found += [
        Wanted(
            plain(place.name), place.style, place.lon, place.lat, place.first, _LAST, 0.0,
            place.ring_m, place.marked, place.always, place.grades or (place.grade,),
        )
        for place in places
    ]  # fmt: skip
    return sorted(found, key=lambda name: (not name.always, _ORDER.index(name.style)))


def _lonlat(wanted: Sequence[Wanted]) -> NDArray[np.float64]:
    return np.array([(name.lon, name.lat) for name in wanted], dtype=np.float64).reshape(-1, 2)


def _lines(scene: Scene) -> list[NDArray[np.float64]]:
    """Return the front and the edges of what changed: what names should rather not cover."""
    names = {*FRONT_LAYERS, "gained", "lost"}
    parts = [ground.geometry for ground in scene.grounds if ground.name in names]
    return [line for part in parts for _, line in paths.lines(shapely.simplify(part, _SIMPLE_DEG))]


def _cells(lines: Iterator[NDArray[np.float64]]) -> frozenset[tuple[int, int]]:
    return frozenset().union(*map(labels.cells, lines))


def _named(wanted: Sequence[Wanted], levels: Sequence[labels.Level]) -> list[Named]:
    asked = [
        labels.Candidate(name.text, name.style, name.first, name.last, name.angle, name.marked, name.always)
        for name in wanted
    ]
    spots = zip(wanted, labels.place(asked, levels), strict=True)
    return [
        Named(name.text, name.style, name.lon, name.lat, name.last, name.angle, name.ring_m, name.grades, spot)
        for name, spot in spots
        if spot is not None
    ]
