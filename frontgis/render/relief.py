"""Soft hillshade as a small picture inside the page."""

import base64
import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from frontgis.maps.parts import Relief
from frontgis.render.sheet import Sheet

_SUN_AZIMUTH_DEG = 315.0
_SUN_HEIGHT_DEG = 45.0
_EXAGGERATION = 14.0
_FADE_SHARE = 0.04


@lru_cache(maxsize=8)
def shade(relief: Relief) -> str:
    """Return the hillshade on Mercator rows as a data URI of greys: black is full shadow, laid on at RELIEF_ALPHA."""
    return _picture(_shadow(relief)[_mercator_rows(relief)])


@lru_cache(maxsize=16)
def shade_on(relief: Relief, sheet: Sheet) -> str:
    """Return the hillshade on a picture's own projection, at half its resolution."""
    columns, rows = sheet.width // 2, sheet.height // 2
    x, y = np.meshgrid((np.arange(columns) + 0.5) * 2, (np.arange(rows) + 0.5) * 2)
    lonlat = sheet.lonlat(np.column_stack([x.ravel(), y.ravel()]))
    west, south, east, north = relief.box
    tall, wide = relief.metres.shape
    row = (north - lonlat[:, 1]) / (north - south) * tall - 0.5
    column = (lonlat[:, 0] - west) / (east - west) * wide - 0.5
    return _picture(_between(_shadow(relief), row, column).reshape(rows, columns))


def _between(grid: NDArray[np.float64], row: NDArray[np.float64], column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values of a grid at fractional rows and columns, bilinear, its edge going on outside."""
    tall, wide = grid.shape
    row, column = np.clip(row, 0, tall - 1), np.clip(column, 0, wide - 1)
    top, left = np.minimum(row.astype(np.intp), tall - 2), np.minimum(column.astype(np.intp), wide - 2)
    down, right = row - top, column - left
    upper = grid[top, left] * (1 - right) + grid[top, left + 1] * right
    lower = grid[top + 1, left] * (1 - right) + grid[top + 1, left + 1] * right
    return np.asarray(upper * (1 - down) + lower * down, dtype=np.float64)


def _picture(shadow: NDArray[np.float64]) -> str:
    grey = np.rint(255 * (1 - shadow)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(grey, "L").save(buffer, "WEBP", quality=16, method=6)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def _shadow(relief: Relief) -> NDArray[np.float64]:
    """Return how far each cell lies in shadow, 0 (lit or level) to 1."""
    west, south, east, north = relief.box
    rows, columns = relief.metres.shape
    lat = north - (np.arange(rows) + 0.5) * (north - south) / rows
    metres = np.maximum(relief.metres.astype(np.float64), 0)
    dy, dx = np.gradient(metres)
    dx /= (111_320 * np.cos(np.radians(lat)) * (east - west) / columns)[:, None]
    dy /= 110_570 * (north - south) / rows
    sun, height = np.radians(_SUN_AZIMUTH_DEG), np.radians(_SUN_HEIGHT_DEG)
    east_slope, south_slope = dx * _EXAGGERATION, dy * _EXAGGERATION
    light = np.sin(height) - np.cos(height) * (east_slope * np.sin(sun) - south_slope * np.cos(sun))
    light /= np.sqrt(1 + east_slope**2 + south_slope**2)
    dark = np.clip((np.sin(height) - light) / np.sin(height), 0, 1)
    return np.asarray(dark * np.minimum.outer(_fade(rows), _fade(columns)), dtype=np.float64)


def _fade(count: int) -> NDArray[np.float64]:
    """Return 1 in the middle and a ramp to 0 at either end, so that the shade has no hard edge."""
    ramp = (np.arange(count) + 0.5) / (_FADE_SHARE * count)
    return np.asarray(np.clip(np.minimum(ramp, ramp[::-1]), 0, 1), dtype=np.float64)


def _mercator_rows(relief: Relief) -> NDArray[np.intp]:
    _, south, _, north = relief.box
    rows = relief.metres.shape[0]
    top, bottom = (np.arctanh(np.sin(np.radians(lat))) for lat in (north, south))
    wanted = np.linspace(top, bottom, 2 * rows + 1)[1::2]
    lat = np.degrees(np.arcsin(np.tanh(wanted)))
    row = ((north - lat) / (north - south) * rows).astype(np.intp)
    return np.asarray(np.clip(row, 0, rows - 1), dtype=np.intp)
