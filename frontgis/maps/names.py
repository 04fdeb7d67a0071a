"""The names of areas and rivers on a map, each where it has most room, and the sums of change for small scales."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.maps import paths
from frontgis.maps.clusters import Cluster
from frontgis.maps.parts import Box, Name
from frontgis.maps.places import TOWNS
from frontgis.maps.window import Window
from frontgis.maps.words import signed

Floats: TypeAlias = NDArray[np.float64]

_LEAST_AREA_DEG2: Final = {"country": 0.8, "unit": 0.3, "sea": 0.5}
_LEAST_SHARE: Final = 0.06
"""Of an extent smaller than the theatre an area must fill this to be named on it."""
_ZOOMS: Final = {"country": (5, 8), "sea": (5, 9), "unit": (7, 9)}
_CLOSE_ZOOM: Final = 11
_LATTICE: Final = 42
_WIDE: Final = np.array([1.0, 3.0])
"""Latitude counts three times where room for a name is sought: names are wide and low."""

_PULL: Final = 0.25
_STRETCH_DEG: Final = 0.6
_GREAT_RIVERS: Final = 2


def areas(catalog: Catalog, view: Window, *, busy: BaseGeometry) -> list[Name]:
    """Return the names of countries, seas and units, where the window shows enough of them, off `busy` lines."""
    settlements = catalog.settlements()
    lonlat = np.column_stack([settlements.lon, settlements.lat])
    known = np.isfinite(settlements.lat)
    seats, towns = lonlat[known & (settlements.rank == 0)], lonlat[known & (settlements.rank <= TOWNS)]
    taken = np.concatenate([towns, shapely.get_coordinates(shapely.segmentize(busy, 0.05))])
    units = catalog.layer(catalog.theatre().units)
    short = units.columns.get("short", units.column("name"))
    countries, seas = catalog.layer("countries"), catalog.layer("sea")
    return [
        *_named(catalog, "countries", countries.column("name"), "country", view, seats if view.whole else taken),
        *_named(catalog, "sea", seas.column("name"), "sea", view, seats),
        *_named(catalog, catalog.theatre().units, short, "unit", view, taken),
    ]


def _named(catalog: Catalog, layer: str, texts: Sequence[str], style: str, view: Window, taken: Floats) -> list[Name]:
    west, south, east, north = box = catalog.theatre().box if view.whole else view.extent
    least = _LEAST_AREA_DEG2[style] if view.whole else _LEAST_SHARE * (east - west) * (north - south)
    first, last = _ZOOMS[style] if view.whole else (_ZOOMS[style][0], _CLOSE_ZOOM)
    return [
        Name(text if style == "sea" else text.upper(), style, *_roomiest(room, taken), first, last)
        for text, room in zip(texts, _rooms(catalog, layer, box, least), strict=True)
        if room is not None and (" " in text or style != "sea")
    ]


@dataclass(frozen=True, eq=False)
class _Room:
    """Hold points of a lattice in a shape, how far each lies from its edge, and how far from its middle."""

    lattice: Floats
    free: Floats
    pull: Floats


@lru_cache(maxsize=16)
def _rooms(catalog: Catalog, layer: str, box: Box, least: float) -> tuple[_Room | None, ...]:
    """Return the room in each shape of a layer inside a box; None where it is smaller than what is worth a name."""
    seen = shapely.clip_by_rect(catalog.layer(layer).geometry, *box)
    return tuple(_room(shape) if not shape.is_empty and shape.area >= least else None for shape in seen)


def _room(shape: BaseGeometry) -> _Room:
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.linspace(west, east, _LATTICE)[1:-1], np.linspace(south, north, _LATTICE)[1:-1])
    lattice = np.column_stack([x.ravel(), y.ravel()])
    shapely.prepare(shape)
    lattice = lattice[shapely.contains_xy(shape, lattice)]
    if not len(lattice):
        lattice = shapely.get_coordinates(shape.representative_point())
    edge = shapely.transform(shapely.simplify(shape, 0.05).boundary, lambda xy: xy * _WIDE)
    free = shapely.distance(edge, paths.points(lattice * _WIDE))
    return _Room(lattice, free, np.hypot(*((lattice - shapely.get_coordinates(shape.centroid)) * _WIDE).T))


def _roomiest(room: _Room, taken: Floats) -> tuple[float, float]:
    """Return the point of a room that lies far from its edge and from points taken, near its middle."""
    free = room.free
    if len(taken):
        tree = shapely.STRtree(paths.points(taken * _WIDE))
        points = paths.points(room.lattice * _WIDE)
        free = np.minimum(free, tree.query_nearest(points, all_matches=False, return_distance=True)[1])
    lon, lat = room.lattice[int((free - _PULL * room.pull).argmax())].tolist()
    return lon, lat


def rivers(catalog: Catalog, view: Window) -> list[Name]:
    """Return the names of the greatest rivers, each along its straightest stretch that the window shows."""
    layer = catalog.layer("rivers")
    kinds = layer.columns.get("kind", ["river"] * len(layer))
    ranks = layer.columns.get("rank", [0] * len(layer))
    seen = layer.geometry if view.whole else shapely.clip_by_rect(layer.geometry, *view.extent)
    found = [
        (text, *_stretch(shape))
        for text, rank, kind, shape in zip(layer.column("name"), ranks, kinds, seen, strict=True)
        if kind == "river" and int(rank) <= _GREAT_RIVERS and shape.length >= _STRETCH_DEG / 2
    ]
    return [Name(text, "river", lon, lat, 7, 10, angle) for text, lon, lat, angle in found]


def _stretch(shape: BaseGeometry) -> tuple[float, float, float]:
    """Return the middle and the angle on the screen of the straightest and most level stretch of a line."""
    best = (math.inf, 0.0, 0.0, 0.0)
    for part in shapely.get_parts(shapely.line_merge(shape)):
        for start in np.arange(0, max(part.length - _STRETCH_DEG, 0.01), _STRETCH_DEG / 2):
            stops = shapely.line_interpolate_point(part, start + np.linspace(0, _STRETCH_DEG, 9))
            best = min(best, _bend(shapely.get_coordinates(stops)))
    return best[1:]


def _bend(xy: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Return how bent and steep a stretch of nine points is, its middle, and its angle on the screen."""
    squeeze = math.cos(math.radians(float(xy[:, 1].mean())))
    steps = np.diff(xy, axis=0) * [squeeze, 1.0]
    east, north = steps.sum(axis=0).tolist()
    angle = (-math.atan2(north, east) + math.pi / 2) % math.pi - math.pi / 2
    bend = float(np.hypot(*steps.T).sum()) / max(math.hypot(east, north), 1e-9)
    return bend + 0.15 * abs(angle), float(xy[4, 0]), float(xy[4, 1]), angle


def callouts(clusters: Sequence[Cluster]) -> list[Name]:
    """Return the sums of the greatest changes, for small scales only."""
    return [
        Name(f"{signed(sign * cluster.km2)} km²", cluster.kind, cluster.lon, cluster.lat, 5, 6)
        for cluster in clusters
        for sign in [1 if cluster.kind == "gained" else -1]
    ]
