"""A control surface from claims: each cell has the status claimed of its place, or that of the claims it joins up with.

Cells without a claim hang together with their neighbours by the shortest links, until two statuses meet: the line
passes where places lie farthest apart. Ground farther than 10 km from every claim keeps the status of its rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from frontgis.analysis.cells import NOBODY, Cells, neighbours, partition
from frontgis.analysis.claims import Claim, Claims, Rule
from frontgis.catalog import Catalog
from frontgis.geo.joining import joined
from frontgis.geo.plane import Plane
from frontgis.geo.polygons import mend, multipolygon
from frontgis.history.setting import dividing_courses, dividing_waters
from frontgis.model import PRECEDENCE, AsOf, Provenance, Region, Snapshot, Status

Shapes: TypeAlias = NDArray[np.object_]
Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]

DECIDED_KM: Final = 10.0
"""Farther than this from every claim, ground keeps the status of its rule."""

BETWEEN: Final = "between"
UNCERTAIN: Final = "uncertain"

_DOMAIN_M: Final = 25_000.0
_PIN: Final = 0.01
_GRID_DEG: Final = 1e-6
_WORTH: Final = {"A": 0.9, "B": 0.75, "C": 0.6, BETWEEN: 0.5, UNCERTAIN: 0.3}


@dataclass(frozen=True, eq=False)
class Field:
    """Hold the cells of a theatre near its claims, how they hang together, and what of the state lies beyond them."""

    claims: Claims
    plane: Plane
    cells: Cells
    pairs: Numbers
    metres: Floats
    beyond: BaseGeometry

    @cached_property
    def lonlat(self) -> Shapes:
        """Return where each cell speaks from, in lon/lat."""
        points = shapely.get_parts(self.plane.unproject(shapely.MultiPoint(self.cells.point)))
        return np.asarray(points, dtype=object)

    @cached_property
    def lonlat_cells(self) -> Shapes:
        """Return the cells in lon/lat."""
        return np.array([multipolygon(self.plane.unproject(shape)) for shape in self.cells.shape], dtype=object)

    @lru_cache(maxsize=64)  # noqa: B019 - a field lives as long as the process
    def ground(self, cells: tuple[int, ...]) -> MultiPolygon:
        """Return the union of cells in lon/lat; many are of one status and grade on several days."""
        return _lonlat(self.plane, self.cells.shape[list(cells)])

    @lru_cache(maxsize=4)  # noqa: B019 - a field lives as long as the process
    def ruled(self, rules: tuple[Rule, ...]) -> tuple[tuple[Status, MultiPolygon], ...]:
        """Return what lies beyond the cells by the rules, in lon/lat, the first rule that fits going first."""
        rest, found = self.beyond, []
        for rule in rules:
            found.append((rule.status, multipolygon(shapely.intersection(rest, rule.ground, grid_size=_GRID_DEG))))
            rest = _less(rest, rule.ground)
        return tuple(found)


@dataclass(frozen=True)
class Surface:
    """Hold the status of every cell on a day, its evidence (a grade, `between` or `uncertain`) and the nearest claim.

    `km` is the distance from a cell's place to the nearest claim, `confidence` lies between 0 and 1.
    """

    field: Field
    day: date
    status: tuple[Status, ...]
    evidence: tuple[str, ...]
    km: Floats
    confidence: Floats


def field(claims: Claims, catalog: Catalog) -> Field:
    """Return the cells near the claims of all days: councils at home, what lies nearest to a place abroad."""
    plane, theatre = catalog.plane(), catalog.theatre()
    points = _points(claims, plane)
    claimed = shapely.MultiPoint(points[sorted({claim.place for claim in claims.claims})])
    countries = catalog.layer("countries")
    home = np.array([name == theatre.state for name in countries.column("id")])
    councils = plane.project_all(catalog.layer("councils").geometry)
    councils = councils[shapely.dwithin(claimed, councils, _DOMAIN_M)]
    barrier, bed = plane.project(dividing_courses(catalog)), dividing_waters(catalog)
    lands = _lands(plane, countries.geometry, home, claimed)
    cells = partition(councils, lands, points, barrier, plane.project(bed))
    near = _lonlat(plane, cells.shape[cells.country == 0])
    beyond = _less(shapely.union_all(countries.geometry[home]), shapely.union(near, bed))
    return Field(claims, plane, cells, *neighbours(cells, barrier), beyond)


def _points(claims: Claims, plane: Plane) -> Floats:
    """Return every place in metres, then the two sides of each waypoint."""
    known = claims.settlements
    lonlat = np.column_stack([known.lon, known.lat])
    there = np.isfinite(lonlat).all(axis=1)
    points = np.full(lonlat.shape, np.inf)
    points[there] = shapely.get_coordinates(plane.project(shapely.MultiPoint(lonlat[there])))
    pins = [
        points[pin.one] + (points[pin.other] - points[pin.one]) * (pin.fraction + side)
        for pin in claims.waypoints
        for side in (-_PIN, _PIN)
    ]
    return np.vstack([points, *pins]) if pins else points


def _lands(plane: Plane, lands: Shapes, home: NDArray[np.bool_], claimed: BaseGeometry) -> Shapes:
    """Return the state and then each foreign land that has a claim, near the claims, in metres."""
    near = shapely.box(*shapely.bounds(claimed)).buffer(_DOMAIN_M)
    own = plane.project(shapely.union_all(lands[home]))
    others = plane.project_all(lands[~home])
    others = others[shapely.intersects(claimed, others)]
    return np.array([shapely.intersection(land, near) for land in [own, *others]], dtype=object)


def surface(field: Field, day: date, *, fade_days: float | None = None) -> Surface:
    """Return the surface of the last claims at or before a day; with `fade_days` confidence halves in that many days.

    Raises NotFoundError before the first claim.
    """
    claims = field.claims.on(day)
    claim = _claim_of(field, claims)
    statuses = [*PRECEDENCE, Status.UNMAPPED]
    label = np.array([NOBODY if c < 0 else statuses.index(claims[c].status) for c in claim])
    _pin(label, field, day)
    spread = joined(label, field.pairs, field.metres)
    km = _nearest_km(field, claims)
    by_rule = _ruled(field, day)
    decided = (km <= DECIDED_KM) & (spread != NOBODY)
    status = [statuses[code] if sure else rule for code, sure, rule in zip(spread, decided, by_rule, strict=True)]
    evidence = [
        claims[c].evidence if c >= 0 else BETWEEN if sure else UNCERTAIN for c, sure in zip(claim, decided, strict=True)
    ]
    worth = np.array([_WORTH[grade] for grade in evidence])
    age = (day - field.claims.latest(day)).days
    fading = 1.0 if fade_days is None else 0.5 ** (age / fade_days)
    return Surface(field, day, tuple(status), tuple(evidence), km, worth * fading)


def _claim_of(field: Field, claims: Sequence[Claim]) -> Numbers:
    of_place = {claim.place: number for number, claim in enumerate(claims)}
    return np.array([of_place.get(int(place), NOBODY) for place in field.cells.place])


def _pin(label: Numbers, field: Field, day: date) -> None:
    """Give the two sides of each waypoint the labels of its ends; on days it does not speak of, that of the nearer."""
    latest, first = field.claims.latest(day), len(field.claims.settlements)
    cells = {int(place): cell for cell, place in enumerate(field.cells.place) if place != NOBODY}
    for number, pin in enumerate(field.claims.waypoints):
        ends = [cells.get(place, NOBODY) for place in (pin.one, pin.other)]
        if latest not in pin.days:
            ends = [ends[round(pin.fraction)]] * 2
        for side, end in enumerate(ends):
            cell = cells.get(first + 2 * number + side, NOBODY)
            if NOBODY not in (cell, end):
                label[cell] = label[end]


def _nearest_km(field: Field, claims: Sequence[Claim]) -> Floats:
    places = field.claims.settlements
    lonlat = shapely.MultiPoint([(places.lon[claim.place], places.lat[claim.place]) for claim in claims])
    tree = shapely.STRtree(shapely.get_parts(field.plane.project(lonlat)))
    points = np.asarray(shapely.points(field.cells.point), dtype=object)
    _, metres = tree.query_nearest(points, all_matches=False, return_distance=True)
    return np.asarray(metres, dtype=np.float64) / 1000


def _ruled(field: Field, day: date) -> list[Status]:
    """Return the status by rule of every cell; abroad, and where no rule fits, unmapped."""
    found = [Status.UNMAPPED] * len(field.cells)
    open_ = field.cells.country == 0
    for rule in _rules(field, day):
        shapely.prepare(rule.ground)
        for cell in np.flatnonzero(open_ & shapely.intersects(rule.ground, field.lonlat)):
            found[cell] = rule.status
            open_[cell] = False
    return found


def _rules(field: Field, day: date) -> tuple[Rule, ...]:
    return tuple(rule for rule in field.claims.rules if rule.holds(day))


def snapshot(found: Surface, source: str, file: str) -> Snapshot:
    """Return a surface as a snapshot: a region a status and grade of evidence, which the words of a region name."""
    field, cells = found.field, dict[tuple[Status, str, int], list[int]]()
    for cell, key in enumerate(zip(found.status, found.evidence, field.cells.country, strict=True)):
        cells.setdefault(key, []).append(cell)
    ground = [(*key[:2], field.ground(tuple(which))) for key, which in cells.items()]
    ground += [(status, UNCERTAIN, shape) for status, shape in field.ruled(_rules(field, found.day))]
    regions = tuple(
        Region(status, f"{status.value}: {grade}", shape, grade)
        for status, grade, shape in sorted(ground, key=lambda item: item[:2])
        if status is not Status.UNMAPPED and not shape.is_empty
    )
    return Snapshot(source, AsOf.day(found.day), regions, Provenance(file, "", AsOf.day(found.day)))


@dataclass(frozen=True, slots=True)
class SurfaceRow:
    """Say how many cells near the claims have a status by which evidence, and their km²."""

    status: Status
    evidence: str
    cells: int
    km2: float
    confidence: float


def table(found: Surface) -> list[SurfaceRow]:
    """Return km² (in the theatre's equal-area plane) and mean confidence of the cells by status and evidence."""
    keys = list(zip(found.status, found.evidence, strict=True))
    km2, rows = shapely.area(found.field.cells.shape) / 1e6, []
    for key in sorted(set(keys)):
        chosen = np.array([other == key for other in keys])
        confidence = float(found.confidence[chosen].mean())
        rows.append(SurfaceRow(*key, int(chosen.sum()), float(km2[chosen].sum()), confidence))
    return rows


def _lonlat(plane: Plane, cells: Shapes) -> MultiPolygon:
    """Return the union of cells in lon/lat on the grid of 1e-6 degree."""
    whole = plane.unproject(shapely.coverage_union_all(cells))
    return multipolygon(mend(shapely.transform(whole, lambda lonlat: np.round(lonlat, 6))))


def _less(ground: BaseGeometry, other: BaseGeometry) -> MultiPolygon:
    return multipolygon(shapely.difference(ground, other, grid_size=_GRID_DEG))
