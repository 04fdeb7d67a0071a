"""What of an exposure is published: cells of 5 km, reached where any part of them is, distances to the next 5 km."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from frontgis.analysis.naval import Exposure
from frontgis.analysis.waters import CELL_M, COARSE
from frontgis.model import Side

T = TypeVar("T", bound=np.generic)

SIDE_M: Final = CELL_M * COARSE
_KM: Final = SIDE_M / 1000
_DEPTH_M: Final = 10
_INSIDE: Final = COARSE * COARSE


@dataclass(frozen=True)
class Coarse:
    """Hold an exposure by cells of 5 km that have water; row and column count from the north-west.

    `km` is the least distance of the cell's water to a side's coast, infinite where there is none; `reached` is by
    side, its classes along the first axis; `zone` is the country whose territorial sea most of the cell is, empty
    for none.
    """

    exposure: Exposure
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    water_km2: NDArray[np.int64]
    km: Mapping[Side, NDArray[np.float64]]
    reached: Mapping[Side, NDArray[np.bool_]]
    depth_m: NDArray[np.float64]
    zone: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many rows and columns the frame has."""
        rows, columns = self.exposure.waters.wet.shape
        return rows // COARSE, columns // COARSE


def coarse(exposure: Exposure) -> Coarse:
    """Return an exposure by cells of 5 km."""
    wet = exposure.waters.wet
    inside: NDArray[np.bool_] = np.asarray(_blocks(wet, wet[wet]).any(axis=2))

    def of(values: NDArray[T], fill: float) -> NDArray[T]:
        return _blocks(wet, values, fill)[inside]

    row, column = np.nonzero(inside)
    depth = of(exposure.waters.depth_m, np.nan)
    return Coarse(
        exposure=exposure,
        row=row,
        column=column,
        water_km2=of(wet[wet], 0).sum(axis=1),
        km={
            side: np.round(of(far / 1000, np.inf).min(axis=1) / _KM) * _KM for side, far in exposure.distance_m.items()
        },
        reached={side: _any(exposure, side, inside) for side in Side},
        depth_m=np.round(np.nanmean(depth, axis=1) / _DEPTH_M) * _DEPTH_M,
        zone=tuple(_most(zones, exposure.waters.zones) for zones in of(exposure.waters.zone, -1)),
    )


def _blocks(wet: NDArray[np.bool_], values: NDArray[T], fill: float = 0) -> NDArray[T]:
    """Return values of the cells of water as rows × columns of blocks × the cells of each, `fill` where land is."""
    whole = np.full(wet.shape, fill, dtype=values.dtype)
    whole[wet] = values
    rows, columns = wet.shape
    split = whole.reshape(rows // COARSE, COARSE, columns // COARSE, COARSE).swapaxes(1, 2)
    return split.reshape(rows // COARSE, columns // COARSE, _INSIDE)


def _any(exposure: Exposure, side: Side, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which classes of a side reach any water of each cell (classes × cells)."""
    found = np.zeros((len(exposure.classes[side]), int(inside.sum())), dtype=np.bool_)
    for number, missile in enumerate(exposure.classes[side]):
        found[number] = _blocks(exposure.waters.wet, exposure.reached(side, missile))[inside].any(axis=1)
    return found


def _near_km(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.round(metres.min(axis=1) / 1000 / _KM) * _KM)


def _most(zones: NDArray[np.int64], names: tuple[str, ...]) -> str:
    most = int(np.bincount(zones[zones >= 0]).argmax())
    return names[most - 1] if most else ""
