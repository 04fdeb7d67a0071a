"""A sheet of paper: lon/lat to pixels of a picture on an equal-area projection, and shapes to path data."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from frontgis.maps import paths
from frontgis.maps.parts import Box, Ground

TENTH: Final = 10
"""Path data counts in tenths of a pixel, so that it needs no decimal points."""

_SIMPLE_PX: Final = 0.35
_SPECK_PX: Final = 1.2
_BLEED_PX: Final = 6
_ZOOM_0_M: Final = 156_543.034


@dataclass(frozen=True)
class Sheet:
    """Fit an extent (lon/lat) into a window of a picture; the projection's plane runs to every edge."""

    crs: str
    extent: Box
    width: int
    height: int
    window: tuple[float, float, float, float]

    @cached_property
    def _there(self) -> Transformer:
        return Transformer.from_crs("OGC:CRS84", self.crs, always_xy=True)

    @cached_property
    def _fit(self) -> tuple[float, float, float]:
        """Return metres a pixel, and the plane's x, y of the picture's top left corner."""
        edge = shapely.get_coordinates(shapely.segmentize(shapely.box(*self.extent), 0.25))
        x, y = self._there.transform(edge[:, 0], edge[:, 1])
        left, top, right, bottom = self.window
        metres = max((x.max() - x.min()) / (right - left), (y.max() - y.min()) / (bottom - top))
        middle_x, middle_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
        return metres, middle_x - metres * (left + right) / 2, middle_y + metres * (top + bottom) / 2

    @property
    def metres_per_pixel(self) -> float:
        """Return the scale in the middle of the projection."""
        return self._fit[0]

    @cached_property
    def zoom(self) -> float:
        """Return the zoom of a web map that is about as large at the extent's middle."""
        lat = math.radians((self.extent[1] + self.extent[3]) / 2)
        return math.log2(_ZOOM_0_M * math.cos(lat) / self.metres_per_pixel)

    def pixels(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return x, y in pixels from the top left corner for rows of lon, lat."""
        metres, left, top = self._fit
        x, y = self._there.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack([(np.asarray(x) - left) / metres, (top - np.asarray(y)) / metres])

    def lonlat(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return lon, lat for rows of x, y in pixels."""
        metres, left, top = self._fit
        plane = pixels[:, 0] * metres + left, top - pixels[:, 1] * metres
        return np.column_stack(self._there.transform(*plane, direction="INVERSE"))

    def lay(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in pixels, cut a little beyond the picture's edge."""
        flat = shapely.transform(shape, self.pixels)
        edge = (-_BLEED_PX, -_BLEED_PX, self.width + _BLEED_PX, self.height + _BLEED_PX)
        return shapely.simplify(shapely.clip_by_rect(flat, *edge), _SIMPLE_PX)

    def path(self, shape: BaseGeometry) -> str:
        """Return a shape as SVG path data in tenths of a pixel."""
        lines = paths.lines(self.lay(shape))
        return "".join(
            _steps(line, closed) for closed, line in lines if not closed or np.ptp(line, axis=0).max() > _SPECK_PX
        )


@lru_cache(maxsize=64)
def outline(ground: Ground, sheet: Sheet) -> str:
    """Return a layer's path data; the ground under a map is the same on pictures of several dates."""
    return sheet.path(ground.geometry)


def _steps(line: NDArray[np.float64], closed: bool) -> str:  # noqa: FBT001
    points = np.rint((line[:-1] if closed else line) * TENTH).astype(int)
    points = points[np.any(np.diff(points, axis=0, prepend=points[:1] - 1) != 0, axis=1)]
    if len(points) < (3 if closed else 2):
        return ""
    moves = np.diff(points, axis=0).ravel().tolist()
    text = f"M{points[0, 0]} {points[0, 1]}l{' '.join(map(str, moves))}".replace(" -", "-")
    return text + ("z" if closed else "")
