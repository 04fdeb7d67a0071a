"""Coarse relief and bathymetry on one grid of one arc-minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
import rasterio.features
import rasterio.transform

from layers.fetch import PACKAGES, member
from layers.flat import NORTH, read_globe
from layers.geom import THEATRE
from layers.write import NOAA, Draft, write_raster_card

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CELLS_A_DEGREE = 60
ETOPO_A_DEGREE = 12
COARSE_NORTH = (49.0, 60.0)  # where land comes from ETOPO5
STEPPED_EAST_OF = 34.9  # there ETOPO5's plain is in steps of 100 m
BLUR_CELLS = 2.5
BLEND_DEG = 0.5  # GLOBE ends at 50 N: it fades into ETOPO5 over this much


def write_relief(downloads: Path, sea: Any, folder: Path) -> None:
    """Write the layer relief: heights in metres, int16, the sea (a lon/lat polygon) below zero."""
    west, south, east, north = THEATRE
    place = rasterio.transform.from_origin(west, north, 1 / CELLS_A_DEGREE, 1 / CELLS_A_DEGREE)
    shape = (round((north - south) * CELLS_A_DEGREE), round((east - west) * CELLS_A_DEGREE))
    lat = north - (np.arange(shape[0]) + 0.5) / CELLS_A_DEGREE
    lon = west + (np.arange(shape[1]) + 0.5) / CELLS_A_DEGREE
    coarse = _etopo(downloads, lon, lat)
    fine = np.full(shape, np.nan)
    fine[lat < NORTH] = _globe(downloads)
    share = np.clip((NORTH - lat) / BLEND_DEG, 0, 1)[:, None]
    land = np.where(share > 0, share * np.nan_to_num(fine) + (1 - share) * coarse, coarse)
    wet = rasterio.features.rasterize([sea], out_shape=shape, transform=place).astype(bool)
    heights = np.rint(np.where(wet, np.minimum(coarse, -1), np.maximum(land, -30))).astype(np.int16)
    path = folder / "relief.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=shape[1], height=shape[0], count=1, dtype="int16", crs="EPSG:4326",
        transform=place, compress="zstd", zstd_level=19, predictor=2, tiled=True, blockxsize=256, blockysize=256,
    ) as out:  # fmt: skip
        out.write(heights, 1)
    write_raster_card(_draft(), folder, path)


def _globe(downloads: Path) -> NDArray[np.float64]:
    west, south, east, _ = THEATRE
    grid = read_globe(downloads, (west, south, east, NORTH)).astype(np.float64)
    rows, columns = grid.shape
    return np.asarray(grid.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3)))


def _etopo(downloads: Path, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate ETOPO5, whose nodes lie on the 5-minute graticule, bilinearly."""
    with rasterio.open(f"netcdf:{member('etopo', downloads)}") as source:
        grid = _mended(source.read(1).astype(np.float64))
    x, y = lon * ETOPO_A_DEGREE, (90 - lat) * ETOPO_A_DEGREE
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    across, down = (x - column)[None, :], (y - row)[:, None]
    corners = [[grid[np.ix_(row + i, column + j)] for j in (0, 1)] for i in (0, 1)]
    top = corners[0][0] * (1 - across) + corners[0][1] * across
    low = corners[1][0] * (1 - across) + corners[1][1] * across
    return np.asarray(top * (1 - down) + low * down)


def _mended(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take single wrong rows out of ETOPO5's land, and smooth the plain that it knows only in coarse steps."""
    rows = slice(round((90 - COARSE_NORTH[1]) * ETOPO_A_DEGREE), round((90 - COARSE_NORTH[0]) * ETOPO_A_DEGREE))
    columns = slice(round((THEATRE[0] - 5) * ETOPO_A_DEGREE), round((THEATRE[2] + 5) * ETOPO_A_DEGREE))
    part = grid[rows, columns]
    around = [np.roll(part, (i, j), axis=(0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    calm = np.median(np.stack(around), axis=0)
    smooth = _blurred(_blurred(calm).T).T
    lon = np.arange(columns.start, columns.stop) / ETOPO_A_DEGREE
    east = np.clip((lon - STEPPED_EAST_OF) / 1.0 + 0.5, 0, 1)[None, :]
    grid[rows, columns] = east * smooth + (1 - east) * calm
    return grid


def _blurred(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    reach = round(3 * BLUR_CELLS)
    weight = np.exp(-0.5 * (np.arange(-reach, reach + 1) / BLUR_CELLS) ** 2)
    wide = np.pad(rows, ((0, 0), (reach, reach)), mode="edge")
    return np.asarray(sum(w * wide[:, i : i + rows.shape[1]] for i, w in enumerate(weight / weight.sum())))


def _draft() -> Draft:
    return Draft(
        name="relief",
        title="Relief and bathymetry, one arc-minute",
        kind="raster",
        source="NOAA GLOBE 1.0 (land south of 50 N), NOAA ETOPO5 (sea, and land north of 50 N)",
        version="; ".join(PACKAGES[name].spec for name in ("globe", "etopo")),
        licence=NOAA,
        built="scripts/build_layers: GLOBE averaged over 2 x 2 cells, ETOPO5 interpolated; the two fade into each other"
        " between 49.5 and 50 N; cells of the layer sea are below zero",
        accuracy="heights ± 20 m in GLOBE; the sea, and land north of 50 N, resolve 5 arc-minutes (9 km),"
        " north of 50 N and east of 35 E only about 50 km (ETOPO5 has steps of 100 m there, smoothed here),"
        " and look softer",
        about={"height": "band 1: height in metres above sea level, int16, negative in the sea"},
        columns={},
        extra={"resolution": "1 arc-minute (about 1.9 km); 5 arc-minutes north of 50 N and in the sea"},
    )
