"""The names a map may carry: settlements by weight and nearness to the line, countries, units, rivers."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog, Settlements
from frontgis.maps.parts import Box, Name, Place
from frontgis.model import InputError

NEAR_KM: Final = 25
"""Within this distance of the line every place gets its name when zoomed in."""

_KM_PER_DEG: Final = 111.2
_STYLES: Final = ((500_000, "city", 5), (95_000, "seat", 6), (9_000, "town", 8), (0, "village", 9))
_ALWAYS: Final = 1e9


def places(settlements: Settlements, line: BaseGeometry, box: Box, always: Sequence[str]) -> list[Place]:
    """Return the settlements of a box that may be named; `always` are named from the first zoom on.

    Raises InputError where an `always` is no settlement, or is several.
    """
    chosen = {_one(settlements, text) for text in always}
    lon, lat = np.asarray(settlements.lon), np.asarray(settlements.lat)
    inside = (lon > box[0]) & (lon < box[2]) & (lat > box[1]) & (lat < box[3])
    near = _near(line, lon, lat)
    rows = np.flatnonzero(inside & (near | (np.asarray(settlements.population) >= _STYLES[2][0])))
    found = [_place(settlements, int(row), forced=False) for row in rows if int(row) not in chosen]
    return found + [_place(settlements, row, forced=True) for row in sorted(chosen)]


def _one(settlements: Settlements, text: str) -> int:
    found = settlements.find(text)
    if len(found) == 1:
        return int(found[0])
    if len(found):
        listed = ", ".join(f"{settlements.id[row]} ({settlements.unit[row]})" for row in found)
        raise InputError(f"places: {text!r} is several places: write one of {listed}")
    near = ", ".join(map(str, settlements.nearest(text)))
    raise InputError(f"places: no settlement is called {text!r}; nearest spellings: {near}")


def _place(settlements: Settlements, row: int, *, forced: bool) -> Place:
    population = float(settlements.population[row])
    style, first = next((style, first) for least, style, first in _STYLES if population >= least)
    precision = float(settlements.precision_m[row])
    return Place(
        name=str(settlements.name[row]),
        lon=float(settlements.lon[row]),
        lat=float(settlements.lat[row]),
        style="town" if forced and style == "village" else style,
        weight=_ALWAYS if forced else population,
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
    found = tree.query(shapely.points(lon * squeeze, lat), predicate="dwithin", distance=reach)[0]
    near = np.zeros(len(lon), dtype=bool)
    near[found] = True
    return near


def areas(catalog: Catalog, box: Box) -> list[Name]:
    """Return the names of countries and of the theatre's units."""
    countries = catalog.layer("countries")
    shapes = shapely.clip_by_rect(countries.geometry, *box)
    found = list(_area_names(countries.columns["name"], shapes, "country", (5, 8), least_deg2=0.8))
    units = catalog.units(catalog.theatre().units)
    named = [str(name) for name in units.names]
    return found + list(_area_names(named, units.geometry, "unit", (7, 9), least_deg2=0.3))


def _area_names(
    texts: Sequence[str], shapes: NDArray[np.object_], style: str, zooms: tuple[int, int], least_deg2: float
) -> Iterator[Name]:
    for text, shape in zip(texts, shapes, strict=True):
        if shape.is_empty or shape.area < least_deg2:
            continue
        centre = shapely.maximum_inscribed_circle(shapely.simplify(shape, 0.02), tolerance=0.05).coords[0]
        yield Name(str(text).upper(), style, centre[0], centre[1], *zooms)


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
