"""The lasting ground of a theatre that questions are asked against, taken from its layers."""

import hashlib
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog, Layer
from frontgis.geo.plane import Plane
from frontgis.history.division import Division
from frontgis.history.front import QUIET_M, Setting


@lru_cache(maxsize=4)
def sea_of(catalog: Catalog) -> BaseGeometry:
    """Return the sea that lies in no unit."""
    return shapely.union_all(catalog.layer("sea").geometry)


@lru_cache(maxsize=4)
def theatre_of(catalog: Catalog) -> Division:
    """Return the division by the theatre's units, which a history is cut by."""
    return Division(catalog.units(catalog.theatre().units), lambda: sea_of(catalog))


def division_of(catalog: Catalog, units: str) -> Division:
    """Return the division by a unit layer: the theatre's own where it is of its units."""
    if units == catalog.theatre().units:
        return theatre_of(catalog)
    return Division(catalog.units(units), lambda: sea_of(catalog))


def units_hash(catalog: Catalog) -> str:
    """Return a hash of the files that a history is cut by, the theatre's units and the sea, from their cards."""
    cards = (catalog.card(name).sha256 for name in (catalog.theatre().units, "sea"))
    return hashlib.sha256(" ".join(cards).encode()).hexdigest()


@lru_cache(maxsize=4)
def front_setting(catalog: Catalog) -> Setting:
    """Return what a front is drawn against: state, foreign land, sea with closed bays, dividing rivers.

    A reservoir that has run dry is still its river's valley: a front along it is of kind `river`.
    """
    theatre = catalog.theatre()
    countries = catalog.layer("countries")
    ours = np.array([name == theatre.state for name in countries.column("id")])
    water = catalog.layer("water")
    dividing = _named(water, catalog.theatre().river_front, column="river")
    bays = _named(water, ("inner_sea",), column="kind") & ~dividing
    sea = shapely.union_all([sea_of(catalog), *water.geometry[bays]])
    lagoons = _lagoons(water, sea, catalog.plane()) & ~dividing
    return Setting(
        state=shapely.union_all(countries.geometry[ours]),
        abroad=shapely.union_all(countries.geometry[~ours]),
        sea=shapely.union_all([sea, *water.geometry[lagoons]]),
        rivers=shapely.union(dividing_waters(catalog), dividing_courses(catalog)),
        plane=catalog.plane(),
    )


def dividing_courses(catalog: Catalog) -> BaseGeometry:
    """Return the centre lines of the rivers that part the sides."""
    rivers = catalog.layer("rivers")
    return shapely.union_all(rivers.geometry[_named(rivers, catalog.theatre().river_front)])


def dividing_waters(catalog: Catalog) -> BaseGeometry:
    """Return the surfaces of the rivers that part the sides, their reservoirs (full or dry) and limans."""
    water = catalog.layer("water")
    return shapely.union_all(water.geometry[_named(water, catalog.theatre().river_front, column="river")])


def _lagoons(water: Layer, sea: BaseGeometry, plane: Plane) -> NDArray[np.bool_]:
    """Tell the lakes that only a spit parts from the sea (1 km): their shore is coast."""
    coast = plane.project(sea)
    shapely.prepare(coast)
    found = _named(water, ("lake",), column="kind")
    lakes = plane.project_all(water.geometry[found])
    found[found] = shapely.dwithin(coast, lakes, QUIET_M)
    return found


def _named(layer: Layer, names: tuple[str, ...], *, column: str = "name") -> NDArray[np.bool_]:
    return np.array([value in names for value in layer.column(column)])
