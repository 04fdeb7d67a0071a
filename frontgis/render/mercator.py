"""Web Mercator pixels, as Leaflet counts them."""

import numpy as np
from numpy.typing import NDArray


def pixels(lonlat: NDArray[np.float64], zoom: float) -> NDArray[np.float64]:
    """Return x, y in pixels of the world at `zoom` for rows of lon, lat in degrees."""
    scale = 256 * 2.0**zoom
    x = (lonlat[:, 0] + 180) / 360
    y = 0.5 - np.arctanh(np.sin(np.radians(lonlat[:, 1]))) / (2 * np.pi)
    return np.asarray(np.column_stack([x, y]) * scale, dtype=np.float64)
