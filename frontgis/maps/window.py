"""What a map shows first, and how far its ground reaches: the whole theatre, or an extent and its surroundings."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.maps import ground
from frontgis.maps.parts import Box
from frontgis.maps.recipe import Recipe
from frontgis.model import InputError

WHOLE = "theatre"
_ROUND_LINE_DEG = 0.4


@dataclass(frozen=True, slots=True)
class Window:
    """Hold what a map shows first, what a small screen shows first, and the box that its ground fills."""

    extent: Box
    focus: Box
    box: Box
    whole: bool

    def cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Return what of a shape the map can show."""
        return shape if self.whole else shapely.clip_by_rect(shape, *self.box)

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in the box."""
        west, south, east, north = self.box
        return west <= lon <= east and south <= lat <= north


def window(recipe: Recipe, line: BaseGeometry, catalog: Catalog) -> Window:
    """Return the window of a recipe; `line` is the front, on which a small screen opens a map of the whole theatre.

    Raises InputError where the recipe names an extent that the theatre does not have, or that lies outside it.
    """
    extent, whole = _extent(recipe, catalog), recipe.extent == WHOLE
    focus = _round(line.bounds) if whole and not line.is_empty else extent
    box = ground.frame(catalog, None if whole else extent)
    if box[0] >= box[2] or box[1] >= box[3]:
        raise InputError(f"extent: {list(extent)} lies outside the theatre, whose box is {list(catalog.theatre().box)}")
    return Window(extent, focus, box, whole)


def _round(box: Box) -> Box:
    west, south, east, north = box
    return west - _ROUND_LINE_DEG, south - _ROUND_LINE_DEG, east + _ROUND_LINE_DEG, north + _ROUND_LINE_DEG


def _extent(recipe: Recipe, catalog: Catalog) -> Box:
    if not isinstance(recipe.extent, str):
        return recipe.extent
    theatre = catalog.theatre()
    units = catalog.units(theatre.units)
    wanted = set(theatre.presets.get(recipe.extent, (recipe.extent,)))
    if recipe.extent == WHOLE:
        countries = catalog.layer("countries")
        chosen = list(countries.geometry[np.asarray(countries.column("id")) == theatre.state])
    else:
        chosen = [shape for key, name, shape in zip(units.ids, units.names, units.geometry, strict=True)
                  if key in wanted or name in wanted]  # fmt: skip
    if not chosen:
        known = ", ".join([WHOLE, *theatre.presets])
        raise InputError(f"extent: {recipe.extent!r} is no preset or unit of the theatre; presets are {known}")
    west, south, east, north = shapely.total_bounds(chosen).tolist()
    return west, south, east, north
