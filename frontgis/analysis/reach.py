"""Regions within published reach of the ground that a side holds, as a table: regions, not sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.analysis.ground import SideGround, side_ground
from frontgis.analysis.target import Target, target
from frontgis.catalog import Catalog, Units
from frontgis.catalog.systems import System
from frontgis.geo import geodesic
from frontgis.history import History
from frontgis.model import HELD, AsOf, Side

METHOD: Final = (
    "published reach of a class, drawn geodesically from the ground that a side holds and its own territory, at least "
    "behind_km behind the line; territory as far as the layer countries goes"
)
NOTICE: Final = "published class range from held ground: regions, no sites, no terrain, not operational"
_MARGIN_DEG: Final = 0.1
_OWN: Final = 0.999
_EDGE_DEG: Final = 1e-5


@dataclass(frozen=True, slots=True)
class ReachRow:
    """Say how much of a region lies within a class's reach: share of area, settlements.

    `share_from_held` counts only the ground that the side holds outside its own state.
    """

    region: str
    name: str
    system: str
    range_km: float
    behind_km: float
    share: float
    share_from_held: float
    settlements: int


def regions(catalog: Catalog) -> Units:
    """Return the theatre's units and, where there is such a layer, the regions of states around it."""
    found = [catalog.units(name) for name in (catalog.theatre().units, "regions") if name in catalog.names()]
    return Units(
        tuple(key for units in found for key in units.ids),
        tuple(name for units in found for name in units.names),
        np.concatenate([units.geometry for units in found]),
        "+".join(units.layer for units in found),
        found[0].boundary_set,
    )


def rows(
    history: History, moment: str | AsOf, systems: Iterable[System], *, side: Side, by: str | None = None
) -> list[ReachRow]:
    """Return, for each class, the regions within reach on a date; `by` names another layer, such as countries."""
    catalog, snapshot = history.catalog, history.snapshot(moment)
    division = history.division(by)
    units = regions(catalog) if division is None else division.units
    own, held = side_ground(snapshot, side, catalog), snapshot.ground(HELD[side])
    whole = target(units, shapely.Polygon(), catalog)
    foreign = whole.areas(own.ground).sum(axis=1) < _OWN * whole.km2.sum(axis=1)
    others = np.flatnonzero(foreign & ~_cut(units, catalog))
    over = target(units.chosen(others.tolist()), shapely.Polygon(), catalog)
    found = []
    for system in systems:
        every = over.covered(_reached(own, system, over))
        of_held = over.areas(_reached(own, system, over, only=held)).sum(axis=1) / over.km2.sum(axis=1)
        found += [
            ReachRow(
                row.unit,
                row.name,
                system.id,
                system.range_km,
                system.behind_km,
                row.share,
                float(share),
                row.settlements,
            )
            for row, share in zip(every, of_held, strict=True)
            if row.share is not None and row.share > 0
        ]
    return found


def _cut(units: Units, catalog: Catalog) -> NDArray[np.bool_]:
    """Tell which units reach the edge of the layer countries, where what lies beyond is not known."""
    west, south, east, north = shapely.total_bounds(catalog.layer("countries").geometry)
    inner = shapely.box(west + _EDGE_DEG, south + _EDGE_DEG, east - _EDGE_DEG, north - _EDGE_DEG)
    return ~np.asarray(shapely.covers(inner, units.geometry), dtype=bool)


def _reached(own: SideGround, system: System, over: Target, *, only: BaseGeometry | None = None) -> BaseGeometry:
    """Return the ground within reach; ranges that span the theatre are drawn within the units' box."""
    launch = own.taken_back(system.behind_km)
    launch = launch if only is None else shapely.intersection(launch, only)
    if launch.is_empty:
        return shapely.Polygon()
    return geodesic.buffer(launch, system.range_km, within=_box(over.bounds))


@lru_cache(maxsize=8)
def _box(bounds: tuple[float, float, float, float]) -> BaseGeometry:
    west, south, east, north = bounds
    return shapely.box(west - _MARGIN_DEG, south - _MARGIN_DEG, east + _MARGIN_DEG, north + _MARGIN_DEG)
