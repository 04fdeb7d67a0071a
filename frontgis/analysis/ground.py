"""The ground from which a side can reach: its own state and what it holds, less what the other side holds."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.geo import geodesic
from frontgis.geo.plane import Plane
from frontgis.history.setting import front_setting
from frontgis.model import HELD, InputError, Side, Snapshot, Status

NOBODYS: Final = frozenset({Status.CONTESTED, Status.CLAIMED, Status.PRESENCE})
"""Ground of these statuses is no side's to reach from."""

SLIT_KM: Final = 1.0
"""Ground of the other side narrower than twice this is a difference of two drawings, not a line to keep away from."""

_FINE_DEG: Final = 100 / 111_400
"""Outlines are taken as fine as the layers are: 100 m."""

_GRID_DEG: Final = 1e-6


@dataclass(frozen=True, eq=False)
class SideGround:
    """Hold a side's ground on a date and the ground across the line (its core, 1 km from its edge), in lon/lat."""

    side: Side
    snapshot: Snapshot
    ground: BaseGeometry
    across: BaseGeometry

    @lru_cache(maxsize=64)  # noqa: B019 - a side's ground lives as long as its question
    def taken_back(self, km: float) -> BaseGeometry:
        """Return the part of the ground that lies at least km behind the line; coast and third states are no line."""
        if km == 0:
            return self.ground
        near = geodesic.buffer(self.across, km + SLIT_KM, within=self.ground)
        return shapely.simplify(shapely.difference(self.ground, near, grid_size=_GRID_DEG), _FINE_DEG)


def side_ground(snapshot: Snapshot, side: Side, catalog: Catalog) -> SideGround:
    """Return a side's ground on a date; InputError where the theatre's card names no home of a side."""
    other = Side.UA if side is Side.RU else Side.RU
    ours, theirs = _home(catalog, side), _home(catalog, other)
    held, lost = snapshot.ground(HELD[side]), snapshot.ground(HELD[other] | NOBODYS)
    ground = shapely.difference(shapely.union(ours, held, grid_size=_GRID_DEG), lost, grid_size=_GRID_DEG)
    ground = shapely.simplify(ground, _FINE_DEG)
    both = shapely.union(ours, theirs, grid_size=_GRID_DEG)
    across = _core(shapely.difference(both, ground, grid_size=_GRID_DEG), front_setting(catalog).sea, catalog.plane())
    return SideGround(side, snapshot, ground, across)


@lru_cache(maxsize=8)
def _home(catalog: Catalog, side: Side) -> BaseGeometry:
    home = catalog.theatre().homes.get(side)
    countries = catalog.layer("countries")
    found = np.array([name == home for name in countries.column("id")], dtype=bool)
    if not found.any():
        raise InputError(f"{catalog.root}/theatre.toml: [homes] must name a country of the layer countries for {side}")
    return shapely.union_all(countries.geometry[found])


def _core(ground: BaseGeometry, sea: BaseGeometry, plane: Plane) -> BaseGeometry:
    """Return what lies deeper than 1 km in ground without its bays and lagoons."""
    dry = shapely.difference(ground, sea, grid_size=_GRID_DEG)
    return shapely.simplify(plane.unproject(shapely.buffer(plane.project(dry), -SLIT_KM * 1000)), _FINE_DEG)
