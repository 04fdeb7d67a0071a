"""Regions within published reach of the ground that a side holds, as a table: regions, not sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
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
COUNTRIES: Final = "countries"

_MARGIN_DEG: Final = 0.1
_FROM_HELD: Final = "held"
_FROM_ALL: Final = "held and own"


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
    units = regions(catalog) if by is None else history.units(by)
    over = _target(units, catalog)
    own, held = side_ground(snapshot, side, catalog), snapshot.ground(HELD[side])
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
            if row.share
        ]
    return found


def _target(units: Units, catalog: Catalog) -> Target:
    return target(units, shapely.Polygon(), catalog)


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
