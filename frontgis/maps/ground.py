"""The ground under a map, from the catalog: sea, land, water as it was on the day, rivers, borders."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.maps import paths
from frontgis.maps.parts import Box, Ground, Relief
from frontgis.maps.recipe import Shown

MARGIN_DEG: Final = 5.0
"""How far the ground reaches beyond the theatre, so that it runs to every edge of a screen."""

_BORDER_TOLERANCE_DEG: Final = 0.006
_UNIT_TOLERANCE_DEG: Final = 0.003
_WATER_TOLERANCE_DEG: Final = 0.001
_OVERLAP_DEG: Final = 0.0008
"""Bays are widened by this before they join the sea, so that no line parts them from it."""

_AT_DEG: Final = 0.001
_GRID: Final = 1e6
_SPECK_DEG: Final = 0.02
_LEAST_WATER_DEG2: Final = 5e-4
"""About 4 km²: smaller lakes and pools are left out."""
_LEAST_WATER_ABROAD_DEG2: Final = 6e-3
_SEA_TOLERANCE_DEG: Final = 0.0012


@dataclass(frozen=True)
class _Lasting:
    """Hold what is the same on every day: open sea, the state, rivers, borders."""

    sea: BaseGeometry
    state: BaseGeometry
    rivers: BaseGeometry
    units: BaseGeometry
    borders: BaseGeometry


def grounds(catalog: Catalog, box: Box, day: date, shown: Shown) -> list[Ground]:
    """Return the layers under a map in the order in which they are drawn."""
    water, on = catalog.layer("water"), day.isoformat()
    begun = tuple(not start or str(start) <= on for start in water.columns["valid_from"])
    ended = tuple(bool(end) and str(end) < on for end in water.columns["valid_to"])
    return list(_grounds(catalog, box, begun, ended, shown))


@lru_cache(maxsize=8)
def _grounds(
    catalog: Catalog, box: Box, begun: tuple[bool, ...], ended: tuple[bool, ...], shown: Shown
) -> tuple[Ground, ...]:
    """Return the layers under a map by what water there is already, and what there is no more."""
    lasting = _lasting(catalog, box)
    waters = _waters(catalog, lasting, box, np.array(begun), np.array(ended))
    found = [*waters, Ground("land", lasting.state)]
    if shown.rivers:
        wet = shapely.union_all([water.geometry for water in waters if water.name != "former_water"])
        courses = _without_specks(_merged(shapely.difference(lasting.rivers, wet)))
        found.append(Ground("rivers", shapely.simplify(courses, _UNIT_TOLERANCE_DEG)))
    if shown.borders:
        found += [Ground("units", lasting.units), Ground("borders", lasting.borders)]
    return tuple(ground for ground in found if not ground.geometry.is_empty)


@lru_cache(maxsize=4)
def _lasting(catalog: Catalog, box: Box) -> _Lasting:
    countries = catalog.layer("countries")
    near = shapely.clip_by_rect(countries.geometry, *box)
    state = shapely.union_all(near[np.asarray(countries.column("id")) == catalog.theatre().state])
    rivers = shapely.union_all(shapely.clip_by_rect(catalog.layer("rivers").geometry, *box))
    sea = shapely.union_all(shapely.intersection(catalog.layer("sea").geometry, shapely.box(*box)))
    return _Lasting(sea, state, rivers, *_borders(catalog, near, (sea, state), box))


def frame(catalog: Catalog, extent: Box | None = None) -> Box:
    """Return the box that a map's ground fills, as far as the layers go: an extent and as much again on every side.

    Without an extent it is the theatre and a margin.
    """
    west, south, east, north = extent or catalog.theatre().box
    wide, high = (east - west, north - south) if extent else (MARGIN_DEG, MARGIN_DEG / 2)
    known = _known(catalog)
    return (
        max(west - wide, known[0]),
        max(south - high, known[1]),
        min(east + wide, known[2]),
        min(north + high, known[3]),
    )


@lru_cache(maxsize=4)
def _known(catalog: Catalog) -> Box:
    west, south, east, north = shapely.total_bounds(
        [*catalog.layer("countries").geometry, *catalog.layer("sea").geometry]
    ).tolist()
    return west, south, east, north


@lru_cache(maxsize=8)
def relief(catalog: Catalog, box: Box) -> Relief | None:
    """Return the heights of the theatre as far as the box reaches, where the catalog has them."""
    if "relief" not in catalog.names():
        return None
    import rasterio
    from rasterio.windows import from_bounds

    with rasterio.open(catalog.path("relief")) as raster:
        edges = zip(box, raster.bounds, strict=True)
        inner = [max(pair) if low else min(pair) for pair, low in zip(edges, (True, True, False, False), strict=True)]
        part = from_bounds(*inner, raster.transform).round_lengths().round_offsets()
        return Relief(raster.window_bounds(part), raster.read(1, window=part))


def _waters(
    catalog: Catalog, lasting: _Lasting, box: Box, begun: NDArray[np.bool_], ended: NDArray[np.bool_]
) -> list[Ground]:
    """Return sea with its bays, water that has begun and not ended, and the outline of what has ended."""
    water = catalog.layer("water")
    shapes = shapely.clip_by_rect(shapely.clip_by_rect(water.geometry, *catalog.theatre().box), *box)
    bay = np.asarray(water.columns["kind"]) == "inner_sea"
    shapely.prepare(lasting.state)
    least = np.where(shapely.intersects(lasting.state, shapes), _LEAST_WATER_DEG2, _LEAST_WATER_ABROAD_DEG2)
    fresh = ~bay & (shapely.area(shapes) >= least)
    bays = shapely.buffer(shapes[bay], _OVERLAP_DEG)
    return [
        Ground("sea", shapely.simplify(shapely.union_all([lasting.sea, *bays]), _SEA_TOLERANCE_DEG)),
        Ground("water", shapely.simplify(shapely.union_all(shapes[begun & ~ended & fresh]), _WATER_TOLERANCE_DEG)),
        Ground("former_water", shapely.union_all(shapes[ended & fresh])),
    ]


def _borders(
    catalog: Catalog, countries: NDArray[np.object_], lasting: tuple[BaseGeometry, BaseGeometry], box: Box
) -> tuple[BaseGeometry, BaseGeometry]:
    """Return borders between units within a state, and between states; a coast is neither.

    The layers are coverages: a border is a segment that two neighbours share, vertex by vertex. The state's own
    border is all of its edge that is neither coast nor the edge of the map, even where a neighbour was drawn apart.
    """
    sea, state = lasting
    units = shapely.clip_by_rect(catalog.units(catalog.theatre().units).geometry, *box)
    between, home = _shared(countries), _segments(state)
    near = home[~(_are_on(home, sea, box) & ~_are_in(home, between))]
    far = between[~_are_in(between, home)]
    inner = _shared(units)
    inner = inner[~_are_in(inner, np.concatenate([between, home]))]
    borders = [_lines(near), shapely.simplify(_lines(far), _BORDER_TOLERANCE_DEG)]
    return shapely.simplify(_without_specks(_lines(inner)), _UNIT_TOLERANCE_DEG), shapely.union_all(borders)


def _are_on(rows: NDArray[np.int64], sea: BaseGeometry, box: Box) -> NDArray[np.bool_]:
    """Tell which segments lie on the coast or on the edge of the box."""
    middle = paths.points((rows[:, :2] + rows[:, 2:]) / (2 * _GRID))
    shapely.prepare(sea)
    return np.asarray(
        shapely.dwithin(sea, middle, _AT_DEG) | shapely.dwithin(shapely.box(*box).boundary, middle, _AT_DEG)
    )


def _segments(shape: BaseGeometry) -> NDArray[np.int64]:
    """Return the segments of a shape's edge as rows x1, y1, x2, y2 in millionths of a degree, ends in order."""
    rings = [np.rint(line * _GRID).astype(np.int64) for _, line in paths.lines(shape)]
    rows = [np.hstack([ring[:-1], ring[1:]]) for ring in rings]
    found = np.concatenate(rows) if rows else np.zeros((0, 4), np.int64)
    swap = (found[:, 0] > found[:, 2]) | ((found[:, 0] == found[:, 2]) & (found[:, 1] > found[:, 3]))
    found[swap] = found[swap][:, [2, 3, 0, 1]]
    return np.unique(found, axis=0)


def _shared(shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the segments that two shapes have in common."""
    rows, counts = np.unique(np.concatenate([_segments(shape) for shape in shapes]), axis=0, return_counts=True)
    return rows[counts > 1]


def _are_in(rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.isin(_keys(rows), _keys(others))


def _keys(rows: NDArray[np.int64]) -> NDArray[np.void]:
    return np.ascontiguousarray(rows).view(np.dtype((np.void, rows.dtype.itemsize * 4))).ravel()


def _lines(rows: NDArray[np.int64]) -> BaseGeometry:
    segments = np.asarray(shapely.linestrings(rows.reshape(-1, 2, 2) / _GRID), dtype=object)
    return _merged(shapely.MultiLineString(list(segments)))


def _merged(lines: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(lines)
    kept = (shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & ~shapely.is_empty(parts)
    return shapely.line_merge(shapely.MultiLineString(list(parts[kept])))


def _without_specks(lines: BaseGeometry) -> BaseGeometry:
    pieces = shapely.get_parts(lines)
    return shapely.MultiLineString(list(pieces[shapely.length(pieces) > _SPECK_DEG]))
