"""Air-defence coverage: the published range of a class, drawn from a side's ground taken back from the line.

What is drawn is "a system of this class anywhere at least n km behind the line": no sites, no terrain. It reaches the
least of its published range and the radar horizon, and no target above its published altitude.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.analysis.ground import SideGround, side_ground
from frontgis.analysis.target import Covered, Target, home_units, target
from frontgis.catalog.systems import Site, System
from frontgis.geo import geodesic
from frontgis.geo.horizon import REFRACTION, horizon_km
from frontgis.geo.polygons import multipolygon
from frontgis.history import History
from frontgis.model import HELD, AsOf, Side

ALTITUDES_M: Final = (50.0, 500.0, 3000.0, 10_000.0)
"""Altitudes of a target that are asked for when none is named: low, treetop to helicopter, and two of aircraft."""

SPREAD: Final = (0.5, 1.0, 2.0)
"""The assumed distance behind the line is varied by these factors."""

METHOD: Final = (
    "published range of a class, drawn geodesically from a side's ground (its own state and what it holds) at least "
    "behind_km behind the line, cut by the radar horizon (k = 4/3, R = 6 371 km) and the published greatest altitude"
)
_MARGIN_KM: Final = 10.0
_THREADS: Final = 2

NOTICE: Final = "published class range from held ground: no sites, no terrain, not operational"


@dataclass(frozen=True, eq=False)
class Cover:
    """Hold what a class covers at one altitude of a target on a date (lon/lat, within the theatre)."""

    date: str
    system: System
    altitude_m: float
    radius_km: float
    behind_km: float
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Overlap:
    """Say on how many km² exactly so many classes overlap at an altitude."""

    date: str
    altitude_m: float
    classes: int
    km2: float


@dataclass(frozen=True, slots=True)
class Moved:
    """Say how many km² came under a class's coverage between two dates, and how many came out of it."""

    system: str
    altitude_m: float
    gained_km2: float
    lost_km2: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Say what a class covers when the assumed distance behind the line is another."""

    date: str
    system: str
    altitude_m: float
    behind_km: float
    km2: float
    share: float | None


def radius_km(system: System, altitude_m: float, *, k: float = REFRACTION["radar"]) -> float:
    """Return how far a class reaches a target at an altitude: range, horizon, or 0 above its greatest altitude."""
    if altitude_m > system.altitude_max_m:
        return 0.0
    return min(system.range_km, horizon_km(system.antenna_m, altitude_m, k=k))


@dataclass(frozen=True, eq=False)
class Coverage:
    """Draw what classes cover from a side's ground on a date, within the box of a target.

    With `sites`, a class that has any stands at those only, on the days they are valid.
    """

    ground: SideGround
    target: Target
    sites: Sequence[Site] = ()

    @property
    def date(self) -> str:
        """Return the as-of date of the ground."""
        return str(self.ground.snapshot.as_of)

    def covers(self, systems: Iterable[System], altitudes: Sequence[float], *, factor: float = 1.0) -> list[Cover]:
        """Return what each class covers at each altitude, its distance behind the line times a factor."""
        chosen = list(systems)
        behind = {system.behind_km * factor for system in chosen}
        asked = {(s.behind_km * factor, radius_km(s, altitude)) for s in chosen for altitude in altitudes}
        with ThreadPoolExecutor(_THREADS) as pool:  # GEOS lets other threads run
            list(pool.map(self.ground.taken_back, sorted(behind)))
            list(pool.map(lambda key: self._within(*key), sorted(asked)))
        return [self.cover(system, altitude, factor=factor) for system in chosen for altitude in altitudes]

    def cover(self, system: System, altitude_m: float, *, factor: float = 1.0) -> Cover:
        """Return what a class covers at an altitude."""
        radius, behind = radius_km(system, altitude_m), system.behind_km * factor
        spots = self._spots(system)
        ground = self._within(behind, radius) if spots is None else self._grown(spots, radius)
        return Cover(self.date, system, altitude_m, radius, behind, ground)

    def _spots(self, system: System) -> BaseGeometry | None:
        mine = [site for site in self.sites if site.system == system.id]
        day = self.ground.snapshot.as_of.date
        return shapely.MultiPoint([(s.lon, s.lat) for s in mine if s.first <= day <= s.last]) if mine else None

    @lru_cache(maxsize=256)  # noqa: B019 - a coverage lives as long as its question
    def _within(self, behind: float, radius: float) -> BaseGeometry:
        return self._grown(self.ground.taken_back(behind), radius)

    def _grown(self, launch: BaseGeometry, radius: float) -> BaseGeometry:
        frame = _around(self.target.bounds, _MARGIN_KM)
        if radius == 0:
            return shapely.MultiPolygon()
        near = shapely.intersection(launch, _around(frame.bounds, radius))
        return multipolygon(shapely.intersection(geodesic.buffer(near, radius, within=frame), frame))


def _around(bounds: tuple[float, float, float, float], km: float) -> BaseGeometry:
    """Return the box at least km round bounds."""
    west, south, east, north = bounds
    high = km / 111.0
    wide = high / math.cos(math.radians(min(max(abs(south), abs(north)) + high, 80.0)))
    return shapely.box(west - wide, south - high, east + wide, north + high)


def coverage(
    history: History, moment: str | AsOf, *, side: Side, by: str | None = None, sites: Sequence[Site] = ()
) -> Coverage:
    """Return the coverage of a date over the units of a layer or file, or over the theatre's state as one."""
    catalog, snapshot = history.catalog, history.snapshot(moment)
    held, division = snapshot.ground(HELD[Side.RU]), history.division(by)
    if division is not None:
        covered = target(division.units, held, catalog)
    else:
        units, name = home_units(catalog)
        covered = target(units, held, catalog, whole=name)
    return Coverage(side_ground(snapshot, side, catalog), covered, sites)


def rows(covers: Sequence[Cover], on: Target) -> list[tuple[Cover, Covered]]:
    """Return what each cover covers of each unit of a target; units out of reach are left out, but for `all`."""
    shapes = {id(cover.geometry): cover.geometry for cover in covers}
    found = {key: on.covered(shape) for key, shape in shapes.items()}
    return [
        (cover, row) for cover in covers for row in found[id(cover.geometry)] if row.km2 > 0 or on.whole is not None
    ]


def overlap(covers: Sequence[Cover], on: Target) -> list[Overlap]:
    """Return, for each date and altitude, the km² of the target that lie under exactly 1, 2, … classes."""
    groups: dict[tuple[str, float], list[Cover]] = {}
    for cover in covers:
        groups.setdefault((cover.date, cover.altitude_m), []).append(cover)
    return [
        Overlap(*key, count, float(on.areas(ground).sum()))
        for key, group in groups.items()
        for count, ground in counted([cover.geometry for cover in group]).items()
    ]


def counted(shapes: Sequence[BaseGeometry]) -> Mapping[int, BaseGeometry]:
    """Return the ground that lies in exactly 1, 2, … of the shapes."""
    edges = shapely.union_all([shapely.boundary(shape) for shape in shapes])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    inside = shapely.point_on_surface(faces)
    count = np.zeros(len(faces), dtype=int)
    for shape in shapes:
        shapely.prepare(shape)
        count += shapely.intersects(shape, inside)
    return {int(n): shapely.coverage_union_all(faces[count == n]) for n in np.unique(count) if n > 0}


def moved(before: Sequence[Cover], after: Sequence[Cover], on: Target) -> list[Moved]:
    """Return what came under coverage between two dates and what came out, class by class and altitude by altitude."""
    return [
        Moved(
            one.system.id,
            one.altitude_m,
            float(on.areas(shapely.difference(other.geometry, one.geometry)).sum()),
            float(on.areas(shapely.difference(one.geometry, other.geometry)).sum()),
        )
        for one, other in zip(before, after, strict=True)
    ]


def spread(coverage: Coverage, systems: Iterable[System], altitudes: Sequence[float]) -> list[Spread]:
    """Return what each class covers of the target when it stands at half and at twice the assumed distance.

    The coverage's target is of one row.
    """
    chosen = list(systems)
    found = []
    for factor in SPREAD:
        for cover, row in rows(coverage.covers(chosen, altitudes, factor=factor), coverage.target):
            found.append(Spread(cover.date, cover.system.id, cover.altitude_m, cover.behind_km, row.km2, row.share))
    return sorted(found, key=lambda row: ([s.id for s in chosen].index(row.system), row.altitude_m, row.behind_km))
