"""Units: named polygons that answers can be given by, shipped or a user's own."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.catalog.settlements import fold
from frontgis.geo.area import areas_km2
from frontgis.geo.polygons import THIN_M, mend, multipolygon, polygons_of, thickness_m
from frontgis.model import AmbiguousError, InputError, NotFoundError

RESERVED: Final = frozenset({"all", "sea", "outside", "noise"})
"""Words that stand beside the ids of units in answers."""

_LONLAT_BOX: Final = (-180, -90, 180, 90)


@dataclass(frozen=True)
class Units:
    """Hold units in lon/lat: ids, names, polygons that do not overlap, and the set of boundaries they follow."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    geometry: NDArray[np.object_]
    layer: str
    boundary_set: str = ""

    def __len__(self) -> int:
        return len(self.ids)

    def chosen(self, places: Sequence[int]) -> "Units":
        """Return only the units at some places."""
        ids, names = (tuple(column[place] for place in places) for column in (self.ids, self.names))
        return Units(ids, names, self.geometry[list(places)], self.layer, self.boundary_set)

    def find(self, text: str, presets: Mapping[str, tuple[str, ...]]) -> tuple[int, ...]:
        """Return the places of the units that an id, the name of a preset or of a unit means.

        Raises NotFoundError with the nearest names, AmbiguousError where several units have the name.
        """
        if text in self.ids:
            return (self.ids.index(text),)
        sets = {fold(name): ids for name, ids in presets.items()}
        if wanted := sets.get(fold(text)):
            missing = [unit for unit in wanted if unit not in self.ids]
            if missing:
                raise NotFoundError(f"{text!r} names units that {self.layer} does not have: {', '.join(missing)}")
            return tuple(self.ids.index(unit) for unit in wanted)
        fits = [place for place, name in enumerate(self.names) if fold(name) == fold(text)]
        if len(fits) > 1:
            raise AmbiguousError(f"{text!r} fits several units, name one by its id: {self._listed(fits)}")
        if not fits:
            known = {fold(name): name for name in (*self.ids, *self.names, *presets)}
            near = [known[key] for key in difflib.get_close_matches(fold(text), list(known), n=5)]
            raise NotFoundError(f"no unit or set of units is called {text!r}; near it: {', '.join(near) or 'nothing'}")
        return (fits[0],)

    def _listed(self, places: list[int]) -> str:
        return "; ".join(f"{self.ids[place]} ({self.names[place]})" for place in places)


def units_from_file(path: Path, *, id_column: str = "id", name_column: str = "name") -> Units:
    """Read units from any polygon file that GDAL or GeoParquet reads; lon/lat by its CRS.

    Invalid polygons are mended by the rule `make_valid`; an overlap thinner than 0.1 m goes to the first by id.
    Raises InputError where a column is missing, a CRS is unknown, or two units overlap by more.
    """
    frame = _frame(path)
    missing = [column for column in (id_column, name_column) if column not in frame.columns]
    if missing:
        there = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
        raise InputError(f"{path} has no column {' and no column '.join(missing)}: it has {there or 'none'}")
    if frame[id_column].isna().any():
        raise InputError(f"{path}: a unit has no id in column {id_column}")
    ids = [str(value) for value in frame[id_column]]
    if len(set(ids)) != len(ids):
        raise InputError(f"{path}: the ids in column {id_column} are not unique")
    if taken := sorted(RESERVED & set(ids)):
        raise InputError(f"{path}: {', '.join(taken)} is a word of the answers, not an id: name that unit otherwise")
    order, unnamed = np.argsort(ids, kind="stable"), frame[name_column].isna().to_numpy()
    geometry = np.array([mend(shape) for shape in frame.geometry.to_numpy()[order]], dtype=object)
    names = tuple(ids[index] if unnamed[index] else str(frame[name_column].iloc[index]) for index in order)
    ordered = tuple(ids[index] for index in order)
    flat = [key for key, shape in zip(ordered, geometry, strict=True) if not len(polygons_of(shape))]
    if flat or not ordered:
        raise InputError(f"{path}: {'no polygon in ' + ', '.join(flat) if flat else 'it holds no units'}")
    return Units(ordered, names, _apart(path, ordered, geometry), path.stem, f"the user's file {path.name}")


def _frame(path: Path) -> Any:
    import geopandas as gpd
    import pyogrio.errors

    try:
        frame = gpd.read_parquet(path) if path.suffix in (".parquet", ".geoparquet") else gpd.read_file(path)
    except (OSError, ValueError, pyogrio.errors.DataSourceError) as error:
        raise InputError(f"{path} cannot be read as polygons: {' '.join(str(error).split())}") from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InputError(f"{path} has no geometry: name a file of polygons")
    if frame.crs is not None:
        return frame.to_crs("OGC:CRS84")
    west, south, east, north = frame.total_bounds
    if not (west >= _LONLAT_BOX[0] and south >= _LONLAT_BOX[1] and east <= _LONLAT_BOX[2] and north <= _LONLAT_BOX[3]):
        raise InputError(f"{path} says no CRS and its coordinates are no degrees: store it with its CRS")
    return frame


def _apart(path: Path, ids: tuple[str, ...], geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    one, other = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    for first, second in zip(one[one < other], other[one < other], strict=True):
        shared = polygons_of(shapely.intersection(geometry[first], geometry[second]))
        wide = shared[thickness_m(shared) >= THIN_M] if len(shared) else shared
        if len(wide):
            km2 = areas_km2(wide).sum()
            raise InputError(f"{path}: units {ids[first]} and {ids[second]} overlap by {km2:.3f} km²: part them")
        if len(shared):
            geometry[second] = multipolygon(shapely.difference(geometry[second], geometry[first]))
    return geometry
