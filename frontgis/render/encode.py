"""Geometry as short text for the page's data block: integer steps of 1e-5 degree, five bits a character."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.maps.paths import lines

SCALE: Final = 100_000
"""Steps a degree: about a metre, far below what any source draws."""

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_GO_ON: Final = 32


def paths(geometry: BaseGeometry, *, tolerance_deg: float = 0.0) -> list[str]:
    """Return one string a ring or line of `geometry` (lon/lat), simplified by `tolerance_deg` first.

    Rings are closed by the reader: their last point is left out.
    """
    if tolerance_deg:
        geometry = shapely.simplify(geometry, tolerance_deg)
    return [text for closed, line in lines(geometry) if (text := _path(line[:-1] if closed else line))]


def _path(line: NDArray[np.float64]) -> str:
    steps = np.rint(line * SCALE).astype(np.int64)
    moved = np.any(np.diff(steps, axis=0, prepend=steps[:1] - 1) != 0, axis=1)
    steps = steps[moved]
    if len(steps) <= 1:
        return ""
    deltas = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel()
    return "".join(map(_number, ((deltas << 1) ^ (deltas >> 63)).tolist()))


def _number(value: int) -> str:
    text = ""
    while value >= _GO_ON:
        text += _ALPHABET[_GO_ON | (value & 31)]
        value >>= 5
    return text + _ALPHABET[value]
