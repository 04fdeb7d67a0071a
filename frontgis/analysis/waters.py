"""The lasting part of naval exposure: a grid of 1 km over the theatre's waters, and the coast around them in pieces."""

import warnings
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.geo import shore
from frontgis.geo.plane import Plane
from frontgis.model import InputError, NotFoundError

Mask = NDArray[np.bool_]
Shapes = NDArray[np.object_]

CELL_M: Final = 1000
COARSE: Final = 5
"""Cells of the grid along a side of what is published: 5 km."""

_STEP_M: Final = 500
_TOUCH_M: Final = 1
_NO_DEPTH: Final = -32768
_MARGIN_DEG: Final = 0.5


@dataclass(frozen=True)
class Waters:
    """Hold waters as a grid of 1 km in an equal-area plane, and every coast of the layers as pieces of ≤ 500 m.

    `wet` (rows × columns, north first) tells which cells are water; `depth_m` and `zone` are of those, row by row;
    `zone` counts from 1 in `zones`, the countries whose territorial sea it is, 0 for none. `ours` tells which
    pieces of `coast` are of the state whose ground is contested.
    """

    title: str
    plane: Plane
    west_m: float
    north_m: float
    wet: Mask
    depth_m: NDArray[np.float64]
    zone: NDArray[np.int64]
    zones: tuple[str, ...]
    sea: BaseGeometry
    coast: Shapes
    ours: Mask

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """Return the middles of the cells that are water, in metres."""
        row, column = np.nonzero(self.wet)
        return np.column_stack([self.west_m + (column + 0.5) * CELL_M, self.north_m - (row + 0.5) * CELL_M])

    @cached_property
    def points(self) -> Shapes:
        """Return the middles of the cells that are water as points."""
        return np.asarray(shapely.points(self.centres), dtype=object)

    @cached_property
    def middles(self) -> Shapes:
        """Return the middle of each piece of coast."""
        return shore.middles(self.coast)

    def near(self, lon: float, lat: float, *, km: float) -> Mask:
        """Tell which cells of water lie within so many km of a place."""
        place = self.plane.project(shapely.Point(lon, lat))
        found: Mask = np.hypot(*(self.centres - (place.x, place.y)).T) <= km * 1000
        return found


@lru_cache(maxsize=4)
def waters_of(catalog: Catalog) -> Waters:
    """Return the waters that the theatre's card names.

    Raises NotFoundError where it names none, InputError where the layer `relief` does not tell their depth.
    """
    named = catalog.theatre().waters
    if named is None:
        raise NotFoundError(f"the theatre {catalog.theatre().title!r} names no waters: its card needs a table [waters]")
    plane = Plane(named.crs)
    box = plane.project(shapely.segmentize(shapely.box(*named.box), 0.1))
    west, south, east, north = _frame(box)
    shape = (round((north - south) / CELL_M), round((east - west) / CELL_M))
    sea = shapely.intersection(plane.project(_clipped(catalog, named.box)), box)
    wet = _burnt(np.array([sea]), shape, (west, north)) > 0
    depth = -_heights(catalog.path("relief"), wet, named.crs, (west, north))
    territorial = catalog.layer("territorial_sea")
    zone = _burnt(plane.project_all(territorial.geometry), shape, (west, north))[wet]
    coast = shore.pieces(plane.project(shapely.union_all(catalog.layer("coast").geometry)), step_m=_STEP_M)
    return Waters(
        title=named.title,
        plane=plane,
        west_m=west,
        north_m=north,
        wet=wet,
        depth_m=np.maximum(depth, 0),
        zone=zone,
        zones=tuple(territorial.column("id")),
        sea=sea,
        coast=coast,
        ours=_ours(catalog, plane, coast),
    )


def _frame(box: BaseGeometry) -> tuple[float, float, float, float]:
    side = CELL_M * COARSE
    low, high = np.floor(np.array(box.bounds[:2]) / side), np.ceil(np.array(box.bounds[2:]) / side)
    return (*(low * side).tolist(), *(high * side).tolist())


def _clipped(catalog: Catalog, box: tuple[float, float, float, float]) -> BaseGeometry:
    west, south, east, north = box
    around = (west - _MARGIN_DEG, south - _MARGIN_DEG, east + _MARGIN_DEG, north + _MARGIN_DEG)
    return shapely.union_all(shapely.make_valid(shapely.clip_by_rect(catalog.layer("sea").geometry, *around)))


def _ours(catalog: Catalog, plane: Plane, coast: Shapes) -> Mask:
    countries = catalog.layer("countries")
    home = np.array(countries.column("id")) == catalog.theatre().state
    state = plane.project(shapely.union_all(countries.geometry[home]))
    shapely.prepare(state)
    found: Mask = shapely.dwithin(state, shore.middles(coast), _TOUCH_M)
    return found


def _steps(corner: tuple[float, float]) -> tuple[float, ...]:
    """Return the coefficients that take column and row of the grid to metres."""
    return (CELL_M, 0, corner[0], 0, -CELL_M, corner[1])


def _burnt(shapes: Shapes, shape: tuple[int, int], corner: tuple[float, float]) -> NDArray[np.int64]:
    """Return a raster of which shape (from 1, the last wins) covers the middle of each cell, 0 for none."""
    from rasterio import Affine
    from rasterio.features import rasterize

    numbered = [(one, number) for number, one in enumerate(shapes, 1) if not one.is_empty]
    burnt = rasterize(numbered, out_shape=shape, transform=Affine(*_steps(corner)), dtype="int16")
    return np.asarray(burnt, dtype=np.int64)


def _heights(path: Path, wet: Mask, crs: str, corner: tuple[float, float]) -> NDArray[np.float64]:
    """Return the height of each cell of water from the nearest cell of a raster.

    Raises InputError where the raster has no CRS or no value for a cell.
    """
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioIOError
    from rasterio.warp import Resampling, reproject

    to = np.full(wet.shape, _NO_DEPTH, dtype=np.int16)
    grid = {"dst_transform": rasterio.Affine(*_steps(corner)), "dst_crs": crs, "dst_nodata": _NO_DEPTH}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            raster = rasterio.open(path)
        with raster:
            if raster.crs is None:
                raise InputError(f"{path} has no CRS, so nothing tells where its cells lie: write one into the file")
            reproject(rasterio.band(raster, 1), to, resampling=Resampling.nearest, **grid)
    except RasterioIOError as error:
        raise InputError(f"{path} cannot be read as a raster: {error}") from None
    if holes := int((to[wet] == _NO_DEPTH).sum()):
        raise InputError(f"{path} has no value for {holes} of {int(wet.sum())} km² of water: fill or replace it")
    return np.asarray(to[wet], dtype=np.float64)
