"""How far a radar sees over a smooth earth: the standard horizon of two heights, with refraction as a larger earth."""

import math
from typing import Final

from frontgis.model import InputError

EARTH_KM: Final = 6371.0
REFRACTION: Final[dict[str, float]] = {"none": 1.0, "optical": 7 / 6, "radar": 4 / 3}
"""By how much refraction enlarges the radius of the earth: for a straight ray, light, and radar."""


def horizon_km(antenna_m: float, target_m: float, *, k: float = REFRACTION["radar"]) -> float:
    """Return √(2kRh₁) + √(2kRh₂) in km for heights in metres, R = 6 371 km; no terrain, no waves ducted.

    Raises InputError where a height is negative or k is not positive.

    >>> [round(horizon_km(*heights), 1) for heights in ((10, 0), (40, 50), (40, 10_000))]
    [13.0, 55.2, 438.2]
    >>> [round(horizon_km(40, 50, k=k), 1) for k in REFRACTION.values()]
    [47.8, 51.6, 55.2]
    """
    if not (antenna_m >= 0 and target_m >= 0 and k > 0 and math.isfinite(antenna_m + target_m + k)):
        raise InputError(f"a horizon needs heights of 0 m or more and k above 0, not {antenna_m}, {target_m}, {k}")
    radius_km = k * EARTH_KM
    return math.sqrt(2 * radius_km * antenna_m / 1000) + math.sqrt(2 * radius_km * target_m / 1000)
