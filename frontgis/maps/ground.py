"""The ground under a map, from the catalog: sea, land, water as it was on the day, rivers, borders."""

from datetime import date
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.maps.parts import Box, Ground, Relief
from frontgis.maps.recipe import Shown

MARGIN_DEG: Final = 7.0
"""How far the ground reaches beyond the theatre, so that it runs to every edge of a screen."""

_BORDER_TOLERANCE_DEG: Final = 0.006
_UNIT_TOLERANCE_DEG: Final = 0.003
_WATER_TOLERANCE_DEG: Final = 0.0006
_SPECK_DEG: Final = 0.02
_LEAST_WATER_DEG2: Final = 4e-4
"""About 3 km²: smaller lakes and pools are left out."""


def grounds(catalog: Catalog, box: Box, day: date, shown: Shown) -> list[Ground]:
    """Return the layers under a map in the order in which they are drawn."""
    frame = shapely.box(*box)
    countries = catalog.layer("countries")
    ids = np.asarray(countries.columns["id"])
    near = shapely.clip_by_rect(countries.geometry, *box)
    state = shapely.union_all(near[ids == catalog.theatre().state])
    sea = shapely.union_all(shapely.clip_by_rect(catalog.layer("sea").geometry, *box))
    found = [*_waters(catalog, sea, day), Ground("land", state)]
    if shown.rivers:
        rivers = shapely.union_all(shapely.clip_by_rect(catalog.layer("rivers").geometry, *box))
        wet = shapely.union_all([ground.geometry for ground in found if ground.name in ("sea", "water")])
        found.append(Ground("rivers", shapely.simplify(_merged(shapely.difference(rivers, wet)), _UNIT_TOLERANCE_DEG)))
    if shown.borders:
        found += _borders(catalog, near, state, sea, frame)
    return [ground for ground in found if not ground.geometry.is_empty]


def relief(catalog: Catalog, box: Box) -> Relief | None:
    """Return the heights within a box, where the catalog has them."""
    if "relief" not in catalog.names():
        return None
    return None


def _waters(catalog: Catalog, sea: BaseGeometry, day: date) -> list[Ground]:
    """Return sea with its bays, water that was there on the day, and the outline of water that was there before."""
    water = catalog.layer("water")
    shapes = shapely.clip_by_rect(water.geometry, *catalog.theatre().box)
    begun = np.array([not start or str(start) <= day.isoformat() for start in water.columns["valid_from"]])
    ended = np.array([bool(end) and str(end) < day.isoformat() for end in water.columns["valid_to"]])
    bay = np.asarray(water.columns["kind"]) == "inner_sea"
    fresh = ~bay & (shapely.area(shapes) >= _LEAST_WATER_DEG2)
    return [
        Ground("sea", shapely.union_all([sea, *shapes[bay]], grid_size=1e-6)),
        Ground("water", shapely.simplify(shapely.union_all(shapes[begun & ~ended & fresh]), _WATER_TOLERANCE_DEG)),
        Ground("former_water", shapely.union_all(shapes[ended & fresh])),
    ]


def _borders(
    catalog: Catalog, countries: np.ndarray, state: BaseGeometry, sea: BaseGeometry, frame: BaseGeometry
) -> list[Ground]:
    units = shapely.clip_by_rect(catalog.units(catalog.theatre().units).geometry, *frame.bounds)
    edges = shapely.union_all(shapely.boundary(countries))
    outer = shapely.union_all([sea.boundary, frame.boundary])
    inner = shapely.difference(shapely.union_all(shapely.boundary(units)), shapely.union_all([edges, outer]))
    lines = shapely.difference(edges, outer)
    near = shapely.intersection(lines, state.boundary)
    far = shapely.simplify(_merged(shapely.difference(lines, near)), _BORDER_TOLERANCE_DEG)
    return [
        Ground("units", shapely.simplify(_merged(inner), _UNIT_TOLERANCE_DEG)),
        Ground("borders", shapely.union_all([_merged(near), far])),
    ]


def _merged(lines: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(lines)
    whole = shapely.line_merge(shapely.MultiLineString(list(parts[shapely.get_type_id(parts) == 1])))
    pieces = shapely.get_parts(whole)
    return shapely.MultiLineString(list(pieces[shapely.length(pieces) > _SPECK_DEG]))
