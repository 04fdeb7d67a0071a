"""The settlements a map may name: by rank, by nearness to the line, never a suburb for its city."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog, Settlements
from frontgis.maps import paths
from frontgis.maps.parts import Box, Place
from frontgis.model import InputError

NEAR_KM: Final = 25
"""Within this distance of the line every place gets its name when zoomed in."""

TOWNS: Final = 3
"""The last rank that is named wherever it lies."""

_BY_RANK: Final = (
    ("seat", 5), ("seat", 6), ("town", 7), ("town", 8), ("town", 9), ("village", 9), ("village", 9), ("village", 11),
)  # fmt: skip
"""Style and first zoom by rank: seats, cities, towns of three sizes, villages, the rest, sections of cities."""

_CITIES: Final = 1
_SECTION: Final = 7
_LARGE: Final = 500_000
_ABROAD_LATER: Final = 1
_ABROAD_WEIGHT: Final = 0.25
_SUBURB_LATER: Final = 2
_SUBURB_KM: Final = 6
"""How far the suburbs of a city of 100 000 reach; those of greater ones by the power 0.4 of their people."""

_SUBURB_SHARE: Final = 0.35
_ALWAYS: Final = 1e9
_KM_PER_DEG: Final = 111.2


def places(
    catalog: Catalog, *, day: date, state: BaseGeometry, line: BaseGeometry, box: Box, always: Sequence[str]
) -> list[Place]:
    """Return the settlements of a box that may be named, under their names of the day.

    Towns come everywhere, villages and sections of cities only near the line; places outside the state come one
    zoom later, suburbs two. `always` are named from the first zoom on, with a ring for how far off they may lie.
    Raises InputError where an `always` is no settlement, or is several.
    """
    settlements = catalog.settlements()
    chosen = dict.fromkeys(_one(settlements, text) for text in always)
    named = _names_of(catalog, day)
    rows = np.flatnonzero(_within(settlements, box))
    flat = _flat(settlements, rows)
    shapely.prepare(state)
    home = shapely.contains_xy(state, settlements.lon[rows], settlements.lat[rows])
    suburb = _suburbs(settlements, rows, flat)
    rank = settlements.rank[rows]
    wanted = _near(line, flat) | (rank <= np.where(home, TOWNS + 1, TOWNS))
    found = [
        _place(settlements, int(rows[index]), named, home=bool(home[index]), suburb=bool(suburb[index]))
        for index in np.flatnonzero(wanted)
        if int(rows[index]) not in chosen
    ]
    return found + [_always(settlements, row, named) for row in chosen]


def _names_of(catalog: Catalog, day: date) -> Mapping[str, str]:
    """Return the names that places had on a day, where they are known to have changed."""
    if "names_dated" not in catalog.names():
        return {}
    layer, on = catalog.layer("names_dated"), day.isoformat()
    spans = zip(*(layer.column(name) for name in ("id", "name", "valid_from", "valid_to")), strict=True)
    return {
        place: name
        for place, name, begun, ended in spans
        if (not begun or str(begun) <= on) and (not ended or on <= str(ended))
    }


def _one(settlements: Settlements, text: str) -> int:
    found = settlements.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{settlements.id[row]} ({settlements.unit[row]})" for row in found)
        raise InputError(f"places: {text!r} is several places: write one of {listed}")
    near = ", ".join(settlements.nearest(text)) or "none"
    raise InputError(f"places: no settlement is called {text!r}; nearest spellings: {near}")


def _within(settlements: Settlements, box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    lon, lat = settlements.lon, settlements.lat
    return np.asarray((lon > west) & (lon < east) & (lat > south) & (lat < north))


def _flat(settlements: Settlements, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return positions in degrees of latitude, in a plane true at their mean latitude."""
    lat = settlements.lat[rows]
    return np.column_stack([settlements.lon[rows] * _squeeze(lat), lat])


def _squeeze(lat: NDArray[np.float64]) -> float:
    return float(np.cos(np.radians(lat.mean()))) if len(lat) else 1.0


def _near(line: BaseGeometry, flat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points lie within NEAR_KM of the line."""
    near = np.zeros(len(flat), dtype=bool)
    if line.is_empty or not len(flat):
        return near
    squeeze = _squeeze(flat[:, 1])
    parts = shapely.get_parts(shapely.transform(line, lambda xy: xy * [squeeze, 1.0]))
    points = paths.points(flat)
    near[shapely.STRtree(parts).query(points, predicate="dwithin", distance=NEAR_KM / _KM_PER_DEG)[0]] = True
    return near


def _suburbs(settlements: Settlements, rows: NDArray[np.intp], flat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which places lie beside one of far more people, for which they must not stand on a map."""
    people = settlements.population[rows]
    large = np.flatnonzero(settlements.rank[rows] <= _CITIES)
    suburb = np.zeros(len(rows), dtype=bool)
    if len(large):
        tree = shapely.STRtree(paths.points(flat))
        reach_km = _SUBURB_KM * (np.maximum(people[large], 1) / 100_000) ** 0.4
        city, place = tree.query(paths.points(flat[large]), predicate="dwithin", distance=reach_km / _KM_PER_DEG)
        suburb[place[people[place] < _SUBURB_SHARE * people[large[city]]]] = True
    return suburb


def _place(settlements: Settlements, row: int, named: Mapping[str, str], *, home: bool, suburb: bool) -> Place:
    rank, people = int(settlements.rank[row]), float(settlements.population[row])
    style, first = _BY_RANK[rank]
    if home and rank <= _CITIES and people >= _LARGE:
        style, first = "city", 5
    if suburb and style != "village":
        style = "town"
    return Place(
        name=named.get(settlements.id[row], settlements.name[row]),
        lon=float(settlements.lon[row]),
        lat=float(settlements.lat[row]),
        style=style,
        weight=(people + 1) * (1 if home else _ABROAD_WEIGHT) * (0.01 if rank == _SECTION else 1),
        first=first + (0 if home else _ABROAD_LATER) + (_SUBURB_LATER if suburb else 0),
    )


def _always(settlements: Settlements, row: int, named: Mapping[str, str]) -> Place:
    if not np.isfinite(settlements.lat[row]):
        raise InputError(f"places: the position of {settlements.name[row]!r} is not known")
    place = _place(settlements, row, named, home=True, suburb=False)
    return replace(always(place), ring_m=float(settlements.precision_m[row]), asked=True)


def always(place: Place) -> Place:
    """Return a place that is named at every zoom, before all others."""
    style = "town" if place.style == "village" else place.style
    return replace(place, style=style, weight=_ALWAYS, first=5, always=True)
