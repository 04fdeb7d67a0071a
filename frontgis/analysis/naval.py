"""Naval exposure: which classes of coastal missile reach which waters from the coast that each side has on a date."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from frontgis.analysis.shores import Island, Port, islands
from frontgis.analysis.waters import Waters, waters_of
from frontgis.catalog import Catalog
from frontgis.catalog.systems import System, of_side, systems
from frontgis.geo import shore
from frontgis.geo.plane import length_km
from frontgis.geo.polygons import mend, multipolygon
from frontgis.history.front import QUIET_M
from frontgis.model import HELD, AsOf, Side, Snapshot, Status

Mask = NDArray[np.bool_]
Shapes = NDArray[np.object_]

COAST_WORDS: Final = {Side.RU: "ru", Side.UA: "not marked as held"}
"""What a side's coast is called: the other side's is what a source does not mark as held or contested."""

METHOD: Final = (
    "published greatest range of a class, as if it stood anywhere on the coast that a side has;"
    " shares of cells of 1 km; equal-area plane, lengths within 0.03 %"
)
WARNING: Final = "water beyond a published range is not thereby safe, and nothing here is advice to ships"
COAST_NOTE: Final = (
    "a side's coast is that within 1 km of ground the source marks as held, or of the state near no such ground;"
    " coast near contested ground is neither's; what a side's own territory adds is not counted;"
    " every class is counted on every date"
)
COARSE_NOTE: Final = "what is published is no finer than 5 km: a cell counts as reached where any part of it is"

_ISLAND_M: Final = 2000
_STRAIGHT_M: Final = 1
_ROUND: Final = 64
"""Segments to a quarter of a circle: its radius is then short by 0.01 % at most."""


@dataclass(frozen=True, slots=True)
class ClassShare:
    """Say which share of some water a class reaches, and whether it reaches the place itself."""

    name: str
    range_km: float
    exposed_share: float | None
    reaches: bool | None


@dataclass(frozen=True, slots=True)
class NavalRow:
    """Say of a place (or of all the waters, km None) how near a side's coast is and which share of water it exposes."""

    place: str
    coast_held_by: str
    km: float | None
    exposed_share: float | None
    classes: tuple[ClassShare, ...]


@dataclass(frozen=True)
class Exposure:
    """Hold waters on a date: the coast of each side in pieces, and the metres from each cell of water to it."""

    waters: Waters
    as_of: AsOf
    classes: Mapping[Side, tuple[System, ...]]
    coast: Mapping[Side, Shapes]

    @cached_property
    def distance_m(self) -> dict[Side, NDArray[np.float64]]:
        """Return the metres from the middle of each cell of water to the coast of each side."""
        return {side: shore.nearest_m(self.waters.points, lines) for side, lines in self.coast.items()}

    def reached(self, side: Side, missile: System) -> Mask:
        """Tell which cells of water a class of a side reaches."""
        found: Mask = self.distance_m[side] <= missile.range_km * 1000
        return found

    def count(self, side: Side) -> NDArray[np.int64]:
        """Return how many classes of a side reach each cell of water."""
        found = np.zeros(len(self.waters.centres), np.int64)
        for missile in self.classes[side]:
            found += self.reached(side, missile)
        return found

    def ground(self, side: Side, missile: System) -> MultiPolygon:
        """Return the water that a class of a side reaches as polygons (lon/lat)."""
        lines = shapely.line_merge(shapely.multilinestrings(list(self.coast[side])))
        reach = shapely.buffer(shapely.simplify(lines, _STRAIGHT_M), missile.range_km * 1000, quad_segs=_ROUND)
        return multipolygon(self.waters.plane.unproject(shapely.intersection(reach, self.waters.sea)))

    def km(self, port: Port, side: Side) -> float | None:
        """Return the geodesic km from a port to the nearest coast of a side; None where it has none."""
        if not len(self.coast[side]):
            return None
        here = self.waters.plane.project(shapely.Point(port.lon, port.lat))
        there = shore.nearest_points(np.array([here]), self.coast[side])[0]
        return length_km(self.waters.plane.unproject(shapely.LineString([here, there])))

    def rows(self, ports: Sequence[Port], *, within_km: float) -> list[NavalRow]:
        """Return one row a port and side, on the waters within so many km of it, then one a side on all the waters."""
        found = [
            self._row(port.name, side, self.km(port, side), self.waters.near(port.lon, port.lat, km=within_km))
            for port in ports
            for side in Side
        ]
        whole = np.ones(len(self.waters.centres), dtype=bool)
        return found + [self._row(self.waters.title, side, None, whole) for side in Side]

    def _row(self, place: str, side: Side, km: float | None, water: Mask) -> NavalRow:
        classes = tuple(
            ClassShare(
                missile.name,
                missile.range_km,
                _share(self.reached(side, missile), water),
                None if km is None else km <= missile.range_km,
            )
            for missile in self.classes[side]
        )
        return NavalRow(place, COAST_WORDS[side], km, _share(self.count(side) > 0, water), classes)


def expose(snapshot: Snapshot, catalog: Catalog) -> Exposure:
    """Return the exposure of the theatre's waters by one snapshot.

    Raises NotFoundError where the theatre names no waters, InputError where a table or the relief is no good.
    """
    waters = waters_of(catalog)
    coast = _coast(waters, snapshot, islands(catalog, snapshot.as_of.date))
    return Exposure(waters, snapshot.as_of, _classes(catalog), coast)


def _classes(catalog: Catalog) -> dict[Side, tuple[System, ...]]:
    """Return the coastal classes of each side, the shortest range first."""
    known = systems(catalog)
    return {side: tuple(sorted(of_side(known, side, "coastal"), key=lambda one: one.range_km)) for side in Side}


def _share(reached: Mask, water: Mask) -> float | None:
    return float(reached[water].mean()) if water.any() else None


def _coast(waters: Waters, snapshot: Snapshot, undrawn: Sequence[Island]) -> dict[Side, Shapes]:
    """Return each side's pieces of coast: within 1 km of held ground; the state's near neither held nor contested."""
    held = _near(waters, snapshot, HELD[Side.RU])
    contested = _near(waters, snapshot, {Status.CONTESTED})
    drawn = _near(waters, snapshot, set(Status)) if undrawn else held
    for island in undrawn:
        place = waters.plane.project(shapely.Point(island.lon, island.lat))
        here = shapely.dwithin(waters.middles, place, _ISLAND_M) & ~drawn
        held |= here & (island.status in HELD[Side.RU])
        contested |= here & (island.status is Status.CONTESTED)
    return {Side.RU: waters.coast[held], Side.UA: waters.coast[waters.ours & ~held & ~contested]}


def _near(waters: Waters, snapshot: Snapshot, statuses: AbstractSet[Status]) -> Mask:
    ground = mend(waters.plane.project(snapshot.ground(statuses)))
    shapely.prepare(ground)
    found: Mask = shapely.dwithin(ground, waters.middles, QUIET_M)
    return found
