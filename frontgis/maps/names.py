"""The names a map may carry: settlements by weight and nearness to the line, countries, units, rivers."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog, Settlements
from frontgis.maps.clusters import Cluster
from frontgis.maps.parts import Box, Name, Place
from frontgis.maps.words import signed
from frontgis.model import InputError

NEAR_KM: Final = 25
"""Within this distance of the line every place gets its name when zoomed in."""

_KM_PER_DEG: Final = 111.2
_STYLES: Final = ((500_000, "city", 5), (95_000, "seat", 6), (9_000, "town", 8), (0, "village", 9))
_LEAST_AREA_DEG2: Final = {"country": 0.8, "unit": 0.3}
_ALWAYS: Final = 1e9
_ABROAD: Final = 0.25


def places(
    settlements: Settlements, *, state: BaseGeometry, line: BaseGeometry, box: Box, always: Sequence[str]
) -> list[Place]:
    """Return the settlements of a box that may be named; `always` are named from the first zoom on.

    Towns outside the state weigh a quarter of their people, so that the map speaks of its subject.

    Raises InputError where an `always` is no settlement, or is several.
    """
    chosen = {_one(settlements, text) for text in always}
    lon, lat = np.asarray(settlements.lon), np.asarray(settlements.lat)
    inside = (lon > box[0]) & (lon < box[2]) & (lat > box[1]) & (lat < box[3])
    shapely.prepare(state)
    weight = np.asarray(settlements.population) * np.where(shapely.contains_xy(state, lon, lat), 1.0, _ABROAD)
    rows = np.flatnonzero(inside & (_near(line, lon, lat) | (weight >= _STYLES[2][0])))
    found = [_place(settlements, row, float(weight[row]), forced=False) for row in rows.tolist() if row not in chosen]
    return found + [_place(settlements, row, float(weight[row]), forced=True) for row in sorted(chosen)]


def _one(settlements: Settlements, text: str) -> int:
    found = settlements.find(text)
    if len(found) == 1:
        return int(found[0])
    if len(found):
        listed = ", ".join(f"{settlements.id[row]} ({settlements.unit[row]})" for row in found)
        raise InputError(f"places: {text!r} is several places: write one of {listed}")
    near = ", ".join(map(str, settlements.nearest(text)))
    raise InputError(f"places: no settlement is called {text!r}; nearest spellings: {near}")


def _place(settlements: Settlements, row: int, weight: float, *, forced: bool) -> Place:
    style, first = next((style, first) for least, style, first in _STYLES if weight >= least)
    precision = float(settlements.precision_m[row])
    return Place(
        name=str(settlements.name[row]),
        lon=float(settlements.lon[row]),
        lat=float(settlements.lat[row]),
        style="town" if forced and style == "village" else style,
        weight=_ALWAYS if forced else weight,
        first=5 if forced else first,
        ring_m=precision if forced else 0.0,
    )


def _near(line: BaseGeometry, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points lie within NEAR_KM of the line, in a plane true at its middle latitude."""
    if line.is_empty:
        return np.zeros(len(lon), dtype=bool)
    _, south, _, north = line.bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    flat = shapely.transform(line, lambda xy: xy * [squeeze, 1.0])
    reach = NEAR_KM / _KM_PER_DEG
    tree = shapely.STRtree(shapely.get_parts(flat))
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    points = shapely.points(lon[known] * squeeze, lat[known])
    found = tree.query(points, predicate="dwithin", distance=reach)[0]
    near = np.zeros(len(lon), dtype=bool)
    near[known[found]] = True
    return near


def areas(catalog: Catalog, box: Box) -> list[Name]:
    """Return the names of countries and of the theatre's units, each where it has most room."""
    settlements = catalog.settlements()
    lonlat = np.column_stack([settlements.lon, settlements.lat])
    people = np.asarray(settlements.population)
    countries = catalog.layer("countries")
    shapes = shapely.clip_by_rect(countries.geometry, *box)
    found = _area_names(countries.columns["name"], shapes, lonlat[people > _STYLES[0][0]], "country", (5, 8))
    units = catalog.units(catalog.theatre().units)
    return found + _area_names(units.names, units.geometry, lonlat[people > _STYLES[2][0]], "unit", (7, 9))


def _area_names(
    texts: Sequence[str], shapes: NDArray[np.object_], taken: NDArray[np.float64], style: str, zooms: tuple[int, int]
) -> list[Name]:
    return [
        Name(str(text).upper(), style, *_roomiest(shape, taken), *zooms)
        for text, shape in zip(texts, shapes, strict=True)
        if not shape.is_empty and shape.area >= _LEAST_AREA_DEG2[style]
    ]


def _roomiest(shape: BaseGeometry, taken: NDArray[np.float64]) -> tuple[float, float]:
    """Return the point of a lattice inside `shape` that lies farthest from its edge and from points taken.

    Latitude counts three times: a name is wide and low.
    """
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.linspace(west, east, 42)[1:-1], np.linspace(south, north, 42)[1:-1])
    lattice = np.column_stack([x.ravel(), y.ravel()])
    shapely.prepare(shape)
    lattice = lattice[shapely.contains_xy(shape, lattice)]
    stretch = np.array([1.0, 3.0])
    edge = shapely.transform(shapely.simplify(shape.boundary, 0.02), lambda xy: xy * stretch)
    room = shapely.distance(edge, shapely.points(lattice * stretch))
    if len(taken):
        gaps = (lattice[:, None, :] - taken[None, :, :]) * stretch
        room = np.minimum(room, np.sqrt((gaps**2).sum(axis=2)).min(axis=1))
    lon, lat = lattice[int(room.argmax())].tolist()
    return lon, lat


def rivers(catalog: Catalog) -> list[Name]:
    """Return the names of the greatest rivers, each along its straightest stretch."""
    layer = catalog.layer("rivers")
    found = []
    for text, rank, kind, shape in zip(
        layer.columns["name"], layer.columns["rank"], layer.columns["kind"], layer.geometry, strict=True
    ):
        if kind == "river" and int(rank) <= 2:
            lon, lat, angle = _stretch(shape)
            found.append(Name(str(text), "river", lon, lat, 7, 10, angle))
    return found


def _stretch(shape: BaseGeometry) -> tuple[float, float, float]:
    """Return the middle and the screen angle of the straightest 0.6° of a line."""
    length, best = 0.6, (math.inf, 0.0, 0.0, 0.0)
    for part in shapely.get_parts(shapely.line_merge(shape)):
        for start in np.arange(0, max(part.length - length, 0.01), length / 2):
            stops = shapely.line_interpolate_point(part, start + np.linspace(0, length, 9))
            xy = shapely.get_coordinates(stops)
            (ax, ay), (bx, by) = xy[0], xy[-1]
            squeeze = math.cos(math.radians((ay + by) / 2))
            chord = math.hypot((bx - ax) * squeeze, by - ay)
            path = float(np.hypot(np.diff(xy[:, 0]) * squeeze, np.diff(xy[:, 1])).sum())
            angle = -math.atan2(by - ay, (bx - ax) * squeeze)
            angle = (angle + math.pi / 2) % math.pi - math.pi / 2
            bend = path / max(chord, 1e-9) + 0.15 * abs(angle)
            if bend < best[0]:
                best = (bend, float(xy[4, 0]), float(xy[4, 1]), angle)
    return best[1], best[2], best[3]


def callouts(clusters: Sequence[Cluster]) -> list[Name]:
    """Return the sums of the greatest changes, for small scales only."""
    return [
        Name(f"{signed(cluster.km2 if cluster.kind == 'gained' else -cluster.km2)} km²", cluster.kind,
             cluster.lon, cluster.lat, 5, 6)
        for cluster in clusters
    ]  # fmt: skip
