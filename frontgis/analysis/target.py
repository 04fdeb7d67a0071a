"""What is covered: units cut into held ground and the rest, with the settlements and people known in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog, Units
from frontgis.geo.area import areas_km2
from frontgis.history.control import ALL

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Covered:
    """Say how much of a unit is covered: km², of it not marked as held, settlements, and people where known."""

    unit: str
    name: str
    km2: float
    share: float | None
    not_held_km2: float
    not_held_share: float | None
    settlements: int
    settlements_share: float | None
    population: int
    population_share: float | None


@dataclass(frozen=True, eq=False)
class Target:
    """Hold units in two rows of pieces, held and not; a row `whole` sums all units where it is asked for."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    pieces: NDArray[np.object_]
    lonlat: Floats
    place_in: NDArray[np.int64]
    people: NDArray[np.int64]
    whole: str | None = None

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north."""
        west, south, east, north = shapely.total_bounds(self.pieces)
        return float(west), float(south), float(east), float(north)

    @cached_property
    def km2(self) -> Floats:
        """Return the areas of the pieces (units × held or not)."""
        return areas_km2(self.pieces).reshape(-1, 2)

    @cached_property
    def _all(self) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
        everything = np.ones(len(self.lonlat), dtype=bool)
        return self.km2, self._count(everything), self._count(everything, self.people)

    def areas(self, ground: BaseGeometry) -> Floats:
        """Return the km² of ground in each piece (units × held or not)."""
        found = np.zeros(len(self.pieces))
        if ground.is_empty:
            return found.reshape(-1, 2)
        shapely.prepare(ground)
        inside = shapely.contains_properly(ground, self.pieces)
        found[inside] = self.km2.ravel()[inside]
        cut = np.flatnonzero(~inside & shapely.intersects(ground, self.pieces))
        found[cut] = areas_km2(shapely.intersection(self.pieces[cut], ground))
        return found.reshape(-1, 2)

    def covered(self, ground: BaseGeometry) -> list[Covered]:
        """Return what ground covers of each unit, or of all together."""
        inside = np.zeros(len(self.lonlat), dtype=bool)
        if not ground.is_empty:
            shapely.prepare(ground)
            inside = shapely.contains_xy(ground, self.lonlat)
        part = self.areas(ground), self._count(inside), self._count(inside, self.people)
        return [self._row(*key, part, units) for key, units in self._rows()]

    def _rows(self) -> list[tuple[tuple[str, str], slice]]:
        if self.whole is not None:
            return [((ALL, self.whole), slice(None))]
        return [(key, slice(row, row + 1)) for row, key in enumerate(zip(self.ids, self.names, strict=True))]

    def _row(self, unit: str, name: str, part: Sequence[NDArray[np.generic]], units: slice) -> Covered:
        km2, places, people = (values[units].sum(axis=0) for values in part)
        all_km2, all_places, all_people = (values[units].sum(axis=0) for values in self._all)
        return Covered(
            unit,
            name,
            float(km2.sum()),
            _share(km2.sum(), all_km2.sum()),
            float(km2[1]),
            _share(km2[1], all_km2[1]),
            int(places),
            _share(places, all_places),
            int(people),
            _share(people, all_people),
        )

    def _count(self, chosen: NDArray[np.bool_], weights: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        many = None if weights is None else weights[chosen]
        counted = np.bincount(self.place_in[chosen], many, minlength=len(self.ids))
        return np.rint(counted).astype(np.int64)


def target(units: Units, held: BaseGeometry, catalog: Catalog, *, whole: str | None = None) -> Target:
    """Return units as a target; `held` is what a side holds of them, `whole` the name of all of them together."""
    shapely.prepare(held)
    met = shapely.intersects(held, units.geometry)
    pieces = np.full((len(units), 2), shapely.Polygon(), dtype=object)
    pieces[:, 1] = units.geometry
    pieces[met, 0] = shapely.intersection(units.geometry[met], held)
    pieces[met, 1] = shapely.difference(units.geometry[met], held)
    lonlat, people, unit = main_places(units, catalog)
    return Target(units.ids, units.names, pieces.ravel(), lonlat, unit, people, whole)


def home_units(catalog: Catalog) -> tuple[Units, str]:
    """Return the theatre's units that lie in its state, and the state's name."""
    theatre, countries = catalog.theatre(), catalog.layer("countries")
    units = catalog.units(theatre.units)
    row = countries.column("id").index(theatre.state)
    state = countries.geometry[row]
    shapely.prepare(state)
    ours = np.flatnonzero(shapely.intersects(state, shapely.point_on_surface(units.geometry)))
    return units.chosen(ours.tolist()), str(countries.column("name")[row])


def main_places(units: Units, catalog: Catalog) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Return the settlements in units, sections of cities left out: lon/lat (n × 2), people (0: not known), unit."""
    places = catalog.settlements()
    kept = np.flatnonzero(np.isfinite(places.lon) & np.isfinite(places.lat) & ~places.is_section)
    lonlat = np.column_stack([places.lon[kept], places.lat[kept]])
    tree = shapely.STRtree(np.asarray(shapely.points(lonlat), dtype=object))
    unit, point = tree.query(units.geometry, predicate="intersects")
    _, first = np.unique(point, return_index=True)
    point, unit = point[first], unit[first]
    return lonlat[point], np.maximum(places.population[kept], 0)[point], unit


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None
