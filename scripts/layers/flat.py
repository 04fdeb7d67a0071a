"""Reservoirs that the packaged water bodies lack, read off the flat surfaces of a terrain model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio.features
import rasterio.transform
import shapely

from layers.fetch import member

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CELLS_A_DEGREE = 120
NORTH = 50.0
ROUND_DEG = 0.006
FLATS = (  # west, south, east, north, height of the water in the model
    (33.20, 48.70, 34.05, 49.10, 55),
    (33.90, 48.45, 34.60, 48.92, 61),
)


def read_globe(downloads: Path, box: tuple[float, float, float, float]) -> NDArray[np.int16]:
    """Return GLOBE heights in metres, 30 arc-seconds, rows from the north, for a box south of 50 N."""
    grid = np.load(member("globe", downloads))["arr_0"]
    west, south, east, north = (round(v * CELLS_A_DEGREE) for v in box)
    top = round(NORTH * CELLS_A_DEGREE)
    return np.asarray(grid[top - north : top - south, west:east], dtype=np.int16)


def flat_waters(downloads: Path) -> Any:
    """Return the largest flat surface of each window, joined where they meet, corners rounded (lon/lat)."""
    pieces = []
    for west, south, east, north, height in FLATS:
        flat = (read_globe(downloads, (west, south, east, north)) == height).astype(np.uint8)
        place = rasterio.transform.from_origin(west, north, 1 / CELLS_A_DEGREE, 1 / CELLS_A_DEGREE)
        found = rasterio.features.shapes(flat, mask=flat == 1, transform=place)
        pieces.append(max((shapely.geometry.shape(shape) for shape, _ in found), key=lambda g: g.area))
    grown = shapely.buffer(shapely.union_all(pieces), ROUND_DEG / 2)
    smooth = shapely.buffer(shapely.buffer(grown, -ROUND_DEG), ROUND_DEG / 2)
    return shapely.get_parts(shapely.simplify(smooth, ROUND_DEG / 12))
