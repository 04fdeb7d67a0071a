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
_LARGE: Final = 500_000
_CITIES: Final = 1
_TOWNS: Final = 3
_SECTION: Final = 7
_BY_RANK: Final = (
    ("seat", 5), ("seat", 6), ("town", 7), ("town", 8), ("town", 9), ("village", 9), ("village", 9), ("village", 11),
)  # fmt: skip
"""Style and first zoom by the settlements' rank: seats, cities, towns of three sizes, villages, sections of cities."""

_ABROAD_LATER: Final = 1
_SUBURB_LATER: Final = 2
_SUBURB_KM: Final = 10
_SUBURB_SHARE: Final = 0.4
_PULL: Final = 0.25
_LEAST_AREA_DEG2: Final = {"country": 0.8, "unit": 0.3}
_ALWAYS: Final = 1e9


def places(
    settlements: Settlements, *, state: BaseGeometry, line: BaseGeometry, box: Box, always: Sequence[str]
) -> list[Place]:
    """Return the settlements of a box that may be named; `always` are named from the first zoom on.

    Towns come everywhere, villages and sections of cities only near the line; places outside the state come one
    zoom later. Raises InputError where an `always` is no settlement, or is several.
    """
    chosen = {_one(settlements, text) for text in always}
    lon, lat, rank = (np.asarray(column) for column in (settlements.lon, settlements.lat, settlements.rank))
    inside = (lon > box[0]) & (lon < box[2]) & (lat > box[1]) & (lat < box[3])
    shapely.prepare(state)
    home = shapely.contains_xy(state, lon, lat)
    wanted = inside & (_near(line, lon, lat) | (rank <= np.where(home, _TOWNS + 1, _TOWNS)))
    later = np.where(home, 0, _ABROAD_LATER) + np.where(_suburbs(settlements), _SUBURB_LATER, 0)
    rows = (int(row) for row in np.flatnonzero(wanted) if row not in chosen)
    found = [_place(settlements, row, home=bool(home[row]), later=int(later[row])) for row in rows]
    return found + [_always(settlements, row) for row in sorted(chosen)]


def _one(settlements: Settlements, text: str) -> int:
    found = settlements.find(text)
    if len(found) == 1:
        return int(found[0])
    if len(found):
        listed = ", ".join(f"{settlements.id[row]} ({settlements.unit[row]})" for row in found)
        raise InputError(f"places: {text!r} is several places: write one of {listed}")
    near = ", ".join(map(str, settlements.nearest(text)))
    raise InputError(f"places: no settlement is called {text!r}; nearest spellings: {near}")


def _suburbs(settlements: Settlements) -> NDArray[np.bool_]:
    """Tell which places lie beside one of far more people, for which they must not stand on a map."""
    people = np.asarray(settlements.population)
    lat = np.asarray(settlements.lat)
    flat = np.column_stack([np.asarray(settlements.lon) * np.cos(np.radians(lat.mean())), lat])
    large = np.flatnonzero(np.asarray(settlements.rank) <= _CITIES)
    tree = shapely.STRtree(shapely.points(flat[large]))
    place, near = tree.query(shapely.points(flat), predicate="dwithin", distance=_SUBURB_KM / _KM_PER_DEG)
    suburb = np.zeros(len(flat), dtype=bool)
    suburb[place[people[place] < _SUBURB_SHARE * people[large[near]]]] = True
    return suburb


def _place(settlements: Settlements, row: int, *, home: bool, later: int = 0) -> Place:
    rank, people = int(settlements.rank[row]), float(settlements.population[row])
    style, first = _BY_RANK[rank]
    if people >= _LARGE and rank <= _CITIES and home:
        style, first = "city", 5
    if later >= _SUBURB_LATER and style != "village":
        style = "town"
    return Place(
        name=str(settlements.name[row]),
        lon=float(settlements.lon[row]),
        lat=float(settlements.lat[row]),
        style=style,
        weight=(people + 1) * (1 if home else 0.25) * (0.01 if rank == _SECTION else 1),
        first=first + later,
    )


def _always(settlements: Settlements, row: int) -> Place:
    place = _place(settlements, row, home=True)
    style = "town" if place.style == "village" else place.style
    ring_m = float(settlements.precision_m[row])
    return Place(place.name, place.lon, place.lat, style, weight=_ALWAYS, first=5, ring_m=ring_m)


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


def areas(catalog: Catalog, *, box: Box, line: BaseGeometry) -> list[Name]:
    """Return the names of countries and of the theatre's units, each where it has most room."""
    settlements = catalog.settlements()
    lonlat = np.column_stack([settlements.lon, settlements.lat])
    rank = np.asarray(settlements.rank)
    countries = catalog.layer("countries")
    shapes = shapely.clip_by_rect(countries.geometry, *box)
    found = _area_names(countries.columns["name"], shapes, lonlat[rank == 0], "country", (5, 8))
    units = catalog.units(catalog.theatre().units)
    taken = np.concatenate([lonlat[rank <= _TOWNS], shapely.get_coordinates(shapely.segmentize(line, 0.05))])
    return found + _area_names(units.names, units.geometry, taken, "unit", (7, 9))


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
    edge = shapely.transform(shapely.simplify(shape, 0.05).boundary, lambda xy: xy * stretch)
    points = shapely.points(lattice * stretch)
    room = shapely.distance(edge, points)
    if len(taken):
        _, gaps = shapely.STRtree(shapely.points(taken * stretch)).query_nearest(
            points, all_matches=False, return_distance=True
        )
        room = np.minimum(room, gaps)
    pull = np.hypot(*((lattice - shapely.get_coordinates(shape.centroid)) * stretch).T)
    lon, lat = lattice[int((room - _PULL * pull).argmax())].tolist()
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
