"""The lasting ground of a theatre that questions are asked against, taken from its layers."""

from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog, Layer
from frontgis.history.front import Setting


@lru_cache(maxsize=4)
def sea_of(catalog: Catalog) -> BaseGeometry:
    """Return the sea that lies in no unit."""
    return shapely.union_all(catalog.layer(catalog.theatre().roles["sea"]).geometry)


@lru_cache(maxsize=4)
def front_setting(catalog: Catalog) -> Setting:
    """Return what a front is drawn against: state, foreign land, sea with closed bays, dividing rivers.

    A reservoir that has run dry is still its river's valley: a front along it is of kind `river`.
    """
    theatre = catalog.theatre()
    countries = catalog.layer(theatre.roles["countries"])
    ours = np.array([name == theatre.state for name in countries.column("id")])
    water = catalog.layer(theatre.roles["water"])
    dividing = _named(water, theatre.river_front)
    bays = _named(water, ("inner_sea",), column="kind") & ~dividing
    rivers = catalog.layer(theatre.roles["rivers"])
    courses = rivers.geometry[_named(rivers, theatre.river_front)]
    return Setting(
        state=shapely.union_all(countries.geometry[ours]),
        abroad=shapely.union_all(countries.geometry[~ours]),
        sea=shapely.union_all([sea_of(catalog), *water.geometry[bays]]),
        rivers=shapely.union_all([*water.geometry[dividing], *courses]),
        plane=catalog.plane(),
    )


def _named(layer: Layer, names: tuple[str, ...], *, column: str = "name") -> np.ndarray:
    return np.array([value in names for value in layer.column(column)])
